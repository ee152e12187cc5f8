import { expect, it } from 'vitest';
import { gtin14 } from './gtin.js';

it.each([
  ['96385074', '00000096385074'],
  ['036000291452', '00036000291452'],
  ['4012345678901', '04012345678901'],
  ['14012345678908', '14012345678908'],
  ['4012345678902', null],
  ['12345', null],
  ['SHELF1', null],
])('the barcode %s is the GTIN %s', (barcode, gtin) => {
  expect(gtin14(barcode)).toBe(gtin);
});
