import type { GoldenVector } from './golden-vector.js';

const isbt = { standard: 'ICCBBA', form: 'ISBT_128' } as const;
const st017 = 'ICCBBA ST-017 version 1.0.0';
const st001 = 'ICCBBA ST-001 version 6.2.2';
const fda = 'FDA, UDI formats by FDA-accredited issuing agency, version 1.3, ICCBBA';
const a9997 = 'ICCBBA:A9997XYZ100T0479 (A9997 XYZ100 T0479)';

/** ISBT 128: the UDI of devices with human tissue, blood containers, and single symbols. */
export const iccbbaVectors: readonly GoldenVector[] = [
  {
    scan: '=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123',
    source: fda,
    reads: {
      ...isbt,
      device: 'ICCBBA:A9999XYZ100T0944 (A9999 XYZ100 T0944)',
      lot: '000000000000XYZ123',
      serial: '000025',
      expiry: '2014-02-01',
      production: '2013-02-01',
      donation: 'A999713123456',
      elements: '=/=A9999XYZ100T0944 =,=000025 ==A99971312345600 =>=014032 =}=013032 &,1=000000000000XYZ123',
    },
  },
  {
    scan: '=+06000=/A9999XYZ100T0476=,000025=A99971712345600=>019032=}017032&,1000000000000XYZ123',
    source: `${st017}, section 5`,
    reads: {
      ...isbt,
      device: 'ICCBBA:A9999XYZ100T0476 (A9999 XYZ100 T0476)',
      lot: '000000000000XYZ123',
      serial: '000025',
      expiry: '2019-02-01',
      production: '2017-02-01',
      donation: 'A999717123456',
      elements: '=+=06000 =/=A9999XYZ100T0476 =,=000025 ==A99971712345600 =>=019032 =}=017032 &,1=000000000000XYZ123',
    },
  },
  {
    scan: '=+04000=/A9997XYZ100T0479=A99991712345600=,000012=>019031',
    source: `${st017}, section 4.3.1`,
    reads: {
      ...isbt,
      device: a9997,
      serial: '000012',
      expiry: '2019-01-31',
      donation: 'A999917123456',
      elements: '=+=04000 =/=A9997XYZ100T0479 ==A99991712345600 =,=000012 =>=019031',
    },
  },
  {
    scan: ']d1=+04035=/A9997XYZ100T0479=,000012=A99991712345600=>019031',
    source: `${st017}, section 4.3.2`,
    reads: {
      ...isbt,
      carrier: 'Data Matrix',
      device: a9997,
      serial: '000012',
      expiry: '2019-01-31',
      donation: 'A999917123456',
      elements: '=+=04035 =/=A9997XYZ100T0479 =,=000012 ==A99991712345600 =>=019031',
    },
  },
  {
    scan: '=)1TE123456A&)RZ12345678',
    source: `${fda}, blood bags`,
    reads: {
      ...isbt,
      device: 'ICCBBA_CONTAINER:1TE123456A',
      lot: 'RZ12345678',
      elements: '=)=1TE123456A &)=RZ12345678',
    },
  },
  {
    scan: '=/1AB370000007JC89=,000000=1234567890ABC00=>030329=}025226',
    source: 'OpenText Eduction grammar "device", ICCBBA example; letters in the sequence of a donation are not allowed',
    refused: { code: 'INVALID_CHARACTER', position: 28 },
  },
  {
    scan: ']C0=A99971712345600',
    source: `${st001}, section 2.4.1: a donation number alone`,
    reads: { ...isbt, carrier: 'Code 128', donation: 'A999717123456', elements: '==A99971712345600' },
  },
  {
    scan: '=A99971712345694',
    source: `${st001}, section 3.1, table 3: flags 60 to 96 are a checksum, by ISO/IEC 7064 modulo 37-2`,
    reads: { ...isbt, donation: 'A999717123456', elements: '==A99971712345694' },
  },
  {
    scan: '=<T0479000',
    source: `${st001}, section 2.4.3: a product code alone`,
    reads: { ...isbt, product: 'T0479000', elements: '=<=T0479000' },
  },
  {
    scan: '&>0190312359',
    source: `${st001}, section 2.4.5`,
    reads: { ...isbt, expiry: '2019-01-31 23:59', elements: '&>=0190312359' },
  },
  {
    scan: '=]202402',
    source: `${st001}, section 2.4.26`,
    reads: { ...isbt, expiry: '2024-02-29', elements: '=]=202402' },
  },
  {
    scan: '&}0173651830=>998365',
    source: `${st001}, sections 2.4.4 and 2.4.9: 9 is the century of 1900`,
    reads: {
      ...isbt,
      expiry: '1998-12-31',
      production: '2017-12-31 18:30',
      elements: '&}=0173651830 =>=998365',
    },
  },
  {
    scan: '=+02000=/A9997XYZ100T0479=>019031',
    source: `${st017}, section 4.1: donation number and divisions are due in a UDI`,
    reads: {
      ...isbt,
      device: a9997,
      expiry: '2019-01-31',
      elements: '=+=02000 =/=A9997XYZ100T0479 =>=019031',
      findings: ['MESSAGE_SHAPE', 'MESSAGE_SHAPE'],
    },
  },
  {
    scan: '=+04000=/A9997XYZ100T0479=A99991712345600=,000012',
    source: `${st017}, section 4.1: the header counts the structures that follow`,
    refused: { code: 'LENGTH', position: 3 },
  },
  {
    scan: '=/A9997XYZ100T0479=>019366',
    source: `${st001}, section 2.4.4: 2019 had 365 days`,
    refused: { code: 'DATE_INVALID', position: 21 },
  },
  { scan: '=/A9997XYZ100T04', source: `${st001}, section 2.4.34: cut short`, refused: { code: 'LENGTH', position: 3 } },
  {
    scan: '=/O9997XYZ100T0479',
    source: `${st001}, section 2.4.34: no letter O in a facility`,
    refused: { code: 'INVALID_CHARACTER', position: 3 },
  },
  {
    scan: '=A99971712345661',
    source: `${st001}, section 3.1, table 3: a check flag that does not fit`,
    refused: { code: 'CHECK_DIGIT', position: 2 },
  },
  {
    scan: '=/A9997XYZ100T0479=~12',
    source: `${st001}, section 2.3`,
    refused: { code: 'UNKNOWN_IDENTIFIER', position: 19 },
  },
  {
    scan: '&a123',
    source: `${st001}, section 2.5.1: defined by a country or a facility`,
    refused: { code: 'UNSUPPORTED', position: 1 },
  },
];
