import { bracketed, fnc1, string, type GoldenVector } from './golden-vector.js';

const gtin = '0109521101530001';
const device = 'GTIN:09521101530001';
const engine = 'GS1 Syntax Engine, test_ai_parseAIdata';
const separators = 'GS1 General Specifications, section 7.8: a value of variable length ends at FNC1 or at the end';

/** GS1 codes that must be refused, and those whose separator is in doubt. */
export const gs1RefusedVectors: readonly GoldenVector[] = [
  {
    scan: '0109521101530002',
    source: 'GS1 General Specifications, section 7.9',
    refused: { code: 'CHECK_DIGIT', position: 3 },
  },
  {
    scan: '(01)00208851107345(17)150331',
    source: 'AccessGUDID, an example of parse_udi whose check digit does not fit',
    refused: { code: 'CHECK_DIGIT', position: 5 },
  },
  {
    scan: '00952012345678912346',
    source: 'GS1 General Specifications, section 7.9',
    refused: { code: 'CHECK_DIGIT', position: 3 },
  },
  {
    scan: '4149520123456789',
    source: 'GS1 General Specifications, section 7.9',
    refused: { code: 'CHECK_DIGIT', position: 4 },
  },
  {
    scan: '80131987654Ad4X4bL5ttr2310c3K',
    source: 'GS1 General Specifications, section 7.9: check pair of a Global Model Number',
    refused: { code: 'CHECK_DIGIT', position: 5 },
  },
  {
    scan: `${gtin}17261301`,
    source: 'GS1 Syntax Dictionary, rule yymmd0',
    refused: { code: 'DATE_INVALID', position: 19 },
  },
  {
    scan: `${gtin}17230229`,
    source: 'GS1 Syntax Dictionary, rule yymmd0',
    refused: { code: 'DATE_INVALID', position: 19 },
  },
  {
    scan: `${gtin}70032611001430`,
    source: 'GS1 Syntax Dictionary, rule yymmdd: no day 00 here',
    refused: { code: 'DATE_INVALID', position: 21 },
  },
  {
    scan: `${gtin}70032611302460`,
    source: 'GS1 Syntax Dictionary, rule hhmi',
    refused: { code: 'DATE_INVALID', position: 21 },
  },
  { scan: `${gtin}17261`, source: 'GS1 Syntax Dictionary, AI 17', refused: { code: 'LENGTH', position: 19 } },
  { scan: `${gtin}10`, source: `${engine}: a value must not be empty`, refused: { code: 'LENGTH', position: 19 } },
  {
    scan: ']C101095211015300',
    source: 'GS1 Syntax Dictionary, AI 01, cut short',
    refused: { code: 'LENGTH', position: 6 },
  },
  {
    scan: `${gtin}10AB C`,
    source: 'GS1 General Specifications, section 7.11',
    refused: { code: 'INVALID_CHARACTER', position: 21 },
  },
  {
    scan: `${gtin}10AB§C`,
    source: 'GS1 General Specifications, section 7.11',
    refused: { code: 'INVALID_CHARACTER', position: 21 },
  },
  {
    scan: '010952110153000O',
    source: 'GS1 Syntax Dictionary, AI 01',
    refused: { code: 'INVALID_CHARACTER', position: 16 },
  },
  {
    scan: `${gtin}0512`,
    source: 'GS1 Syntax Dictionary: 05 is not assigned',
    refused: { code: 'UNKNOWN_IDENTIFIER', position: 17 },
  },
  {
    scan: `${gtin}10AB${fnc1}1`,
    source: 'GS1 Syntax Dictionary: an AI has at least two digits',
    refused: { code: 'UNKNOWN_IDENTIFIER', position: 22 },
  },
  { scan: '(1A)12345', source: engine, refused: { code: 'UNKNOWN_IDENTIFIER', position: 1 } },
  { scan: '()12345', source: engine, refused: { code: 'UNKNOWN_IDENTIFIER', position: 1 } },
  { scan: '(15', source: engine, refused: { code: 'UNKNOWN_IDENTIFIER', position: 1 } },
  { scan: '(10)(11)98765', source: engine, refused: { code: 'LENGTH', position: 5 } },
  { scan: '(17)9(90)217', source: engine, refused: { code: 'LENGTH', position: 5 } },
  { scan: '(01)123456789012312(10)12345', source: engine, refused: { code: 'LENGTH', position: 5 } },
  { scan: '(10)12345^', source: engine, refused: { code: 'INVALID_CHARACTER', position: 10 } },
  { scan: '(235)ABCDEFGHIJKLMNOPQRSTUVWXYZ123', source: engine, refused: { code: 'LENGTH', position: 6 } },
  {
    scan: `${gtin}10A${fnc1}10B`,
    source: 'GS1 General Specifications, section 4, data relationships: one AI, one value',
    refused: { code: 'CONTRADICTION', position: 23 },
  },
  {
    scan: `${gtin}10A${fnc1}10A`,
    source: 'GS1 General Specifications, section 4, data relationships: one AI, one value',
    reads: { ...string, device, lot: 'A', elements: '01=09521101530001 10=A', findings: ['REPEATED'] },
  },
  { scan: `${gtin}10LOT12317261130`, source: separators, refused: { code: 'AMBIGUOUS', position: 19, candidates: 2 } },
  {
    scan: `${gtin}10LOT12317261130`,
    source: `${separators}; this scanner is known to send it`,
    separatorsTrusted: true,
    reads: { ...string, device, lot: 'LOT12317261130', elements: '01=09521101530001 10=LOT12317261130' },
  },
  {
    scan: `${gtin}1726113010LOT17261130`,
    source: `${separators}; the expiry is there already, so the lot is one value`,
    reads: {
      ...string,
      device,
      lot: 'LOT17261130',
      expiry: '2026-11-30',
      elements: '01=09521101530001 17=261130 10=LOT17261130',
    },
  },
  {
    scan: `${gtin}21S${fnc1}10LOT12317261130`,
    source: `${separators}; the scanner sends it elsewhere, so the lot is one value`,
    reads: {
      ...string,
      device,
      lot: 'LOT12317261130',
      serial: 'S',
      elements: '01=09521101530001 21=S 10=LOT12317261130',
    },
  },
  {
    scan: `${gtin}10LOT123456172611302112345678`,
    source: separators,
    refused: { code: 'SEPARATOR_MISSING', position: 19, candidates: 1 },
  },
  {
    scan: `${gtin}10ABCDEFGHIJKLMNOPQRSTUVWXYZ`,
    source: separators,
    refused: { code: 'SEPARATOR_MISSING', position: 19 },
  },
  {
    scan: `${gtin}3012${'10LOT1'}`,
    source: `${separators}; a count has digits only`,
    refused: { code: 'SEPARATOR_MISSING', position: 19 },
  },
  {
    scan: `${gtin}7003261130143010LOT1`,
    source: 'GS1 General Specifications, section 7.8: AI 7003 is not predefined, but its length is fixed',
    reads: {
      ...string,
      device,
      lot: 'LOT1',
      expiry: '2026-11-30 14:30',
      elements: '01=09521101530001 7003=2611301430 10=LOT1',
      findings: ['SEPARATOR_MISSING'],
    },
  },
  {
    scan: '(01)09521101530001(10)LOT12317261130',
    source: 'GS1 General Specifications, section 4, HRI rules: brackets leave no doubt',
    reads: { ...bracketed, device, lot: 'LOT12317261130', elements: '01=09521101530001 10=LOT12317261130' },
  },
  { scan: gtin, source: 'CSET 82 holds +', fnc1Substitute: '+', refused: { code: 'OPTION_INVALID' } },
];
