import { Decimal, type ConsumptionRecorded } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { anEventId, aRecord, morning } from '../../test/builders.js';
import { aLot, aLocation, aProduct, circumstances, factsAbout } from '../../test/facts.js';
import { checkConsumption } from './check-consumption.js';
import type { ConsumptionFacts } from './facts.js';

type Overrides = Partial<ConsumptionRecorded>;
type Facts = Partial<ConsumptionFacts>;
type Case = readonly [situation: string, code: string, record: Overrides, facts?: Facts];

const at = (milliseconds: number): Date => new Date(morning.getTime() + milliseconds);
const named = (scheme: ConsumptionRecorded['product']['scheme'], value: string) => ({
  scheme,
  value,
  supplierCode: null,
});
const nobody: Facts = { product: { candidates: [], crosswalkTarget: null } };
const tracked = (tracking: 'LOT' | 'SERIAL', lots: ConsumptionFacts['lots'] = []): Facts => ({
  product: { candidates: [aProduct({ tracking })], crosswalkTarget: null },
  lots,
});
const nowhere: Facts = { location: { candidates: [], crosswalkTarget: null } };

function decide(overrides: Overrides, facts: Facts = {}) {
  const record = aRecord(overrides);
  return checkConsumption(record, factsAbout(record, facts), circumstances);
}

const refusals: readonly Case[] = [
  ['of a kind that this reader does not know', 'KIND_UNKNOWN', { kind: 'UNKNOWN' }],
  ['without a source', 'TEXT_INVALID', { source: ' ' }],
  ['with a NUL in its lot', 'TEXT_INVALID', { lotNumber: 'L\0' }],
  ['with a NUL in its reason', 'TEXT_INVALID', { reason: 'a\0b' }],
  ['with a NUL in a pseudonym', 'TEXT_INVALID', { performerRef: '\0' }],
  ['with a novel for a reason', 'TEXT_INVALID', { reason: 'x'.repeat(10_001) }],
  ['with an endless product code', 'TEXT_INVALID', { product: named('INTERNAL', 'x'.repeat(251)) }],
  ['more than five minutes ahead of us', 'TIME_IN_FUTURE', { occurredAt: at(300_001) }],
  ['in microseconds by mistake', 'TIME_IN_FUTURE', { occurredAt: new Date(8.64e15) }],
  ['older than thirty days', 'TOO_OLD', { occurredAt: at(-30 * 86_400_000 - 1) }],
  ['with a number of its source that came before', 'DUPLICATE', { sequence: 1n }, { firstOfSequence: anEventId() }],
  ['with a product in an unknown scheme', 'PRODUCT_SCHEME_UNKNOWN', { product: named('UNKNOWN', 'x') }],
  ['with a GTIN of a wrong check digit', 'GTIN_INVALID', { product: named('GTIN', '4012345678902') }],
  ['with a GTIN of a wrong length', 'GTIN_INVALID', { product: named('GTIN', '12345') }],
  ['with an NDC in no known layout', 'NDC_INVALID', { product: named('NDC', '1-2-3') }],
  ['with a supplier item of nobody', 'SUPPLIER_CODE_MISSING', { product: named('SUPPLIER_ITEM', 'MDS-1001') }],
  ['with a location in an unknown scheme', 'LOCATION_SCHEME_UNKNOWN', { location: { scheme: 'UNKNOWN', value: 'x' } }],
  ['with a GLN of a wrong check digit', 'GLN_INVALID', { location: { scheme: 'GLN', value: '4012345000000' } }],
  ['of nothing', 'QUANTITY_NOT_POSITIVE', { quantity: new Decimal(0) }],
  ['of less than nothing', 'QUANTITY_NOT_POSITIVE', { quantity: new Decimal(-2) }],
  ['of more than can be published', 'QUANTITY_TOO_LARGE', { quantity: new Decimal('1e12') }],
  [
    'of more than can be published once converted',
    'QUANTITY_TOO_LARGE',
    { quantity: new Decimal('999999999999'), unit: 'Dozens' },
  ],
  ['finer than the stock unit is kept', 'QUANTITY_PRECISION', { quantity: new Decimal('0.125') }],
  ['in a unit of something else', 'UNIT_NOT_CONVERTIBLE', { unit: 'mL' }],
  ['without the lot of a product tracked by lot', 'LOT_REQUIRED', { lotNumber: ' ' }, tracked('LOT')],
  ['without the serial of a product tracked by serial', 'SERIAL_REQUIRED', {}, tracked('SERIAL')],
  ['of two pieces with one serial', 'SERIAL_QUANTITY', { serialNumber: 'SN-1' }, tracked('SERIAL')],
  [
    'of a serial that is elsewhere',
    'SERIAL_NOT_THERE',
    serial('USED'),
    tracked('SERIAL', [aLot('SN-1', { locationCode: 'SOUTH' })]),
  ],
  ['of a serial that is used up', 'SERIAL_NOT_THERE', serial('WASTED'), tracked('SERIAL', [aLot('SN-1')])],
  [
    'returning a serial that never left',
    'SERIAL_IN_STOCK',
    serial('RETURNED'),
    tracked('SERIAL', [aLot('SN-1', { locationCode: 'NORTH-ICU' })]),
  ],
  ['that is no reversal and names one', 'REVERSES_UNEXPECTED', { reverses: anEventId() }],
];

const holds: readonly Case[] = [
  ['an unknown product', 'UNKNOWN_PRODUCT', {}, nobody],
  [
    'an archived product',
    'ARCHIVED_PRODUCT',
    {},
    { product: { candidates: [aProduct({ active: false })], crosswalkTarget: null } },
  ],
  [
    'a code of two products',
    'AMBIGUOUS_PRODUCT',
    {},
    { product: { candidates: [aProduct(), aProduct({ code: 'B' })], crosswalkTarget: null } },
  ],
  [
    'a product of unknown tracking',
    'PRODUCT_TRACKING_UNKNOWN',
    {},
    { product: { candidates: [aProduct({ tracking: 'UNKNOWN' })], crosswalkTarget: null } },
  ],
  ['an unknown location', 'UNKNOWN_LOCATION', {}, nowhere],
  [
    'an archived location',
    'ARCHIVED_LOCATION',
    {},
    { location: { candidates: [aLocation({ active: false })], crosswalkTarget: null } },
  ],
  [
    'a location that holds no stock',
    'LOCATION_NOT_INTERNAL',
    {},
    { location: { candidates: [aLocation({ usage: 'customer' })], crosswalkTarget: null } },
  ],
  [
    'a name of two locations',
    'AMBIGUOUS_LOCATION',
    { location: { scheme: 'CODE', value: 'WH' } },
    { location: { candidates: [aLocation({ code: 'A' }), aLocation({ code: 'B' })], crosswalkTarget: null } },
  ],
  ['an unknown lot', 'UNKNOWN_LOT', { lotNumber: 'L1' }, tracked('LOT')],
  ['an unknown serial', 'UNKNOWN_SERIAL', serial('USED'), tracked('SERIAL')],
  ['an archived lot', 'ARCHIVED_LOT', { lotNumber: 'L1' }, tracked('LOT', [aLot('L1', { active: false })])],
  ['an unknown unit', 'UNKNOWN_UNIT', { unit: 'BX' }],
];

const complete = (cases: readonly Case[]) =>
  cases.map(([situation, code, record, facts = {}]) => [situation, code, record, facts] as const);

function serial(kind: ConsumptionRecorded['kind']): Overrides {
  return { kind, serialNumber: 'SN-1', quantity: new Decimal(1) };
}

describe('a record that is wrong in itself', () => {
  it.each(complete(refusals))('%s is refused with %s', (_, code, record, facts) => {
    const decision = decide(record, facts);
    expect(decision).toMatchObject({ outcome: 'refused', code, owner: 'source-system' });
    expect(decision).toHaveProperty('message', expect.stringMatching(/\.$/));
    expect(decision).toHaveProperty('remedy', expect.stringMatching(/\w.*\.$/));
  });

  it('is refused even while our own data could not place it', () => {
    expect(decide({ lotNumber: null }, { ...tracked('LOT'), ...nowhere })).toMatchObject({
      outcome: 'refused',
      code: 'LOT_REQUIRED',
    });
  });

  it('is taken at the very edges of the time allowed', () => {
    for (const offset of [300_000, -30 * 86_400_000])
      expect(decide({ occurredAt: at(offset) })).toMatchObject({ outcome: 'accepted' });
  });
});

describe('a record that our own data cannot place', () => {
  it.each(complete(holds))('with %s is held as %s', (_, code, record, facts) => {
    expect(decide(record, facts)).toMatchObject({
      outcome: 'held',
      code,
      owner: 'master-data',
      remedy: expect.stringMatching(/goes on by itself|abandon/),
    });
  });

  it.each([
    ['a GTIN', { product: named('GTIN', '4012345678901') }, nobody, ['product:GTIN:04012345678901']],
    ['an internal code', { product: named('INTERNAL', ' STENT-3 ') }, nobody, ['product:INTERNAL:STENT-3']],
    [
      'a supplier item',
      { product: { ...named('SUPPLIER_ITEM', 'M-1'), supplierCode: 'MEDLINE' } },
      nobody,
      ['product:SUPPLIER_ITEM:MEDLINE/M-1'],
    ],
    ['an NDC without entry', { product: named('NDC', '0002-1433-80') }, nobody, ['product:NDC:00002143380']],
    [
      'an NDC of an unknown product',
      { product: named('NDC', '00002143380') },
      { product: { candidates: [], crosswalkTarget: 'NEW' } },
      ['product:NDC:00002143380', 'product:INTERNAL:NEW'],
    ],
    ['a location', { location: { scheme: 'CODE', value: 'SOUTH' } }, nowhere, ['location:CODE:SOUTH']],
    ['a GLN', { location: { scheme: 'GLN', value: '4012345000009' } }, nowhere, ['location:GLN:4012345000009']],
    ['a lot', { lotNumber: 'L1' }, tracked('LOT'), ['lot:GLOVE-M/L1']],
    ['a unit', { unit: 'MGM' }, {}, ['unit:MGM', 'unit:mg']],
  ] as const)('says that it awaits %s', (_, record, facts, awaits) => {
    expect(decide(record, facts)).toHaveProperty('awaits', awaits);
  });

  it('names everything that is missing at once', () => {
    const decision = decide({}, { ...nobody, ...nowhere });
    expect(decision).toMatchObject({
      code: 'UNKNOWN_PRODUCT',
      awaits: ['product:INTERNAL:GLOVE-M', 'location:CODE:NORTH-ICU'],
    });
    expect(decision).toHaveProperty(
      'message',
      'No product in Odoo carries the internal reference "GLOVE-M". No location in Odoo has "NORTH-ICU" as barcode or complete name.',
    );
  });
});
