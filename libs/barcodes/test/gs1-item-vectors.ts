import { bracketed, fnc1, string, type GoldenVector } from './golden-vector.js';

const device = 'GTIN:09521101530001';
const gtin = '0109521101530001';
const fda = 'FDA, UDI formats by FDA-accredited issuing agency, version 1.3, GS1';

/** Items with lot, serial number and dates: what is on nearly every device and medicine. */
export const gs1ItemVectors: readonly GoldenVector[] = [
  {
    scan: '(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234',
    source: fda,
    reads: {
      ...bracketed,
      device: 'GTIN:51022222233336',
      lot: 'A213B1',
      serial: '1234',
      expiry: '2015-07-07',
      production: '2014-12-31',
      elements: '01=51022222233336 11=141231 17=150707 10=A213B1 21=1234',
    },
  },
  {
    scan: `]C10151022222233336111412311715070710A213B1${fnc1}211234`,
    source: `${fda}, as a GS1-128 symbol sends it`,
    reads: {
      ...string,
      carrier: 'GS1-128',
      device: 'GTIN:51022222233336',
      lot: 'A213B1',
      serial: '1234',
      expiry: '2015-07-07',
      production: '2014-12-31',
      elements: '01=51022222233336 11=141231 17=150707 10=A213B1 21=1234',
    },
  },
  {
    scan: '(01)00643169001763(17)160712(21)21A11F4855',
    source: 'HL7 version 2.9.1, PRT-10, example of a GS1 UDI',
    reads: {
      ...bracketed,
      device: 'GTIN:00643169001763',
      serial: '21A11F4855',
      expiry: '2016-07-12',
      elements: '01=00643169001763 17=160712 21=21A11F4855',
    },
  },
  {
    scan: '(01)00844588003288(17)141120(10)7654321D(21)10987654d321',
    source: 'HL7 FHIR, Device example-udi1',
    reads: {
      ...bracketed,
      device: 'GTIN:00844588003288',
      lot: '7654321D',
      serial: '10987654d321',
      expiry: '2014-11-20',
      elements: '01=00844588003288 17=141120 10=7654321D 21=10987654d321',
    },
  },
  {
    scan: '(01)09506000117843(11)141231(17)201231(10)1234AB(21)5678CD',
    source: 'IMDRF/UDI WG/N48, appendix A, example of a GS1 UDI',
    reads: {
      ...bracketed,
      device: 'GTIN:09506000117843',
      lot: '1234AB',
      serial: '5678CD',
      expiry: '2020-12-31',
      production: '2014-12-31',
      elements: '01=09506000117843 11=141231 17=201231 10=1234AB 21=5678CD',
    },
  },
  {
    scan: `]d2${gtin}172305111122051110230214A3263-01${fnc1}21059${fnc1}240ARO4808C`,
    source: 'research/mission.md, section 4.3: order of elements and values of a real label',
    reads: {
      ...string,
      carrier: 'GS1 DataMatrix',
      device,
      lot: '230214A3263-01',
      serial: '059',
      expiry: '2023-05-11',
      production: '2022-05-11',
      elements: '01=09521101530001 17=230511 11=220511 10=230214A3263-01 21=059 240=ARO4808C',
    },
  },
  {
    scan: `${gtin}10AB-123${fnc1}17210119`,
    source: 'Biip documentation, element string with GTIN, lot and expiry',
    reads: {
      ...string,
      device,
      lot: 'AB-123',
      expiry: '2021-01-19',
      elements: '01=09521101530001 10=AB-123 17=210119',
    },
  },
  {
    scan: `${fnc1}${gtin}17210119`,
    source: 'GS1 General Specifications, section 7.8: a scanner may send the leading FNC1 too',
    reads: { ...string, device, expiry: '2021-01-19', elements: '01=09521101530001 17=210119' },
  },
  {
    scan: `${gtin}${fnc1}17210119${fnc1}10A${fnc1}`,
    source: 'GS1 General Specifications, section 7.8: a separator after a predefined length is tolerated',
    reads: {
      ...string,
      device,
      lot: 'A',
      expiry: '2021-01-19',
      elements: '01=09521101530001 17=210119 10=A',
    },
  },
  {
    scan: `${gtin}10A${fnc1}${fnc1}17210119`,
    source: 'GS1 General Specifications, section 7.8',
    reads: {
      ...string,
      device,
      lot: 'A',
      expiry: '2021-01-19',
      elements: '01=09521101530001 10=A 17=210119',
      findings: ['EMPTY_ELEMENT'],
    },
  },
  {
    scan: `${gtin}10ABC~21XYZ~17261130`,
    source: 'GS1 General Specifications, section 7.8: FNC1 as the character the scanner is set to',
    fnc1Substitute: '~',
    reads: {
      ...string,
      device,
      lot: 'ABC',
      serial: 'XYZ',
      expiry: '2026-11-30',
      elements: '01=09521101530001 10=ABC 21=XYZ 17=261130',
    },
  },
  {
    scan: `]Q3${gtin}21S1`,
    source: 'ISO/IEC 15424; GS1 Syntax Engine, table of symbology identifiers',
    reads: { ...string, carrier: 'GS1 QR Code', device, serial: 'S1', elements: '01=09521101530001 21=S1' },
  },
  {
    scan: `]e0${gtin}`,
    source: 'ISO/IEC 15424; GS1 Syntax Engine, table of symbology identifiers',
    reads: { ...string, carrier: 'GS1 DataBar', device, elements: '01=09521101530001' },
  },
  {
    scan: `]J1${gtin}30100`,
    source: 'ISO/IEC 15424; GS1 Syntax Engine, table of symbology identifiers',
    reads: { ...string, carrier: 'GS1 DotCode', device, count: 100, elements: '01=09521101530001 30=100' },
  },
  {
    scan: `]d1${gtin}17261130`,
    source: 'GS1 General Specifications, section 5: GS1 DataMatrix has FNC1 in first position',
    reads: {
      ...string,
      carrier: 'Data Matrix',
      device,
      expiry: '2026-11-30',
      elements: '01=09521101530001 17=261130',
      findings: ['CARRIER'],
    },
  },
  {
    scan: `(01) 09521101530001 (17) 261130 (10) AB 12`,
    source: 'GS1 General Specifications, section 4, HRI rules: text under a symbol',
    reads: {
      ...bracketed,
      device,
      lot: 'AB12',
      expiry: '2026-11-30',
      elements: '01=09521101530001 17=261130 10=AB12',
    },
  },
  {
    scan: '(01)09521101530001(10)12345\\(11)99',
    source: 'GS1 Syntax Engine, test_ai_parseAIdata: escaped bracket',
    reads: { ...bracketed, device, lot: '12345(11)99', elements: '01=09521101530001 10=12345(11)99' },
  },
  {
    scan: '(01)09521101530001(10)A(05)B',
    source: 'GS1 General Specifications, section 7.11: brackets belong to CSET 82',
    reads: {
      ...bracketed,
      device,
      lot: 'A(05)B',
      elements: '01=09521101530001 10=A(05)B',
      findings: ['CONTENT'],
    },
  },
];
