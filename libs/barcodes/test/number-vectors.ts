import type { GoldenVector } from './golden-vector.js';

const number = { standard: 'EAN/UPC', form: 'NUMBER' } as const;
const section = 'GS1 General Specifications, section 5.2';

/** Bare numbers: EAN-8, EAN-13, UPC-A, UPC-E, ITF-14. */
export const numberVectors: readonly GoldenVector[] = [
  {
    scan: '4006381333931',
    source: 'EAN-13, example of the public literature',
    reads: { ...number, device: 'GTIN:04006381333931', elements: 'GTIN-13=4006381333931' },
  },
  {
    scan: ']E05901234123457',
    source: 'ISO/IEC 15420, EAN-13',
    reads: {
      ...number,
      carrier: 'EAN-13, UPC-A or UPC-E',
      device: 'GTIN:05901234123457',
      elements: 'GTIN-13=5901234123457',
    },
  },
  {
    scan: '036000291452',
    source: 'UPC-A, example of the public literature',
    reads: { ...number, device: 'GTIN:00036000291452', elements: 'GTIN-12=036000291452' },
  },
  {
    scan: '96385074',
    source: 'EAN-8, example of the public literature',
    reads: { ...number, device: 'GTIN:00000096385074', elements: 'GTIN-8=96385074' },
  },
  {
    scan: ']E473513537',
    source: 'ISO/IEC 15420, EAN-8',
    reads: { ...number, carrier: 'EAN-8', device: 'GTIN:00000073513537', elements: 'GTIN-8=73513537' },
  },
  {
    scan: '04252614',
    source: 'UPC-E of 042100005264, example of the public literature',
    reads: { ...number, device: 'GTIN:00042100005264', elements: 'UPC-E=04252614' },
  },
  {
    scan: ']E004252614',
    source: 'UPC-E as some scanners send it',
    reads: { ...number, carrier: 'EAN-13, UPC-A or UPC-E', device: 'GTIN:00042100005264', elements: 'UPC-E=04252614' },
  },
  {
    scan: '09847531',
    source: 'Zint, test of UPC-E, by rule 3 (d) of BS 797',
    reads: { ...number, device: 'GTIN:00098400000751', elements: 'UPC-E=09847531' },
  },
  {
    scan: '10614141000415',
    source: 'GTIN-14, example of GS1 US',
    reads: { ...number, device: 'GTIN:10614141000415', elements: 'GTIN-14=10614141000415' },
  },
  {
    scan: ']I100012345600012',
    source: 'GS1 General Specifications, section 5.3: ITF-14',
    reads: { ...number, carrier: 'ITF-14', device: 'GTIN:00012345600012', elements: 'GTIN-14=00012345600012' },
  },
  {
    scan: '4 012345 678901',
    source: `${section}: blanks as printed`,
    reads: { ...number, device: 'GTIN:04012345678901', elements: 'GTIN-13=4012345678901' },
  },
  {
    scan: ']E3978020137962412345',
    source: 'ISO/IEC 15424: EAN-13 with a five-digit add-on',
    reads: {
      ...number,
      carrier: 'EAN-13 with add-on',
      device: 'GTIN:09780201379624',
      elements: 'GTIN-13=9780201379624',
      findings: ['ADD_ON_IGNORED'],
    },
  },
  {
    scan: '2000000000015',
    source: 'GS1 General Specifications, section 1.4: prefix 20 is for use inside a company',
    reads: {
      ...number,
      device: 'GTIN:02000000000015',
      elements: 'GTIN-13=2000000000015',
      findings: ['RESTRICTED_NUMBER'],
    },
  },
  {
    scan: '210000000010',
    source: 'GS1 General Specifications, section 1.4: number system 2 of UPC',
    reads: {
      ...number,
      device: 'GTIN:00210000000010',
      elements: 'GTIN-12=210000000010',
      findings: ['RESTRICTED_NUMBER'],
    },
  },
  {
    scan: '4006381333931\r\n',
    source: 'a scanner that ends with carriage return',
    reads: { ...number, device: 'GTIN:04006381333931', elements: 'GTIN-13=4006381333931' },
  },
  {
    scan: '4006381333932',
    source: 'GS1 General Specifications, section 7.9',
    refused: { code: 'CHECK_DIGIT', position: 1 },
  },
  {
    scan: '10614141000416',
    source: 'GS1 General Specifications, section 7.9',
    refused: { code: 'CHECK_DIGIT', position: 1 },
  },
  {
    scan: '04252615',
    source: 'GS1 General Specifications, sections 5.2 and 7.9',
    refused: { code: 'CHECK_DIGIT', position: 1 },
  },
  {
    scan: ']E512',
    source: 'ISO/IEC 15424: not a modifier of EAN/UPC, so its content decides',
    refused: { code: 'LENGTH', position: 6 },
  },
  { scan: ']E112', source: 'ISO/IEC 15424: two-digit add-on alone', refused: { code: 'UNSUPPORTED', position: 4 } },
  {
    scan: ']I112345670',
    source: 'GS1 General Specifications, section 5.3: ITF-14 has 14 digits',
    refused: { code: 'LENGTH', position: 4 },
  },
  { scan: ']E04006381333A31', source: section, refused: { code: 'INVALID_CHARACTER', position: 4 } },
  { scan: '', source: 'nothing', refused: { code: 'EMPTY' } },
  { scan: 'ABC-123', source: 'a code of a hospital of its own', refused: { code: 'UNRECOGNISED', position: 1 } },
  {
    scan: '[)>\x1e06\x1d9N111234567842\x1e\x04',
    source: 'ISO/IEC 15434',
    refused: { code: 'UNSUPPORTED', position: 1 },
  },
  {
    scan: '17261130',
    source: 'GS1 General Specifications, section 3.4: AI 17, no GTIN-8 by its check digit',
    refused: { code: 'AMBIGUOUS', position: 1, candidates: 1 },
  },
  {
    scan: '17261139',
    source: 'GS1 General Specifications, section 3.4: no day, so no AI 17, and no GTIN-8',
    refused: { code: 'CHECK_DIGIT', position: 1 },
  },
  {
    scan: '17261104',
    source: 'GS1 General Specifications, sections 3.4 and 7.9: GTIN-8 or AI 17',
    refused: { code: 'AMBIGUOUS', position: 1, candidates: 2 },
  },
  {
    scan: '01000115',
    source: 'GS1 General Specifications, sections 5.2 and 7.9: EAN-8 or UPC-E',
    refused: { code: 'AMBIGUOUS', position: 1, candidates: 2 },
  },
];
