import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { openStory, type Story } from './story.ts';
import { named, type Product, type Ward } from './hospital.ts';
import { consumption, type Consumption } from './outsider/upstream.ts';

describe('A record that our own data cannot place yet is held for its owner', () => {
  let story: Story;
  let ward: Ward;
  let glove: Product;

  beforeAll(async () => {
    story = await openStory();
    ward = await story.hospital.ward();
    glove = await story.hospital.product();
    await story.known(glove, ward);
    return () => story.close();
  }, 300_000);

  it('with those behind it, while other keys flow; once the product is created in Odoo all are taken by themselves, in order', async () => {
    const { upstream, hospital, services, subscriber } = story;
    const code = named('LATE');
    const waiting = ['1', '2', '3'].map((quantity) => consumption(code, ward.code, { quantity }));
    const [first, second, third] = waiting as [Consumption, Consumption, Consumption];
    await upstream.send(first, second, third);

    const held = await story.receipt(first, 'held');
    expect(held).toMatchObject({
      code: 'UNKNOWN_PRODUCT',
      owner: 'master-data',
      message: expect.stringContaining(code),
    });
    for (const behind of [second, third])
      expect(await story.receipt(behind, 'held')).toMatchObject({ code: 'WAITS_BEHIND' });
    await eventually(() => {
      const events = waiting.map(({ eventId }) => subscriber.seen('ConsumptionHeld', { recordEventId: eventId }));
      expect(events.map((each) => each.map(({ data }) => data['code']))).toEqual([
        ['UNKNOWN_PRODUCT'],
        ['WAITS_BEHIND'],
        ['WAITS_BEHIND'],
      ]);
      expect(String(events[0]?.[0]?.data['remedy'])).toContain('Create the product in Odoo');
    });

    const other = consumption(glove.code, ward.code);
    await upstream.send(other);
    await story.posted(other);
    expect(await services.receipt(first.eventId)).toMatchObject({ outcome: 'held' });

    const late = await hospital.product({}, code);
    await hospital.stock(late, ward, 30);
    for (const record of waiting) await story.posted(record, 60_000);
    const moved = subscriber.seen('StockMoved', { productCode: code, movementType: 'CONSUMPTION' });
    expect(moved.map(({ data }) => data['quantity'])).toEqual(['1.000000', '2.000000', '3.000000']);
    expect(await hospital.onHand(late, ward)).toBe(24);
    const ends = waiting.map(({ eventId }) => subscriber.seen('ConsumptionAccepted', { recordEventId: eventId }));
    expect(ends.map((each) => each.length)).toEqual([1, 1, 1]);
  }, 120_000);

  it('for a location until somebody makes it', async () => {
    const code = named('LATE');
    const record = consumption(glove.code, code);
    await story.upstream.send(record);
    expect(await story.receipt(record, 'held')).toMatchObject({ code: 'UNKNOWN_LOCATION', owner: 'master-data' });
    const made = await story.hospital.ward(code);
    await story.posted(record, 60_000);
    expect(await story.hospital.onHand(glove, made)).toBe(-1);
  }, 120_000);

  it('for a lot until somebody makes it', async () => {
    const { hospital } = story;
    const saline = await hospital.product({ tracking: 'lot' });
    await story.known(saline, ward);
    const record = consumption(saline.code, ward.code, { lotNumber: 'SA-9' });
    await story.upstream.send(record);
    expect(await story.receipt(record, 'held')).toMatchObject({ code: 'UNKNOWN_LOT', owner: 'master-data' });
    await hospital.lot(saline, 'SA-9');
    await story.posted(record, 60_000);
    expect(await hospital.onHand(saline, ward, 'SA-9')).toBe(-1);
  }, 120_000);

  it('for a unit until somebody says what it means', async () => {
    const unit = named('TRAY');
    const record = consumption(glove.code, ward.code, { unit, quantity: '2' });
    await story.upstream.send(record);
    expect(await story.receipt(record, 'held')).toMatchObject({ code: 'UNKNOWN_UNIT', owner: 'master-data' });
    const ingest = story.wardline.addresses.services['consumption-ingest'];
    const answer = await fetch(`${ingest}/crosswalk/UNIT/${unit}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ target: 'Pack of 6', by: 'm.okafor' }),
    });
    expect(answer.status).toBe(200);
    await story.posted(record, 60_000);
    expect(await story.receipt(record, 'accepted')).toMatchObject({ unit: 'Units' });
    expect(Number((await story.services.receipt(record.eventId)).quantity)).toBe(12);
  }, 120_000);

  it('and refused when its owner gives it up, with the name and the reason in the receipt; those behind it go on', async () => {
    const { services, upstream } = story;
    const code = named('NEVER');
    const [mistyped, behind] = [consumption(code, ward.code), consumption(code, ward.code)];
    await upstream.send(mistyped, behind);
    await story.receipt(behind, 'held');
    const [parked] = (await services.parked('consumption-ingest', { key: `${ward.code}/${code}` })).filter(
      ({ eventId }) => eventId === mistyped.eventId,
    );
    const id = parked?.exceptionId ?? '';
    expect(await services.decide('consumption-ingest', id, 'abandon', { by: 'm.okafor' })).toBe(400);
    const decision = { by: 'm.okafor', reason: 'mistyped at the cabinet' };
    expect(await services.decide('consumption-ingest', id, 'abandon', decision)).toBe(200);
    const end = await story.receipt(mistyped, 'refused');
    expect(end).toMatchObject({ code: 'ABANDONED', message: expect.stringContaining('m.okafor') });
    expect(end.message).toContain('mistyped at the cabinet');
    await eventually(async () =>
      expect(await services.receipt(behind.eventId)).toMatchObject({ outcome: 'held', code: 'UNKNOWN_PRODUCT' }),
    );
    const [next] = await services.parked('consumption-ingest', { key: `${ward.code}/${code}` });
    await services.decide('consumption-ingest', next?.exceptionId ?? '', 'abandon', decision);
    await story.receipt(behind, 'refused');
  }, 120_000);
});
