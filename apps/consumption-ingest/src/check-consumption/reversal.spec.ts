import { Decimal, localDate, type ConsumptionRecorded } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { anEventId, aRecord, internal } from '../../test/builders.js';
import { aLot, aLocation, aProduct, circumstances, factsAbout } from '../../test/facts.js';
import type { AcceptedRecord } from '../consumption-record.js';
import { checkConsumption } from './check-consumption.js';
import type { ConsumptionFacts } from './facts.js';

const originalId = anEventId();
const booked: AcceptedRecord['consumption'] = {
  ...{
    kind: 'USED',
    reverses: null,
    productCode: 'GLOVE-M',
    locationCode: 'NORTH-ICU',
    lotNumber: 'L1',
    serialNumber: null,
  },
  ...{ expiryDate: localDate('2027-03-31'), quantity: new Decimal(12), unit: 'Units' },
  ...{ recordedQuantity: new Decimal(2), recordedUnit: 'Pack of 6' },
};
const original: AcceptedRecord = {
  ...{ outcome: 'accepted', eventId: originalId, consumption: booked, reversedBy: null },
  recordedProduct: { scheme: 'GTIN', value: '04012345678901', supplierCode: null },
  recordedLocation: { scheme: 'CODE', value: 'NORTH-ICU' },
};

function decide(overrides: Partial<ConsumptionRecorded> = {}, facts: Partial<ConsumptionFacts> = {}) {
  const reversal = { kind: 'REVERSED', reverses: originalId, quantity: new Decimal(2), unit: 'Pack of 6' } as const;
  const record = aRecord({ ...reversal, ...overrides });
  return checkConsumption(record, factsAbout(record, { original, ...facts }), circumstances);
}

describe('a reversal', () => {
  it('carries what was booked, whatever it leaves out itself', () => {
    expect(decide({ reason: 'wrong patient' })).toMatchObject({
      outcome: 'accepted',
      consumption: { ...booked, kind: 'REVERSED', reverses: originalId, reason: 'wrong patient', warnings: [] },
    });
  });

  it.each([
    ['the same quantity in another unit', { quantity: new Decimal(1), unit: 'DZN' }, {}],
    ['the product by another of its names', { product: internal('GLOVE-M') }, {}],
    [
      'a product in the same words, unknown by now',
      { product: original.recordedProduct },
      { product: { candidates: [], crosswalkTarget: null } },
    ],
    [
      'a location that is archived by now',
      {},
      { location: { candidates: [aLocation({ active: false })], crosswalkTarget: null } },
    ],
    ['the lot again', { lotNumber: 'L1' }, {}],
  ] as const)('may name %s', (_, record, facts) => {
    expect(decide(record, facts)).toMatchObject({
      outcome: 'accepted',
      consumption: { quantity: new Decimal(12), lotNumber: 'L1' },
    });
  });

  const elsewhere = { location: { candidates: [aLocation({ code: 'SOUTH' })], crosswalkTarget: null } };
  const another = { product: { candidates: [aProduct({ code: 'STENT' })], crosswalkTarget: null } };
  it.each([
    ['of nothing', 'REVERSAL_OF_NOTHING', { reverses: null }, {}],
    ['of a record that never came', 'REVERSAL_OF_NOTHING', {}, { original: null }],
    [
      'of a refused record',
      'REVERSAL_OF_NOTHING',
      {},
      { original: { outcome: 'refused', eventId: originalId, code: 'TOO_OLD' } },
    ],
    [
      'of a reversal',
      'REVERSAL_OF_REVERSAL',
      {},
      { original: { ...original, consumption: { ...booked, kind: 'REVERSED', reverses: anEventId() } } },
    ],
    ['of what is reversed already', 'ALREADY_REVERSED', {}, { original: { ...original, reversedBy: anEventId() } }],
    ['of another product', 'REVERSAL_DIFFERS', { product: internal('STENT') }, another],
    ['at another location', 'REVERSAL_DIFFERS', { location: { scheme: 'CODE', value: 'SOUTH' } }, elsewhere],
    ['of another lot', 'REVERSAL_DIFFERS', { lotNumber: 'L2' }, {}],
    ['of a part', 'REVERSAL_DIFFERS', { quantity: new Decimal(1) }, {}],
    ['in a unit of something else', 'UNIT_NOT_CONVERTIBLE', { unit: 'mL' }, {}],
  ] as const)('%s is refused with %s', (_, code, record, facts) => {
    expect(decide(record, facts as Partial<ConsumptionFacts>)).toMatchObject({
      outcome: 'refused',
      code,
      owner: 'source-system',
    });
  });

  it('names what it cannot find as any other record does', () => {
    const unknown = { product: { candidates: [], crosswalkTarget: null } };
    expect(decide({ product: internal('STENT') }, unknown)).toMatchObject({ outcome: 'held', code: 'UNKNOWN_PRODUCT' });
  });

  it('does the opposite of what it reverses to the place of a serial', () => {
    const piece = {
      ...booked,
      lotNumber: null,
      serialNumber: 'SN-1',
      quantity: new Decimal(1),
      recordedQuantity: new Decimal(1),
      recordedUnit: 'EA',
    };
    const one = { quantity: new Decimal(1), unit: 'EA', serialNumber: 'SN-1' };
    const of = (kind: 'USED' | 'RETURNED', locationCode: string | null) =>
      decide(one, {
        original: { ...original, consumption: { ...piece, kind } },
        lots: [aLot('SN-1', { locationCode })],
      });
    expect(of('USED', null)).toMatchObject({ outcome: 'accepted', consumption: { serialNumber: 'SN-1' } });
    expect(of('USED', 'SOUTH')).toMatchObject({ outcome: 'refused', code: 'SERIAL_IN_STOCK' });
    expect(of('RETURNED', 'NORTH-ICU')).toMatchObject({ outcome: 'accepted' });
    expect(of('RETURNED', null)).toMatchObject({ outcome: 'refused', code: 'SERIAL_NOT_THERE' });
  });
});
