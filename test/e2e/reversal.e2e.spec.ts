import { beforeAll, describe, expect, it } from 'vitest';
import { openStory, type Story } from './story.ts';
import type { Product, Ward } from './hospital.ts';
import { consumption } from './outsider/upstream.ts';

describe('A consumption that was entered in error', () => {
  let story: Story;
  let ward: Ward;
  let suture: Product;

  beforeAll(async () => {
    story = await openStory();
    ward = await story.hospital.ward();
    suture = await story.hospital.product({ tracking: 'lot' });
    await story.hospital.stock(suture, ward, 20, await story.hospital.lot(suture, 'SU-1'));
    await story.known(suture, ward);
    return () => story.close();
  }, 300_000);

  it('is undone by a reversal: its stock is back in the ledger and in Odoo, and a second reversal is refused', async () => {
    const { services, hospital, upstream } = story;
    const used = consumption(suture.code, ward.code, { quantity: '5', lotNumber: 'SU-1' });
    await upstream.send(used);
    await story.posted(used);
    expect(await hospital.onHand(suture, ward, 'SU-1')).toBe(15);
    const before = await services.balance(suture.code, ward.code);

    const undo = {
      kind: 'REVERSED',
      reverses: used.eventId,
      quantity: '5',
      lotNumber: 'SU-1',
      reason: 'wrong patient',
    };
    const [reversal, again] = [consumption(suture.code, ward.code, undo), consumption(suture.code, ward.code, undo)];
    await upstream.send(reversal, again);
    const movement = await story.posted(reversal);
    expect(movement).toMatchObject({ movementType: 'REVERSAL' });
    expect(Number(movement.quantity)).toBe(5);
    expect(await hospital.onHand(suture, ward, 'SU-1')).toBe(20);
    expect(await services.balance(suture.code, ward.code)).toBe(before + 5);
    expect(await services.receipt(used.eventId)).toMatchObject({ reversedBy: reversal.eventId });

    expect(await story.receipt(again, 'refused')).toMatchObject({ code: 'ALREADY_REVERSED', owner: 'source-system' });
    expect(await services.movements(again.eventId)).toEqual([]);
    expect(await hospital.onHand(suture, ward, 'SU-1')).toBe(20);
  });

  it('is not undone by a reversal of something else: what it names must be the same piece, place and quantity', async () => {
    const used = consumption(suture.code, ward.code, { quantity: '2', lotNumber: 'SU-1' });
    await story.upstream.send(used);
    await story.posted(used);
    const other = { kind: 'REVERSED', reverses: used.eventId, quantity: '1', lotNumber: 'SU-1' };
    const differs = consumption(suture.code, ward.code, other);
    await story.upstream.send(differs);
    expect(await story.receipt(differs, 'refused')).toMatchObject({ code: 'REVERSAL_DIFFERS' });
    expect(await story.hospital.onHand(suture, ward, 'SU-1')).toBe(18);
  });
});
