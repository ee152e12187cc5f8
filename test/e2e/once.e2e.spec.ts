import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { openStory, type Story } from './story.ts';
import type { Product, Ward } from './hospital.ts';
import { consumption, Upstream } from './outsider/upstream.ts';

describe('A record that comes again', () => {
  let story: Story;
  let ward: Ward;
  let syringe: Product;

  beforeAll(async () => {
    story = await openStory();
    ward = await story.hospital.ward();
    syringe = await story.hospital.product();
    await story.hospital.stock(syringe, ward, 40);
    await story.known(syringe, ward);
    return () => story.close();
  }, 300_000);

  it('three times is one movement and one document in Odoo, and so it stays after a restart of everything', async () => {
    const record = consumption(syringe.code, ward.code, { quantity: '4' });
    await story.upstream.send(record, record, record);
    const movement = await story.posted(record);
    await onceOnly(record.eventId, movement.eventId, 36);

    await story.wardline.restartEverything();
    const upstream = new Upstream(story.wardline.addresses);
    const after = consumption(syringe.code, ward.code, { quantity: '1' });
    await upstream.send(record, after);
    await upstream.close();
    await story.posted(after, 60_000);
    await onceOnly(record.eventId, movement.eventId, 35);
  }, 300_000);

  it('under a new eventId, with the source and sequence of the first, is refused and names the first', async () => {
    const source = `cabinet-${randomUUID()}`;
    const first = consumption(syringe.code, ward.code, { source, sequence: 71 });
    const again = consumption(syringe.code, ward.code, { source, sequence: 71 });
    const upstream = new Upstream(story.wardline.addresses);
    await upstream.send(first, again);
    await upstream.close();
    await eventually(
      async () => {
        expect(await story.services.receipt(first.eventId)).toMatchObject({ outcome: 'accepted' });
        expect(await story.services.receipt(again.eventId)).toMatchObject({
          ...{ outcome: 'refused', code: 'DUPLICATE', owner: 'source-system' },
          message: expect.stringContaining(first.eventId),
        });
      },
      { timeoutMs: 30_000 },
    );
    expect(await story.services.movements(again.eventId)).toEqual([]);
  });

  async function onceOnly(recordId: string, movementId: string, left: number): Promise<void> {
    expect(await story.services.movements(recordId)).toMatchObject([{ eventId: movementId }]);
    expect(await story.hospital.transfersOf([movementId])).toMatchObject([{ state: 'done' }]);
    expect(await story.hospital.onHand(syringe, ward)).toBe(left);
  }
});
