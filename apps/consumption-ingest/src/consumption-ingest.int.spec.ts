import { Decimal, localDate } from '@wardline/event-contracts';
import * as testing from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anEventId, aRecord, internal, location, lot, product, sent, unit, morning } from '../test/builders.js';
import { ServiceUnderTest } from '../test/service-under-test.js';

let service: ServiceUnderTest;

beforeEach(async () => {
  service = await ServiceUnderTest.start(testing);
  await service.know(unit('Units', '1'), unit('Pack of 6', '6', 'Units'), location(), product());
});
afterEach(() => service.database.close());

describe('a record that our master data can place', () => {
  it('is accepted as one event on two topics, without patient or staff', async () => {
    const record = aRecord({ quantity: new Decimal(2), unit: 'Pack of 6', sequence: 48213n, reason: 'procedure' });
    await service.deliver([sent(record)]);
    const [receipt] = await service.published('clinical.consumption-receipt');
    const [fact] = await service.published('inventory.consumption');
    expect(receipt).toMatchObject({ type: 'ConsumptionAccepted', key: 'NORTH-ICU/GLOVE-M' });
    expect(fact).toMatchObject({ type: 'ConsumptionAccepted', key: 'NORTH-ICU/GLOVE-M' });
    expect(fact!.data).toEqual(receipt!.data);
    expect(fact!.data).toMatchObject({
      ...{ recordEventId: record.eventId, recordSource: 'cabinet-7', sequence: 48213n, causationId: record.eventId },
      ...{
        source: 'consumption-ingest',
        occurredAt: morning,
        kind: 'USED',
        reverses: null,
        warnings: [],
        reason: 'procedure',
      },
      ...{ productCode: 'GLOVE-M', locationCode: 'NORTH-ICU', unit: 'Units', recordedUnit: 'Pack of 6' },
    });
    expect((fact!.data['quantity'] as Decimal).toFixed()).toBe('12');
    const everything = JSON.stringify(
      [fact!.data, await service.database.query('SELECT * FROM consumption_record')],
      (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
    expect(everything).not.toMatch(/enc-7f3a|staff-0c11/);
  });

  it('is written as one row that the receipt page shows', async () => {
    const record = aRecord({ quantity: new Decimal('3.5') });
    await service.deliver([sent(record)]);
    expect(await service.receipts.show(record.eventId)).toMatchObject({
      ...{
        outcome: 'accepted',
        kind: 'USED',
        productCode: 'GLOVE-M',
        locationCode: 'NORTH-ICU',
        quantity: '3.500000',
        unit: 'Units',
      },
    });
    await expect(service.receipts.show(anEventId())).rejects.toThrow(/No record .* has arrived/);
  });

  it('keeps the receipt under its own key and the fact under the canonical one', async () => {
    await service.know(
      product({ gtin: '04012345678901', packagings: [{ unit: 'Pack of 6', gtin: '14012345678908' }] }),
    );
    const named = { scheme: 'GTIN', value: '4012345678901', supplierCode: null } as const;
    const place = { scheme: 'CODE', value: 'WH/Stock/North/ICU' } as const;
    await service.deliver([sent(aRecord({ product: named, location: place }))]);
    await service.deliver([sent(aRecord({ product: { ...named, value: '14012345678908' } }))]);
    const keys = async (topic: string): Promise<string[]> => (await service.published(topic)).map(({ key }) => key);
    expect(await keys('clinical.consumption-receipt')).toEqual([
      'WH/Stock/North/ICU/4012345678901',
      'NORTH-ICU/14012345678908',
    ]);
    expect(await keys('inventory.consumption')).toEqual(['NORTH-ICU/GLOVE-M', 'NORTH-ICU/GLOVE-M']);
  });

  it('is found by the number of its supplier', async () => {
    await service.know(product({ supplierItems: [{ supplierCode: 'MEDLINE', itemCode: 'MDS-1001' }] }));
    const item = { scheme: 'SUPPLIER_ITEM', value: 'MDS-1001', supplierCode: 'MEDLINE' } as const;
    const [good, foreign] = [aRecord({ product: item }), aRecord({ product: { ...item, supplierCode: 'OTHER' } })];
    await service.deliver([sent(good)]);
    await service.deliver([sent({ ...foreign, location: { scheme: 'CODE', value: 'WH/Stock/North/ICU' } })]);
    expect(await service.receiptLines()).toEqual([
      `ConsumptionAccepted ${good.eventId}`,
      `ConsumptionHeld UNKNOWN_PRODUCT ${foreign.eventId}`,
    ]);
  });
});

describe('a record that our master data cannot place yet', () => {
  it('is held, later ones of its key wait behind it, and all go on in order when the data arrives', async () => {
    const [first, second, third] = [1, 2, 3].map((n) =>
      aRecord({ product: internal('STENT-3'), quantity: new Decimal(n) }),
    ) as [ReturnType<typeof aRecord>, ReturnType<typeof aRecord>, ReturnType<typeof aRecord>];
    const other = aRecord();
    await service.deliver([sent(first), sent(second), sent(other)]);
    await service.deliver([sent(third)]);
    expect(await service.receiptLines()).toEqual([
      `ConsumptionHeld UNKNOWN_PRODUCT ${first.eventId}`,
      `ConsumptionHeld WAITS_BEHIND ${second.eventId}`,
      `ConsumptionAccepted ${other.eventId}`,
      `ConsumptionHeld WAITS_BEHIND ${third.eventId}`,
    ]);
    expect(await service.receipts.show(first.eventId)).toMatchObject({
      outcome: 'held',
      code: 'UNKNOWN_PRODUCT',
      owner: 'master-data',
    });
    expect(await service.receipts.show(third.eventId)).toMatchObject({ outcome: 'held', code: 'WAITS_BEHIND' });
    await service.know(product({ productCode: 'STENT-3' }));
    await service.drain();
    expect((await service.receiptLines()).slice(4)).toEqual(
      [first, second, third].map(({ eventId }) => `ConsumptionAccepted ${eventId}`),
    );
  });

  it.each([
    [
      'location',
      aRecord({ location: { scheme: 'CODE', value: 'SOUTH-ER' } }),
      'UNKNOWN_LOCATION',
      location({ locationCode: 'SOUTH-ER', name: 'WH/Stock/South/ER' }),
    ],
    [
      'location by name',
      aRecord({ location: { scheme: 'CODE', value: 'WH/South' } }),
      'UNKNOWN_LOCATION',
      location({ locationCode: 'S', name: 'WH/South' }),
    ],
    ['unit', aRecord({ unit: 'DZN' }), 'UNKNOWN_UNIT', unit('Dozens', '12', 'Units')],
    [
      'GTIN',
      aRecord({ product: { scheme: 'GTIN', value: '4012345678901', supplierCode: null } }),
      'UNKNOWN_PRODUCT',
      product({ gtin: '04012345678901' }),
    ],
  ])('goes on by itself when its %s arrives', async (_, record, code, news) => {
    await service.deliver([sent(record)]);
    await service.know(news);
    await service.drain();
    expect(await service.receiptLines()).toEqual([
      `ConsumptionHeld ${code} ${record.eventId}`,
      `ConsumptionAccepted ${record.eventId}`,
    ]);
  });

  it('goes on by itself when its lot arrives, with the expiry date of Odoo', async () => {
    await service.know(product({ productCode: 'SUTURE', tracking: 'LOT' }));
    const record = aRecord({ product: internal('SUTURE'), lotNumber: 'L2411A', expiryDate: localDate('2027-01-01') });
    await service.deliver([sent(record)]);
    await service.know(lot({ productCode: 'SUTURE', lotNumber: 'L2411A', expiryDate: localDate('2026-03-31') }));
    await service.drain();
    const [fact] = await service.published('inventory.consumption');
    expect(fact!.data).toMatchObject({
      lotNumber: 'L2411A',
      expiryDate: '2026-03-31',
      warnings: ['EXPIRED', 'EXPIRY_DIFFERS'],
    });
  });

  it('keeps waiting while what arrives is older than what is known', async () => {
    await service.know(product({ active: false, recordedAt: new Date(morning.getTime() + 1_000) }));
    const record = aRecord();
    await service.deliver([sent(record)]);
    await service.know(product());
    await service.drain();
    expect(await service.receiptLines()).toEqual([`ConsumptionHeld ARCHIVED_PRODUCT ${record.eventId}`]);
  });

  it('is not too old when the data arrives after weeks: its age is that at its arrival', async () => {
    const record = aRecord({ product: internal('STENT-3') });
    await service.deliver([sent(record)]);
    service.passDays(90);
    await service.know(product({ productCode: 'STENT-3' }));
    await service.drain();
    expect(await service.receiptLines()).toContain(`ConsumptionAccepted ${record.eventId}`);
  });

  it('ends with a refusal that names the person who gave it up', async () => {
    const [record, behind] = [
      aRecord({ product: internal('STENT-3'), sequence: 5n }),
      aRecord({ product: internal('STENT-3') }),
    ];
    await service.deliver([sent(record), sent(behind)]);
    const { items } = await service.interventions.list({ code: 'UNKNOWN_PRODUCT' });
    await service.interventions.abandon(items[0]!.exceptionId, { by: 'M. Weber', reason: 'never existed' });
    const [receipt] = (await service.published('clinical.consumption-receipt')).filter(
      ({ type }) => type === 'ConsumptionRefused',
    );
    expect(receipt!.data).toMatchObject({
      recordEventId: record.eventId,
      code: 'ABANDONED',
      message: 'M. Weber gave the record up: never existed',
    });
    expect(await service.receipts.show(record.eventId)).toMatchObject({ outcome: 'refused', code: 'ABANDONED' });
  });
});

describe('a record that no table could keep as it is', () => {
  it.each([
    ['NUL in the codes', { product: internal('A\0'), location: { scheme: 'CODE', value: 'B\0' }, unit: 'C\0' }],
    ['NUL in the numbers and the source', { lotNumber: 'L\0', serialNumber: 'S\0', source: 'cabinet\0', sequence: 1n }],
    ['an endless source', { source: 'é'.repeat(9_000), sequence: 1n }],
    ['an endless product code', { product: internal('x'.repeat(9_000)) }],
  ] as const)('because of %s is refused all the same', async (_, overrides) => {
    const record = aRecord(overrides);
    await service.deliver([sent(record)]);
    expect(await service.receiptLines()).toEqual([`ConsumptionRefused TEXT_INVALID ${record.eventId}`]);
    expect(await service.receipts.show(record.eventId)).toMatchObject({ outcome: 'refused', code: 'TEXT_INVALID' });
  });
});
