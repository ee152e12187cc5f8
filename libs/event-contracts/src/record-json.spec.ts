import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ConsumptionRecorded,
  Decimal,
  masked,
  recordFromJson,
  recordToJson,
  StockMoved,
  type RecordFromJson,
} from './index.js';

const eventId = '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01';
const given = {
  ...{ eventId, occurredAt: '2026-11-21T08:15:30.000Z', source: 'cabinet-7', correlationId: eventId },
  ...{ sequence: 48213, kind: 'USED', quantity: '2.5', unit: 'EA', expiryDate: '2027-01-31' },
  product: { scheme: 'INTERNAL', value: 'GAUZE-10' },
  location: { scheme: 'CODE', value: 'NORTH-ICU' },
};

function wrongFields(result: RecordFromJson): Record<string, string> {
  return result.ok ? {} : Object.fromEntries(result.wrong.map(({ field, reason }) => [field, reason]));
}

describe('a record as JSON', () => {
  it('is read by its contract, and what may be left out is filled in', () => {
    const result = recordFromJson(ConsumptionRecorded, given);
    expect(result).toMatchObject({ ok: true });
    const { data } = result as Extract<RecordFromJson, { ok: true }>;
    expect(data).toMatchObject({
      ...{ eventId, sequence: 48213n, reverses: null, performerRef: null, expiryDate: '2027-01-31' },
      occurredAt: new Date('2026-11-21T08:15:30.000Z'),
      product: { scheme: 'INTERNAL', value: 'GAUZE-10', supplierCode: null },
    });
    expect((data['quantity'] as Decimal).equals('2.5')).toBe(true);
  });

  it('is refused with every wrong field named at once, and the value that it has', () => {
    const wrong = wrongFields(
      recordFromJson(ConsumptionRecorded, {
        ...given,
        ...{ eventId: 'mine', occurredAt: '21.11.2026', sequence: 1.5, kind: 'EATEN', quantity: '0.0000001' },
        ...{
          expiryDate: '2027-02-30',
          product: { scheme: 'INTERNAL', value: 7, sort: 'x' },
          ward: 'ICU',
          unit: undefined,
        },
      }),
    );
    expect(Object.keys(wrong).sort()).toEqual([
      'eventId',
      'expiryDate',
      'kind',
      'occurredAt',
      'product.sort',
      'product.value',
      'quantity',
      'sequence',
      'unit',
      'ward',
    ]);
    expect(wrong['kind']).toContain('"EATEN"');
    expect(wrong['kind']).toContain('USED, WASTED');
    expect(wrong['product.value']).toBe('7 is not a text');
    expect(wrong['unit']).toBe('is missing');
    expect(wrong['ward']).toBe('is no field of the contract');
  });

  it.each([[[]], [null], ['text'], [7]])('is refused when it is no object: %j', (json) => {
    expect(recordFromJson(ConsumptionRecorded, json).ok).toBe(false);
  });

  it('shows nothing that could identify a person, and a masked value is never taken for a real one', () => {
    const read = recordFromJson(ConsumptionRecorded, { ...given, performerRef: 'nurse-7', encounterRef: null });
    const json = recordToJson(ConsumptionRecorded, (read as Extract<RecordFromJson, { ok: true }>).data);
    expect(json).toMatchObject({ performerRef: masked, encounterRef: null });
    expect(JSON.stringify(json)).not.toContain('nurse-7');
    expect(wrongFields(recordFromJson(ConsumptionRecorded, json))['performerRef']).toContain('is masked');
  });

  it('comes back the same, to the last digit', () => {
    const decimals = fc
      .bigInt({ min: -999_999_999_999_999_999n, max: 999_999_999_999_999_999n })
      .map((unscaled) => new Decimal(`${unscaled}e-6`));
    const movements = fc.record({
      eventId: fc.uuid(),
      occurredAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
      ledgerPosition: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      quantity: decimals,
      reason: fc.option(fc.string({ unit: 'grapheme' })),
    });
    fc.assert(
      fc.property(movements, (fields) => {
        const data = { ...moved, ...fields };
        const result = recordFromJson(StockMoved, JSON.parse(JSON.stringify(recordToJson(StockMoved, data))));
        expect(result).toEqual({ ok: true, data });
      }),
    );
  });
});

const moved = {
  ...{ recordedAt: new Date(0), source: 'inventory-sync', correlationId: eventId, causationId: null },
  ...{ movementType: 'TRANSFER', productCode: 'GAUZE-10', fromLocation: 'A', toLocation: 'B', unit: 'Units' },
  ...{
    lotNumber: null,
    serialNumber: null,
    expiryDate: null,
    reverses: null,
    transferReference: null,
    documentReference: null,
    actor: 'inventory-sync',
    interface: 'kafka',
  },
};
