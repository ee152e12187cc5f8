import type { GoldenVector } from './golden-vector.js';

const form = { standard: 'HIBC', form: 'HIBC_SECONDARY', link: 'SECONDARY L', findings: ['PRIMARY_MISSING'] } as const;
const bwipp = 'BWIPP, HIBC Data Structures, secondary data; check character computed apart';
const combined = { standard: 'HIBC', form: 'HIBC_COMBINED', device: 'HIBC:A99912345 (A999 1234 5)' } as const;

/** Every form of HIBC secondary data: quantity, dates, lot or serial; and what is off in it. */
export const hibcSecondaryVectors: readonly GoldenVector[] = [
  {
    scan: '+$$82409263C001LF',
    source: bwipp,
    reads: { ...form, count: 24, expiry: '2026-09-30', lot: '3C001', elements: '8=24 $$=0926 $$=3C001' },
  },
  {
    scan: '+$$90010020928053C001LK',
    source: bwipp,
    reads: { ...form, count: 100, expiry: '2005-09-28', lot: '3C001', elements: '9=00100 $$2=092805 $$2=3C001' },
  },
  { scan: '+$$8247LOT9LT', source: bwipp, reads: { ...form, count: 24, lot: 'LOT9', elements: '8=24 $$7=LOT9' } },
  { scan: '+$$905000LP', source: bwipp, reads: { ...form, count: 5000, elements: '9=05000' } },
  {
    scan: '+$$800LOT9LG',
    source: bwipp,
    reads: {
      ...form,
      count: 0,
      lot: 'LOT9',
      elements: '8=00 $$=LOT9',
      findings: ['PRIMARY_MISSING', 'COUNT_ZERO'],
    },
  },
  { scan: '+$$7LOT9LF', source: bwipp, reads: { ...form, lot: 'LOT9', elements: '$$7=LOT9' } },
  { scan: '+$$+7SER1L0', source: bwipp, reads: { ...form, serial: 'SER1', elements: '$$+7=SER1' } },
  {
    scan: '+$$+0926SER1LA',
    source: bwipp,
    reads: { ...form, expiry: '2026-09-30', serial: 'SER1', elements: '$$+=0926 $$+=SER1' },
  },
  {
    scan: '+$$+32609281SERLN',
    source: bwipp,
    reads: { ...form, expiry: '2026-09-28', serial: '1SER', elements: '$$+3=260928 $$+3=1SER' },
  },
  { scan: '+$LOT9LC', source: bwipp, reads: { ...form, lot: 'LOT9', elements: '$=LOT9' } },
  { scan: '+$+SER1L/', source: bwipp, reads: { ...form, serial: 'SER1', elements: '$+=SER1' } },
  {
    scan: '+262713C001LA',
    source: bwipp,
    reads: { ...form, expiry: '2026-09-28', lot: '3C001', elements: '=26271 =3C001' },
  },
  {
    scan: '*+A99912345/$LOT7_*',
    source: 'HIBCC, terms of the data structure formatter: a blank as check character is printed as an underscore',
    reads: { ...combined, lot: 'LOT7', elements: '+=A99912345 $=LOT7' },
  },
  {
    scan: '+A99912345/$LOT7 ',
    source: 'HIBCC, terms of the data structure formatter: a blank can be the check character',
    reads: { ...combined, lot: 'LOT7', elements: '+=A99912345 $=LOT7' },
  },
  {
    scan: '+A99912345/$LOT9/14D20260131/Z99Y',
    source: 'ANSI MH10.8.2: Z is no identifier that HIBC uses',
    reads: {
      ...combined,
      lot: 'LOT9',
      expiry: '2026-01-31',
      elements: '+=A99912345 $=LOT9 14D=20260131 =Z99',
      findings: ['UNKNOWN_IDENTIFIER'],
    },
  },
  {
    scan: '+A99912345/$$3260228LOT9/14D202602279',
    source: 'ANSI/HIBC 2.6: two expiry dates; of two days the earlier',
    reads: {
      ...combined,
      lot: 'LOT9',
      expiry: '2026-02-27',
      elements: '+=A99912345 $$3=260228 $$3=LOT9 14D=20260227',
      findings: ['EXPIRIES_DIFFER'],
    },
  },
  { scan: '+A99912345/$$3260230LOT99', source: bwipp, refused: { code: 'DATE_INVALID', position: 15 } },
  { scan: '+A99912345/14D20260231 ', source: bwipp, refused: { code: 'DATE_INVALID', position: 15 } },
  { scan: '+A99912345/$$A6', source: bwipp, refused: { code: 'UNKNOWN_IDENTIFIER', position: 14 } },
  { scan: '+A99912345/$0', source: bwipp, refused: { code: 'LENGTH', position: 13 } },
  {
    scan: '+A99912345678901234567890$',
    source: 'ANSI/HIBC 2.6: 18 characters of product',
    refused: { code: 'LENGTH', position: 2 },
  },
];
