import { Decimal, type LocalDate } from '@wardline/event-contracts';
import { Reject } from '@wardline/event-handling';
import { expect, it } from 'vitest';
import { hospital } from '../../test/failing-odoo.js';
import type { Movement } from './posting.js';
import { resolveMovement } from './resolve-movement.js';

function movement(change: Partial<Movement> = {}): Movement {
  return {
    ...{
      productCode: 'GLOVE-M',
      fromLocation: 'NORTH-ICU',
      toLocation: 'Consumption',
      lotNumber: null,
      serialNumber: null,
    },
    ...{ quantity: new Decimal('1.25'), unit: 'Units', movementType: 'CONSUMPTION', occurredAt: new Date(0) },
    ...{ expiryDate: null, reason: null },
    ...change,
  };
}

function refusalOf(change: Partial<Movement>): Reject {
  try {
    resolveMovement(movement(change), hospital);
  } catch (error) {
    if (error instanceof Reject) return error;
  }
  throw new Error('the movement was not refused');
}

it('consumption goes from the ward to the Consumption of its company, a reversal back', () => {
  expect(resolveMovement(movement(), hospital)).toMatchObject({ fromId: 40, toId: 38, lotId: null });
  const back = movement({
    fromLocation: 'Consumption',
    toLocation: 'NORTH-ICU',
    productCode: 'SUTURE',
    lotNumber: 'L1',
  });
  expect(resolveMovement(back, hospital)).toMatchObject({ fromId: 38, toId: 40, lotId: 501 });
});

it.each<[string, string, string, string, number, [number, number]]>([
  ['consumption', 'consumption', 'NORTH-ICU', 'Consumption', 17, [40, 38]],
  ['its reversal', 'consumption', 'Consumption', 'NORTH-ICU', 17, [38, 40]],
  ['a receipt', 'receipt', 'Vendors', 'NORTH-ICU', 61, [1, 40]],
  ['a receipt in another warehouse', 'receipt', 'Vendors', 'NORTH-OR1', 51, [1, 41]],
  ['a return to the supplier', 'delivery', 'NORTH-ICU', 'Vendors', 62, [40, 1]],
  ['a transfer', 'transfer', 'NORTH-ICU', 'NORTH-OR1', 63, [40, 41]],
  ['a transfer sent off', 'transfer', 'NORTH-ICU', 'In transit', 63, [40, 11]],
  ['a transfer that arrives', 'transfer', 'In transit', 'NORTH-OR1', 53, [11, 41]],
  ['what a count found', 'adjustment', 'Inventory adjustment', 'NORTH-ICU', 18, [13, 40]],
  ['what a count missed', 'adjustment', 'NORTH-ICU', 'Inventory adjustment', 18, [40, 13]],
  ['scrap', 'adjustment', 'NORTH-ICU', 'Scrap', 18, [40, 16]],
])('%s becomes a document of kind %s', (_, operation, fromLocation, toLocation, operationTypeId, [fromId, toId]) => {
  const resolved = resolveMovement(movement({ fromLocation, toLocation }), hospital);
  expect(resolved).toMatchObject({ operation, operationTypeId, fromId, toId });
});

const arriving = {
  ...{ productCode: 'SUTURE', fromLocation: 'Vendors', toLocation: 'NORTH-ICU', lotNumber: 'L9' },
  expiryDate: '2029-01-31' as LocalDate,
};

it('a lot that comes in may be new, one that leaves is looked for and never made', () => {
  const named = { code: 'SUTURE/L9', name: 'L9', expiryDate: '2029-01-31' };
  expect(resolveMovement(movement(arriving), hospital)).toMatchObject({
    lotId: null,
    namedLot: { ...named, isArriving: true },
  });
  const leaving = { ...arriving, fromLocation: 'NORTH-ICU', toLocation: 'Consumption' };
  expect(resolveMovement(movement(leaving), hospital).namedLot).toEqual({ ...named, isArriving: false });
  const untracked = resolveMovement(movement({ ...arriving, productCode: 'GLOVE-M' }), hospital);
  expect(untracked.namedLot?.isArriving).toBe(false);
});

it('goods that say another expiry than Odoo has of their lot are nobody’s to guess', () => {
  const known = { ...arriving, lotNumber: 'L1' };
  expect(refusalOf(known)).toMatchObject({ code: 'LOT_EXPIRY_DIFFERS', class: 'BUSINESS' });
  expect(refusalOf(known).message).toBe(
    'Odoo says lot SUTURE/L1 expires 2027-03-31, what came in says 2029-01-31. Read the package, and correct the lot in Odoo or the receipt.',
  );
  const same = { ...known, expiryDate: '2027-03-31' as LocalDate };
  expect(resolveMovement(movement(same), hospital).lotId).toBe(501);
  expect(resolveMovement(movement({ ...known, expiryDate: null }), hospital).lotId).toBe(501);
});

it.each<[string, string, string, number, object]>([
  ['quarantined', 'NORTH-ICU', 'NORTH-ICU/Quarantine', 63, { fromId: 40, namedFrom: null, toId: null }],
  ['released', 'NORTH-ICU/Quarantine', 'NORTH-ICU', 63, { toId: 40, namedTo: null, fromId: null }],
  ['scrapped', 'NORTH-ICU/Quarantine', 'Scrap', 18, { toId: 16, fromId: null }],
  ['sent back', 'NORTH-ICU/Quarantine', 'Vendors', 62, { toId: 1, fromId: null }],
])(
  'stock that is %s may name a quarantine that is to be made beside its place',
  (_, fromLocation, toLocation, type, ids) => {
    const resolved = resolveMovement(movement({ fromLocation, toLocation }), hospital);
    expect(resolved).toMatchObject({ operationTypeId: type, company: { companyId: 1 }, ...ids });
    const named = { code: 'NORTH-ICU/Quarantine', besideId: 40, companyId: 1 };
    expect(resolved.namedFrom ?? resolved.namedTo).toEqual(named);
  },
);

it('Odoo moves nothing between two companies', () => {
  const foreign = refusalOf({ fromLocation: 'NORTH-ICU', toLocation: 'SOUTH' });
  expect(foreign).toMatchObject({ code: 'OTHER_COMPANY', class: 'BUSINESS', owner: 'stores' });
  expect(refusalOf({ fromLocation: 'NORTH-ICU', toLocation: 'SOUTH/Quarantine' })).toMatchObject({
    code: 'OTHER_COMPANY',
  });
});

it.each<[string, Partial<Movement>, string[]]>([
  ['UNKNOWN_PRODUCT', { productCode: 'NO-SUCH' }, ['product:NO-SUCH']],
  ['UNKNOWN_LOCATION', { fromLocation: 'ATTIC' }, ['location:ATTIC']],
  ['UNKNOWN_LOCATION', { toLocation: 'ATTIC' }, ['location:ATTIC']],
  ['UNKNOWN_LOCATION', { toLocation: 'ATTIC/Quarantine' }, ['location:ATTIC']],
  ['LOCATION_WITHOUT_COMPANY', { fromLocation: 'SHARED/Quarantine' }, ['location:SHARED']],
  ['NO_SHELF', { fromLocation: 'Vendors', toLocation: 'Scrap' }, []],
  ['LOCATION_WITHOUT_COMPANY', { fromLocation: 'SHARED' }, ['location:SHARED']],
  ['COMPANY_NOT_SET_UP', { fromLocation: 'SOUTH' }, ['company:2']],
  ['UNIT_DIFFERS', { unit: 'Pack of 6' }, ['product:GLOVE-M']],
  ['QUANTITY_PRECISION', { quantity: new Decimal('0.123') }, []],
  ['SERIAL_QUANTITY', { productCode: 'PUMP', serialNumber: 'SN-1', quantity: new Decimal(2) }, []],
])('refuses with %s and says what it waits for', (code, change, awaits) => {
  expect(refusalOf(change)).toMatchObject({ code, class: 'DATA', owner: 'master-data', awaits });
});

it('a quantity that Odoo would round is refused in words that help', () => {
  expect(refusalOf({ quantity: new Decimal('0.123') }).message).toBe(
    'Odoo keeps 2 decimals and would post 0.123 Units of GLOVE-M as another number. Raise the decimal precision "Product Unit" in Odoo.',
  );
});
