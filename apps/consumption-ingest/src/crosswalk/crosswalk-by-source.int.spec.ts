import type { Decimal } from '@wardline/event-contracts';
import * as testing from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aRecord, internal, location, morning, product, sent, unit } from '../../test/builders.js';
import { ServiceUnderTest } from '../../test/service-under-test.js';

let service: ServiceUnderTest;

beforeAll(async () => {
  service = await ServiceUnderTest.start(testing);
  await service.know(unit('Units', '1'), unit('Pack of 6', '6', 'Units'), unit('Dozens', '12', 'Units'));
  await service.know(location(), product(), product({ productCode: 'GAUZE' }));
});
beforeEach(async () => {
  await service.database.query(
    'TRUNCATE crosswalk_entry, awaited_code, consumption_record, delivery.outbox, delivery.parked CASCADE',
  );
});
afterAll(() => service.database.close());

const put = (kind: string, code: string, target: string, more: object = {}) =>
  service.crosswalk.put(kind, code, { target, by: 'M. Weber', ...more });

async function accepted(): Promise<string[]> {
  const facts = await service.published('inventory.consumption');
  return facts.map(({ data }) =>
    [data['productCode'], data['locationCode'], (data['quantity'] as Decimal).toFixed()].join(' '),
  );
}

async function exceptions(): Promise<string[]> {
  await service.awaited.look();
  const events = await service.published('operations.exception');
  return events.map(({ type, data }) => `${type} ${(data['message'] ?? data['reason']) as string}`);
}

const cabinet = { source: 'cabinet-7', product: internal('4711') } as const;

describe("a source's own code", () => {
  it('leads to ours for that source alone, and outranks a code of ours that is spelled the same', async () => {
    await put('ITEM', 'GAUZE', 'GLOVE-M', { source: 'cabinet-7' });
    await put('LOCATION', '3B', 'NORTH-ICU', { source: 'cabinet-7' });
    const place = { location: { scheme: 'CODE', value: '3B' } } as const;
    await service.deliver([
      sent(aRecord({ source: 'cabinet-7', product: internal('GAUZE'), ...place })),
      sent(aRecord({ source: 'ehr', product: internal('GAUZE') })),
    ]);
    expect(await accepted()).toEqual(['GLOVE-M NORTH-ICU 2', 'GAUZE NORTH-ICU 2']);
  });

  it('is read as it was when the record happened, whenever it comes', async () => {
    const change = '2026-11-21T08:00:00Z';
    await put('ITEM', '4711', 'GAUZE', { source: 'cabinet-7' });
    await put('ITEM', '4711', 'GLOVE-M', { source: 'cabinet-7', validFrom: change });
    await service.deliver([
      sent(aRecord({ ...cabinet, occurredAt: morning })),
      sent(aRecord({ ...cabinet, occurredAt: new Date('2026-11-21T07:59:59Z') })),
    ]);
    expect((await accepted()).sort()).toEqual(['GAUZE NORTH-ICU 2', 'GLOVE-M NORTH-ICU 2']);
    const { entries, history } = await service.crosswalk.show('ITEM', '4711');
    expect(entries.map(({ target }) => target)).toEqual(['GLOVE-M']);
    expect(history.map(({ target, validFrom }) => [target, validFrom])).toEqual([
      ['GLOVE-M', new Date(change)],
      ['GAUZE', null],
    ]);
  });

  it('counts what the crosswalk says that one of it holds, and its units mean what its source means', async () => {
    await put('ITEM', 'A99912345', 'GLOVE-M', { unit: 'Pack of 6' });
    await put('UNIT', 'Dozens', 'Pack of 6', { source: 'cabinet-7' });
    await service.deliver([
      sent(aRecord({ product: internal('A99912345'), unit: '{scanned}' })),
      sent(aRecord({ source: 'cabinet-7', unit: 'Dozens' })),
      sent(aRecord({ source: 'ehr', unit: 'Dozens' })),
    ]);
    expect(await accepted()).toEqual(['GLOVE-M NORTH-ICU 12', 'GLOVE-M NORTH-ICU 12', 'GLOVE-M NORTH-ICU 24']);
  });

  it('ends when it is removed from a time on', async () => {
    await put('ITEM', '4711', 'GLOVE-M', { source: 'cabinet-7' });
    await service.crosswalk.remove('ITEM', '4711', {
      ...{ by: 'A. Rossi', source: 'cabinet-7', validFrom: '2026-11-21T08:00:00Z' },
    });
    await service.deliver([sent(aRecord(cabinet))]);
    expect(await accepted()).toEqual([]);
    expect((await service.receiptLines())[0]).toContain('ConsumptionHeld UNKNOWN_PRODUCT');
  });
});

describe('a code that nobody knows', () => {
  const wards = ['ICU-1', 'ICU-2', 'ICU-3'];

  it('raises one exception however many records wait for it, which ends once it is mapped and all have gone on', async () => {
    for (const ward of wards) await put('LOCATION', ward, 'NORTH-ICU');
    const records = wards.map((value) => aRecord({ ...cabinet, location: { scheme: 'CODE', value } }));
    await service.deliver([...records, records[0]!, aRecord({ ...records[0] })].map(sent));
    const one =
      'ExceptionRaised No product in Odoo carries the internal reference "4711". 3 records wait for it so far.';
    expect(await exceptions()).toEqual([one]);
    expect(await exceptions()).toEqual([one]);
    expect(await service.awaited.open()).toMatchObject([
      { name: 'product:INTERNAL:4711 of cabinet-7', records: 3, code: 'UNKNOWN_PRODUCT', owner: 'master-data' },
    ]);
    expect(await put('ITEM', '4711', 'GLOVE-M', { source: 'cabinet-7' })).toMatchObject({ released: 3 });
    await service.drain();
    expect(await accepted()).toHaveLength(3);
    expect(await exceptions()).toEqual([one, 'ExceptionResolved No record waits for it any more.']);
    expect(await service.awaited.open()).toEqual([]);
  });

  it('is told for each source whose own code it is, and beside what else a record lacks', async () => {
    await service.deliver([
      sent(aRecord({ ...cabinet, location: { scheme: 'CODE', value: '3B' } })),
      sent(aRecord({ ...cabinet, source: 'ehr' })),
    ]);
    await exceptions();
    expect((await service.awaited.open()).map(({ name, records }) => `${name}: ${records}`)).toEqual([
      'location:CODE:3B of cabinet-7: 1',
      'product:INTERNAL:4711 of cabinet-7: 1',
      'product:INTERNAL:4711 of ehr: 1',
    ]);
    expect(await exceptions()).toHaveLength(3);
  });

  it('ends its exception too when a person gives the last record up', async () => {
    await service.deliver([sent(aRecord(cabinet))]);
    await exceptions();
    const [parked] = await service.database.query<{ exception_id: string }>('SELECT exception_id FROM delivery.parked');
    await service.interventions.abandon(parked!.exception_id, { by: 'M. Weber', reason: 'mistyped' });
    expect((await exceptions())[1]).toContain('ExceptionResolved');
  });
});
