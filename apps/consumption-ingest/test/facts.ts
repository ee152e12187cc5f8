import { Decimal, type ConsumptionRecorded } from '@wardline/event-contracts';
import type { Circumstances, ConsumptionFacts } from '../src/check-consumption/facts.js';
import type { Location, Lot, Product } from '../src/master-data.js';
import type { Unit } from '@wardline/units-of-measure';
import { morning } from './builders.js';

/** A product in single pieces that is not tracked. */
export function aProduct(overrides: Partial<Product> = {}): Product {
  return {
    code: 'GLOVE-M',
    name: 'Nitrile glove M',
    tracking: 'NONE',
    unit: 'Units',
    active: true,
    codeUnits: {},
    ...overrides,
  };
}

/** The ICU. */
export function aLocation(overrides: Partial<Location> = {}): Location {
  return { code: 'NORTH-ICU', name: 'WH/Stock/North/ICU', usage: 'internal', active: true, ...overrides };
}

/** A lot or serial of the product, nowhere in stock. */
export function aLot(number: string, overrides: Partial<Lot> = {}): Lot {
  return { productCode: 'GLOVE-M', number, expiryDate: null, active: true, locationCode: null, ...overrides };
}

/** A unit that is kept in hundredths. */
export function aUnit(name: string, factor: string, rootUnit = name): Unit {
  return { name, factor: new Decimal(factor), rootUnit, rounding: new Decimal('0.01') };
}

const units = [
  aUnit('Units', '1'),
  aUnit('Pack of 6', '6', 'Units'),
  aUnit('Dozens', '12', 'Units'),
  aUnit('ml', '1'),
  aUnit('L', '1000', 'ml'),
];

/** Everything known and in order, but for what the test is about. */
export function factsAbout(record: ConsumptionRecorded, overrides: Partial<ConsumptionFacts> = {}): ConsumptionFacts {
  return {
    firstOfSequence: record.eventId,
    original: null,
    product: { candidates: [aProduct()], crosswalkTarget: null },
    location: { candidates: [aLocation()], crosswalkTarget: null },
    lots: [],
    unitBook: {
      units: new Map(units.map((unit) => [unit.name, unit])),
      mappings: { ofSource: null, forProduct: null, forAll: null },
      ofCode: null,
    },
    ...overrides,
  };
}

/** Received on the test's morning; five minutes ahead and thirty days back are allowed. */
export const circumstances: Circumstances = {
  receivedAt: morning,
  limits: { maxClockSkew: 300_000, maxRecordAge: 30 * 86_400_000 },
};
