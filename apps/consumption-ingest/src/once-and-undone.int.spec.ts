import { Decimal, type ConsumptionRecorded } from '@wardline/event-contracts';
import * as testing from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEventId, aRecord, internal, location, lot, product, sent, unit, morning } from '../test/builders.js';
import { ServiceUnderTest } from '../test/service-under-test.js';

let service: ServiceUnderTest;

beforeEach(async () => {
  service = await ServiceUnderTest.start(testing);
  await service.know(
    unit('Units', '1'),
    location(),
    location({ locationCode: 'NORTH-OR1', name: 'WH/OR1' }),
    product(),
  );
});
afterEach(() => service.database.close());

describe('the same fact twice', () => {
  it('gets one receipt when the eventId is the same', async () => {
    const record = aRecord({ sequence: 1n });
    await service.deliver([sent(record), sent(record)]);
    await service.deliver([sent(record)]);
    expect(await service.receiptLines()).toEqual([`ConsumptionAccepted ${record.eventId}`]);
    expect(await service.published('inventory.consumption')).toHaveLength(1);
  });

  it('is refused as DUPLICATE, naming the first, under another eventId', async () => {
    const [first, repeat] = [aRecord({ sequence: 1n }), aRecord({ sequence: 1n, quantity: new Decimal(9) })];
    await service.deliver([sent(first), sent(repeat)]);
    const receipts = await service.published('clinical.consumption-receipt');
    expect(receipts[1]!.data).toMatchObject({
      code: 'DUPLICATE',
      owner: 'source-system',
      recordEventId: repeat.eventId,
    });
    expect(receipts[1]!.data['message']).toContain(first.eventId);
    expect(await service.published('inventory.consumption')).toHaveLength(1);
  });

  it('is refused also when the first was refused', async () => {
    const [first, repeat] = [aRecord({ sequence: 1n, quantity: new Decimal(0) }), aRecord({ sequence: 1n })];
    await service.deliver([sent(first), sent(repeat)]);
    expect(await service.receiptLines()).toEqual([
      `ConsumptionRefused QUANTITY_NOT_POSITIVE ${first.eventId}`,
      `ConsumptionRefused DUPLICATE ${repeat.eventId}`,
    ]);
  });

  it('is refused also when the first is held, after it and not instead of it', async () => {
    const [first, repeat] = [1, 2].map(() => aRecord({ sequence: 1n, product: internal('STENT-3') })) as [
      ConsumptionRecorded,
      ConsumptionRecorded,
    ];
    await service.deliver([sent(first), sent(repeat)]);
    await service.know(product({ productCode: 'STENT-3' }));
    await service.drain();
    expect((await service.receiptLines()).slice(2)).toEqual([
      `ConsumptionAccepted ${first.eventId}`,
      `ConsumptionRefused DUPLICATE ${repeat.eventId}`,
    ]);
  });

  it('is accepted once when both come at once on two partitions', async () => {
    const records = [
      aRecord({ sequence: 1n }),
      aRecord({ sequence: 1n, location: { scheme: 'CODE', value: 'NORTH-OR1' } }),
    ];
    await Promise.all(records.map((record, partition) => service.deliver([sent(record)], partition)));
    const outcomes = (await service.receiptLines()).map((line) => line.replace(/ [^ ]*$/, '')).sort();
    expect(outcomes).toEqual(['ConsumptionAccepted', 'ConsumptionRefused DUPLICATE']);
  });

  it('is two facts when two sources count alike', async () => {
    await service.deliver([sent(aRecord({ sequence: 1n })), sent(aRecord({ sequence: 1n, source: 'cabinet-8' }))]);
    expect(await service.published('inventory.consumption')).toHaveLength(2);
  });
});

describe('a reversal', () => {
  const reversalOf = (record: ConsumptionRecorded, overrides: Partial<ConsumptionRecorded> = {}): ConsumptionRecorded =>
    aRecord({ ...record, eventId: anEventId(), kind: 'REVERSED', reverses: record.eventId, ...overrides });

  it('carries what was booked and happens once', async () => {
    const used = aRecord({ quantity: new Decimal(4) });
    const [undo, again] = [reversalOf(used), reversalOf(used)];
    await service.deliver([sent(used), sent(undo), sent(again)]);
    expect(await service.receiptLines()).toEqual([
      `ConsumptionAccepted ${used.eventId}`,
      `ConsumptionAccepted ${undo.eventId}`,
      `ConsumptionRefused ALREADY_REVERSED ${again.eventId}`,
    ]);
    const facts = await service.published('inventory.consumption');
    expect(facts[1]!.data).toMatchObject({
      kind: 'REVERSED',
      reverses: used.eventId,
      productCode: 'GLOVE-M',
      unit: 'Units',
    });
    expect((facts[1]!.data['quantity'] as Decimal).toFixed()).toBe('4');
    expect(await service.receipts.show(used.eventId)).toMatchObject({ outcome: 'accepted', reversedBy: undo.eventId });
  });

  it('happens once also when two come at once on two partitions', async () => {
    const used = aRecord();
    await service.deliver([sent(used)]);
    await Promise.all([1, 2, 3].map((partition) => service.deliver([sent(reversalOf(used))], partition)));
    const outcomes = (await service.receiptLines()).slice(1).map((line) => line.replace(/ [^ ]*$/, ''));
    expect(outcomes.sort()).toEqual([
      'ConsumptionAccepted',
      'ConsumptionRefused ALREADY_REVERSED',
      'ConsumptionRefused ALREADY_REVERSED',
    ]);
  });

  it('waits behind the record that it reverses', async () => {
    const used = aRecord({ product: internal('STENT-3') });
    const undo = reversalOf(used);
    await service.deliver([sent(used), sent(undo)]);
    await service.know(product({ productCode: 'STENT-3' }));
    await service.drain();
    expect((await service.receiptLines()).slice(2)).toEqual([
      `ConsumptionAccepted ${used.eventId}`,
      `ConsumptionAccepted ${undo.eventId}`,
    ]);
  });

  it('still goes through after the product was archived', async () => {
    const used = aRecord();
    await service.deliver([sent(used)]);
    await service.know(product({ active: false, recordedAt: new Date(morning.getTime() + 1) }));
    const undo = reversalOf(used);
    await service.deliver([sent(undo)]);
    expect(await service.receiptLines()).toContain(`ConsumptionAccepted ${undo.eventId}`);
  });

  it('of a record that never came is refused', async () => {
    const undo = reversalOf(aRecord());
    await service.deliver([sent(undo)]);
    expect(await service.receiptLines()).toEqual([`ConsumptionRefused REVERSAL_OF_NOTHING ${undo.eventId}`]);
  });
});

describe('a piece with a serial', () => {
  const later = (minutes: number): Date => new Date(morning.getTime() + minutes * 60_000);
  const pump = (overrides: Partial<ConsumptionRecorded> = {}): ConsumptionRecorded =>
    aRecord({ product: internal('PUMP'), serialNumber: 'SN-1', quantity: new Decimal(1), ...overrides });
  const pumpAt = (locationCode: string | null, recordedAt: Date) =>
    lot({ productCode: 'PUMP', lotNumber: 'SN-1', locationCode, recordedAt });
  const outcomeOf = async (record: ConsumptionRecorded): Promise<string> => {
    await service.deliver([sent(record)]);
    return (await service.receiptLines()).at(-1)!.replace(/ [^ ]*$/, '');
  };
  const accepted = 'ConsumptionAccepted';
  const notThere = 'ConsumptionRefused SERIAL_NOT_THERE';

  beforeEach(() => service.know(product({ productCode: 'PUMP', tracking: 'SERIAL' }), pumpAt('NORTH-ICU', morning)));

  it('is used where it is, once, and comes back by a return or a reversal', async () => {
    expect(await outcomeOf(pump({ location: { scheme: 'CODE', value: 'NORTH-OR1' } }))).toBe(notThere);
    const used = pump();
    expect(await outcomeOf(used)).toBe(accepted);
    expect(await outcomeOf(pump())).toBe(notThere);
    expect(await outcomeOf(pump({ kind: 'RETURNED', location: { scheme: 'CODE', value: 'NORTH-OR1' } }))).toBe(
      accepted,
    );
    expect(await outcomeOf(pump({ kind: 'RETURNED' }))).toBe('ConsumptionRefused SERIAL_IN_STOCK');
    expect(await outcomeOf(pump({ kind: 'REVERSED', reverses: used.eventId }))).toBe(
      'ConsumptionRefused SERIAL_IN_STOCK',
    );
    const wasted = pump({ kind: 'WASTED', location: { scheme: 'CODE', value: 'NORTH-OR1' } });
    expect(await outcomeOf(wasted)).toBe(accepted);
    expect(await outcomeOf(pump({ ...wasted, eventId: anEventId(), kind: 'REVERSED', reverses: wasted.eventId }))).toBe(
      accepted,
    );
    const place = await service.database.query(`SELECT location_code FROM lot WHERE lot_number = 'SN-1'`);
    expect(place).toEqual([{ location_code: 'NORTH-OR1' }]);
  });

  it('stays used while Odoo, which has not booked it yet, goes on naming the old place', async () => {
    expect(await outcomeOf(pump())).toBe(accepted);
    await service.know(pumpAt('NORTH-ICU', later(1)));
    expect(await outcomeOf(pump())).toBe(notThere);
  });

  it('is where Odoo moves it afterwards', async () => {
    expect(await outcomeOf(pump())).toBe(accepted);
    await service.know(pumpAt(null, later(1)), pumpAt('NORTH-OR1', later(2)));
    expect(await outcomeOf(pump({ location: { scheme: 'CODE', value: 'NORTH-OR1' } }))).toBe(accepted);
  });

  it('is taken once when two records come at once from two places', async () => {
    const records = [pump(), pump({ location: { scheme: 'CODE', value: 'WH/Stock/North/ICU' } })];
    await Promise.all(records.map((record, partition) => service.deliver([sent(record)], partition)));
    expect((await service.receiptLines()).map((line) => line.replace(/ [^ ]*$/, '')).sort()).toEqual([
      accepted,
      notThere,
    ]);
  });

  it('is held until Odoo knows it', async () => {
    const record = pump({ serialNumber: 'SN-2' });
    expect(await outcomeOf(record)).toBe('ConsumptionHeld UNKNOWN_SERIAL');
    await service.know(lot({ productCode: 'PUMP', lotNumber: 'SN-2', locationCode: 'NORTH-ICU' }));
    await service.drain();
    expect(await service.receiptLines()).toContain(`${accepted} ${record.eventId}`);
  });
});
