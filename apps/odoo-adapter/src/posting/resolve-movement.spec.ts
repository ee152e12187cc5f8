import { Decimal } from '@wardline/event-contracts';
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

it('of virtual locations with one code that of the company is meant', () => {
  const found = movement({ fromLocation: 'Inventory adjustment', toLocation: 'NORTH-ICU' });
  expect(resolveMovement(found, hospital).fromId).toBe(13);
});

it.each<[string, Partial<Movement>, string[]]>([
  ['UNKNOWN_PRODUCT', { productCode: 'NO-SUCH' }, ['product:NO-SUCH']],
  ['UNKNOWN_LOCATION', { fromLocation: 'ATTIC' }, ['location:ATTIC']],
  ['UNKNOWN_LOCATION', { toLocation: 'ATTIC' }, ['location:ATTIC']],
  ['UNKNOWN_LOT', { productCode: 'SUTURE', lotNumber: 'L9' }, ['lot:SUTURE/L9']],
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
