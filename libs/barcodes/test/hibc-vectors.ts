import type { GoldenVector } from './golden-vector.js';

const primary = { standard: 'HIBC', form: 'HIBC_PRIMARY' } as const;
const combined = { standard: 'HIBC', form: 'HIBC_COMBINED' } as const;
const secondary = { standard: 'HIBC', form: 'HIBC_SECONDARY' } as const;
const grammar = 'OpenText Eduction grammar "device", HIBC examples';
const decoder = 'ANSI/HIBC 2.x, example, by way of the tests of Brixion Bardecoder';
const imdrf = 'IMDRF/UDI WG/N48, appendix A and C, and FDA, UDI formats, version 1.3: HIBCC';
const x999 = { ...combined, device: 'HIBC:X999123ABC0 (X999 123ABC 0)', lot: '1234AB', serial: '5678EDFG' } as const;
const product = '+=X999123ABC0';
const made = 'S=5678EDFG 16D=20151001';

/** HIBC supplier codes; each check character was computed by somebody else, unless the source says otherwise. */
export const hibcVectors: readonly GoldenVector[] = [
  {
    scan: '+X999123ABC0/$$05191234AB/S5678EDFG/16D20151001A',
    source: grammar,
    reads: {
      ...x999,
      expiry: '2019-05-31',
      production: '2015-10-01',
      elements: `${product} $$=0519 $$=1234AB ${made}`,
    },
  },
  {
    scan: '+X999123ABC0/$$20515191234AB/S5678EDFG/16D20151001I',
    source: grammar,
    reads: {
      ...x999,
      expiry: '2019-05-15',
      production: '2015-10-01',
      elements: `${product} $$2=051519 $$2=1234AB ${made}`,
    },
  },
  {
    scan: '+X999123ABC0/$$31905151234AB/S5678EDFG/16D20151001J',
    source: grammar,
    reads: {
      ...x999,
      expiry: '2019-05-15',
      production: '2015-10-01',
      elements: `${product} $$3=190515 $$3=1234AB ${made}`,
    },
  },
  {
    scan: '+X999123ABC0/$$4190515211234AB/S5678EDFG/16D20151001N',
    source: grammar,
    reads: {
      ...x999,
      expiry: '2019-05-15 21:00',
      production: '2015-10-01',
      elements: `${product} $$4=19051521 $$4=1234AB ${made}`,
    },
  },
  {
    scan: '+X999123ABC0/$$5191351234AB/S5678EDFG/16D20151001J',
    source: grammar,
    reads: {
      ...x999,
      expiry: '2019-05-15',
      production: '2015-10-01',
      elements: `${product} $$5=19135 $$5=1234AB ${made}`,
    },
  },
  {
    scan: '+X999123ABC0/$$619135211234AB/S5678EDFG/16D20151001N',
    source: grammar,
    reads: {
      ...x999,
      expiry: '2019-05-15 21:00',
      production: '2015-10-01',
      elements: `${product} $$6=1913521 $$6=1234AB ${made}`,
    },
  },
  {
    scan: '+X999123ABC0/$1234AB/S5678EDFG/16D20151001/14D20190515.',
    source: grammar,
    reads: {
      ...x999,
      expiry: '2019-05-15',
      production: '2015-10-01',
      elements: `${product} $=1234AB ${made} 14D=20190515`,
    },
  },
  {
    scan: '*+A99912345/$$52001510X3/16D20111212/S77DEFG457*',
    source: `${decoder}, printed between asterisks`,
    reads: {
      ...combined,
      device: 'HIBC:A99912345 (A999 1234 5)',
      lot: '10X3',
      serial: '77DEFG45',
      expiry: '2020-01-15',
      production: '2011-12-12',
      elements: '+=A99912345 $$5=20015 $$5=10X3 16D=20111212 S=77DEFG45',
    },
  },
  {
    scan: ']d1+A99912349/$10X3/16D20111231/14D20200131/Q500Z',
    source: `${decoder}; unit of measure 9 with the quantity`,
    reads: {
      ...combined,
      carrier: 'Data Matrix',
      device: 'HIBC:A99912349 (A999 1234 9)',
      lot: '10X3',
      expiry: '2020-01-31',
      production: '2011-12-31',
      count: 500,
      elements: '+=A99912349 $=10X3 16D=20111231 14D=20200131 Q=500',
    },
  },
  {
    scan: '+J123AQ3451/$$3231231BC34567/S4012R',
    source: decoder,
    reads: {
      ...combined,
      device: 'HIBC:J123AQ3451 (J123 AQ345 1)',
      lot: 'BC34567',
      serial: '4012',
      expiry: '2023-12-31',
      elements: '+=J123AQ3451 $$3=231231 $$3=BC34567 S=4012',
    },
  },
  {
    scan: '+M894NX55M1/1915206121404F14B',
    source: 'a label of an orthopaedic supplier, by way of the tests of a public parser: YYJJJ without a flag',
    reads: {
      ...combined,
      device: 'HIBC:M894NX55M1 (M894 NX55M 1)',
      lot: '06121404F14',
      expiry: '2019-06-01',
      elements: '+=M894NX55M1 =19152 =06121404F14',
    },
  },
  {
    scan: '+A999ABC123DE0/$+1234567Y',
    source: imdrf,
    reads: {
      ...combined,
      device: 'HIBC:A999ABC123DE0 (A999 ABC123DE 0)',
      serial: '1234567',
      elements: '+=A999ABC123DE0 $+=1234567',
    },
  },
  {
    scan: '+BLUEUNICORN7N',
    source: 'PTW-Freiburg/udi, documentation, primary data structure',
    reads: {
      ...primary,
      device: 'HIBC:BLUEUNICORN7 (BLUE UNICORN 7)',
      link: 'PRIMARY N',
      elements: '+=BLUEUNICORN7',
    },
  },
  {
    scan: ']C0+A999123457',
    source: 'BWIPP, HIBC Data Structures, primary data',
    reads: {
      ...primary,
      carrier: 'Code 128',
      device: 'HIBC:A99912345 (A999 1234 5)',
      link: 'PRIMARY 7',
      elements: '+=A99912345',
    },
  },
  {
    scan: '+$$02231162074ZA',
    source: decoder,
    reads: {
      ...secondary,
      lot: '1162074',
      expiry: '2023-02-28',
      link: 'SECONDARY Z',
      elements: '$$=0223 $$=1162074',
      findings: ['PRIMARY_MISSING'],
    },
  },
  {
    scan: '+$$0624J139276%5',
    source: decoder,
    reads: {
      ...secondary,
      lot: 'J139276',
      expiry: '2024-06-30',
      link: 'SECONDARY %',
      elements: '$$=0624 $$=J139276',
      findings: ['PRIMARY_MISSING'],
    },
  },
  {
    scan: '+$$25102173960231W',
    source: `${decoder}, where it is read as DDMMYY; the standard has MMDDYY after $$2`,
    refused: { code: 'DATE_INVALID', position: 5 },
  },
  {
    scan: '+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202C',
    source: 'HL7 FHIR, Device example-udi3, and FDA, UDI formats: the check character of this example does not fit',
    refused: { code: 'CHECK_DIGIT', position: 1 },
  },
  {
    scan: '+A99912345/$$52001510X3/16D20111212/S77DEFG45Z',
    source: `${decoder}, its invalid variant`,
    refused: { code: 'CHECK_DIGIT', position: 1 },
  },
  {
    scan: '+A99912349/$10X3/16D20111231/14D20200131/Q500A',
    source: decoder,
    refused: { code: 'CHECK_DIGIT', position: 1 },
  },
  { scan: '+', source: 'ANSI/HIBC 2.6: nothing after the flag', refused: { code: 'LENGTH', position: 1 } },
  {
    scan: '+a99912345',
    source: 'ANSI/HIBC 2.6: capital letters only',
    refused: { code: 'INVALID_CHARACTER', position: 2 },
  },
  {
    scan: '+/EU720060FF0/O523201V',
    source: 'ANSI/HIBC Provider Applications Standard',
    refused: { code: 'UNSUPPORTED', position: 1 },
  },
];
