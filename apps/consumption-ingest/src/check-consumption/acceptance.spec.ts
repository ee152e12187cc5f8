import { localDate, type ConsumptionRecorded } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { aRecord } from '../../test/builders.js';
import { aLot, aLocation, aProduct, circumstances, factsAbout } from '../../test/facts.js';
import { checkConsumption } from './check-consumption.js';
import type { ConsumptionFacts } from './facts.js';

const tracked = (tracking: 'LOT', lots: ConsumptionFacts['lots'] = []): Partial<ConsumptionFacts> => ({
  product: { candidates: [aProduct({ tracking })], crosswalkTarget: null },
  lots,
});

function decide(overrides: Partial<ConsumptionRecorded>, facts: Partial<ConsumptionFacts> = {}) {
  const record = aRecord(overrides);
  return checkConsumption(record, factsAbout(record, facts), circumstances);
}

describe('a record that is accepted', () => {
  it('prefers the active product and the code over the name of a location', () => {
    const decision = decide(
      {},
      {
        product: { candidates: [aProduct({ code: 'OLD', active: false }), aProduct()], crosswalkTarget: null },
        location: { candidates: [aLocation({ code: 'A', name: 'NORTH-ICU' }), aLocation()], crosswalkTarget: null },
      },
    );
    expect(decision).toMatchObject({ consumption: { productCode: 'GLOVE-M', locationCode: 'NORTH-ICU' } });
  });

  it.each([
    [
      'a lot on a product that is not tracked',
      { lotNumber: 'L1', serialNumber: 'S1' },
      {},
      ['LOT_IGNORED', 'SERIAL_IGNORED'],
      null,
    ],
    [
      'a use after expiry',
      { lotNumber: 'L1' },
      tracked('LOT', [aLot('L1', { expiryDate: localDate('2026-11-20') })]),
      ['EXPIRED'],
      'L1',
    ],
    [
      'a waste after expiry',
      { lotNumber: 'L1', kind: 'WASTED' },
      tracked('LOT', [aLot('L1', { expiryDate: localDate('2026-11-20') })]),
      [],
      'L1',
    ],
    [
      'a use on the last day',
      { lotNumber: 'L1' },
      tracked('LOT', [aLot('L1', { expiryDate: localDate('2026-11-21') })]),
      [],
      'L1',
    ],
    [
      'another expiry date than Odoo has',
      { lotNumber: 'L1', expiryDate: localDate('2028-01-01') },
      tracked('LOT', [aLot('L1', { expiryDate: localDate('2027-01-01') })]),
      ['EXPIRY_DIFFERS'],
      'L1',
    ],
  ] as const)('warns of %s', (_, record, facts, warnings, lotNumber) => {
    expect(decide(record, facts)).toMatchObject({
      outcome: 'accepted',
      consumption: { warnings, lotNumber, serialNumber: null },
    });
  });

  it("keeps Odoo's expiry date, and the source's where Odoo has none", () => {
    const expiryDate = localDate('2028-01-01');
    const known = tracked('LOT', [aLot('L1', { expiryDate: localDate('2027-01-01') })]);
    expect(decide({ lotNumber: 'L1', expiryDate }, known)).toMatchObject({ consumption: { expiryDate: '2027-01-01' } });
    expect(decide({ lotNumber: 'L1', expiryDate }, tracked('LOT', [aLot('L1')]))).toMatchObject({
      consumption: { expiryDate },
    });
  });
});
