import type { Decimal } from '@wardline/event-contracts';
import { expect, it } from 'vitest';
import { openingBalances, type QuantNames } from './opening-balances.js';

const names: QuantNames = {
  products: new Map([
    [1, { code: 'GLOVE-M', data: { tracking: 'NONE', unit: 'Units' } }],
    [2, { code: 'SUTURE', data: { tracking: 'LOT', unit: 'Units' } }],
    [3, { code: 'PUMP', data: { tracking: 'SERIAL', unit: 'Units' } }],
  ]),
  locations: new Map([[40, { code: 'NORTH-ICU', data: {} }]]),
  lots: new Map([
    [501, { code: 'SUTURE/L1', data: { lotNumber: 'L1', expiryDate: '2027-03-31' } }],
    [502, { code: 'PUMP/SN-1', data: { lotNumber: 'SN-1', expiryDate: null } }],
  ]),
};

const quant = (productId: number, lotId: number | null, quantity: number, locationId = 40) => ({
  product_id: [productId, ''] as const,
  location_id: [locationId, ''] as const,
  lot_id: lotId === null ? (false as const) : ([lotId, ''] as const),
  quantity,
});

it('each product, lot and location has one balance, whatever packages and owners divide it', () => {
  const quants = [
    quant(1, null, 0.1),
    quant(1, null, 0.2),
    quant(2, 501, -4),
    quant(3, 502, 1),
    quant(2, null, 0),
    quant(9, null, 5),
    quant(1, null, 5, 99),
  ];
  const told = openingBalances(quants, names, new Date(0)).map(({ key, data }) => [
    key,
    (data['quantity'] as Decimal).toFixed(),
    data['lotNumber'],
    data['serialNumber'],
    data['expiryDate'],
  ]);
  expect(told).toEqual([
    ['NORTH-ICU/GLOVE-M', '0.3', null, null, null],
    ['NORTH-ICU/SUTURE', '-4', 'L1', null, '2027-03-31'],
    ['NORTH-ICU/PUMP', '1', null, 'SN-1', null],
  ]);
});
