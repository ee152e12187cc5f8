import { fnc1, string, type GoldenVector } from './golden-vector.js';

const dictionary = 'GS1 Syntax Dictionary 2026-01-27';
const sscc = '00952012345678912345';
const unit = '952012345678912345';

/** Logistic units, their content, locations and orders; and secondary symbols that lack the key. */
export const gs1LogisticsVectors: readonly GoldenVector[] = [
  {
    scan: sscc,
    source: 'GS1 Digital Link Standard, example of an SSCC, as an element string',
    reads: { ...string, sscc: unit, elements: `00=${unit}` },
  },
  {
    scan: `${sscc}0209520123456788372510ABC123`.replace('10ABC', `${fnc1}10ABC`),
    source: 'GS1 Digital Link Standard, example of an SSCC with content, as an element string',
    reads: {
      ...string,
      sscc: unit,
      content: '09520123456788',
      count: 25,
      lot: 'ABC123',
      elements: `00=${unit} 02=09520123456788 37=25 10=ABC123`,
    },
  },
  {
    scan: '0209520123456788',
    source: `${dictionary}, AI 02 requires 37`,
    reads: {
      ...string,
      content: '09520123456788',
      elements: '02=09520123456788',
      findings: ['REQUIRED_MISSING'],
    },
  },
  {
    scan: '02095201234567883725',
    source: `${dictionary}, AI 37 requires 00`,
    reads: {
      ...string,
      content: '09520123456788',
      count: 25,
      elements: '02=09520123456788 37=25',
      findings: ['REQUIRED_MISSING'],
    },
  },
  {
    scan: `${sscc}010952012345678802095201234567883725`,
    source: `${dictionary}, AI 02 excludes 01, AI 01 excludes 37`,
    reads: {
      ...string,
      sscc: unit,
      device: 'GTIN:09520123456788',
      content: '09520123456788',
      count: 25,
      elements: `00=${unit} 01=09520123456788 02=09520123456788 37=25`,
      findings: ['EXCLUDED_TOGETHER', 'EXCLUDED_TOGETHER'],
    },
  },
  {
    scan: `${sscc}3301000250`,
    source: `${dictionary}, AI 330n: gross weight of a logistic unit`,
    reads: { ...string, sscc: unit, measures: '25 kg', elements: `00=${unit} 3301=000250` },
  },
  {
    scan: `400PO-4711${fnc1}4109520123456788`,
    source: `${dictionary}, AIs 400 and 410`,
    reads: { ...string, locations: '410 9520123456788', elements: '400=PO-4711 410=9520123456788' },
  },
  {
    scan: `41495201234567882541A`,
    source: `${dictionary}, AIs 414 and 254`,
    reads: { ...string, locations: '414 9520123456788 1A', elements: '414=9520123456788 254=1A' },
  },
  {
    scan: '411952012345678841295201234567884139520123456788417952012345678',
    source: `${dictionary}, AIs 411 to 417: the last one is cut off`,
    refused: { code: 'LENGTH', position: 52 },
  },
  {
    scan: '41595201234567888020INV1',
    source: `${dictionary}, AIs 415 and 8020: a payment slip`,
    reads: { ...string, locations: '415 9520123456788', elements: '415=9520123456788 8020=INV1' },
  },
  {
    scan: `4019520123AB${fnc1}40295201234567891233`,
    source: `${dictionary}, AI 402: check digit of a GSIN`,
    refused: { code: 'CHECK_DIGIT', position: 17 },
  },
  {
    scan: `${sscc}420D-10115${fnc1}403ROUTE1`,
    source: `${dictionary}, AIs 420 and 403`,
    reads: { ...string, sscc: unit, elements: `00=${unit} 420=D-10115 403=ROUTE1` },
  },
  {
    scan: `${sscc}4300ACME%20GmbH${fnc1}4307DE${fnc1}43211`,
    source: `${dictionary}, AIs 4300, 4307 and 4321`,
    reads: { ...string, sscc: unit, elements: `00=${unit} 4300=ACME%20GmbH 4307=DE 4321=1` },
  },
  {
    scan: `${sscc}4300ACME%2${fnc1}43217`,
    source: `${dictionary}, rules pcenc and yesno`,
    reads: { ...string, sscc: unit, elements: `00=${unit} 4300=ACME%2 4321=7`, findings: ['CONTENT', 'CONTENT'] },
  },
  {
    scan: `${sscc}43242611301430`,
    source: `${dictionary}, AI 4324: not before`,
    reads: { ...string, sscc: unit, elements: `00=${unit} 4324=2611301430` },
  },
  {
    scan: `${sscc}4331000250-`,
    source: `${dictionary}, AI 4331: a temperature below zero`,
    reads: { ...string, sscc: unit, elements: `00=${unit} 4331=000250-` },
  },
  {
    scan: '800309520123456789A1',
    source: `${dictionary}, AI 8003: check digit inside a GRAI`,
    refused: { code: 'CHECK_DIGIT', position: 5 },
  },
  {
    scan: '800309520123456788SER1',
    source: `${dictionary}, AI 8003: returnable tray with serial`,
    reads: { ...string, elements: '8003=09520123456788SER1' },
  },
  {
    scan: '80049520614141234567',
    source: 'GS1 Syntax Engine, test_dl_parseDLuri: GIAI, as an element string',
    reads: { ...string, elements: '8004=9520614141234567' },
  },
  {
    scan: '10LOT1',
    source: `${dictionary}, AI 10: a second symbol of a label, without the key`,
    reads: { ...string, lot: 'LOT1', elements: '10=LOT1', findings: ['REQUIRED_MISSING'] },
  },
  {
    scan: '1726113010LOT1',
    source: `${dictionary}, AIs 17 and 10: a second symbol of a label, without the key`,
    reads: {
      ...string,
      lot: 'LOT1',
      expiry: '2026-11-30',
      elements: '17=261130 10=LOT1',
      findings: ['REQUIRED_MISSING', 'REQUIRED_MISSING'],
    },
  },
];
