import { bracketed, fnc1, string, type GoldenVector } from './golden-vector.js';

const device = 'GTIN:09521101530001';
const gtin = '0109521101530001';
const dictionary = 'GS1 Syntax Dictionary 2026-01-27';

/** What describes an item further: variants, references, origin, measures, counts, healthcare. */
export const gs1DetailVectors: readonly GoldenVector[] = [
  {
    scan: `${gtin}2022`,
    source: `${dictionary}, AI 20`,
    reads: { ...string, device, elements: '01=09521101530001 20=22' },
  },
  {
    scan: `${gtin}222A${fnc1}10ABC1${fnc1}2112345`,
    source: `${dictionary}, AI 22`,
    reads: { ...string, device, lot: 'ABC1', serial: '12345', elements: '01=09521101530001 22=2A 10=ABC1 21=12345' },
  },
  {
    scan: '(01)09521101530001(235)XYZ(10)BATCH',
    source: 'GS1 Syntax Engine, test_ai_parseAIdata, with a GTIN that is right',
    reads: { ...bracketed, device, lot: 'BATCH', elements: '01=09521101530001 235=XYZ 10=BATCH' },
  },
  {
    scan: `${gtin}235XYZ${fnc1}21A`,
    source: `${dictionary}, AI 21 excludes 235`,
    reads: {
      ...string,
      device,
      serial: 'A',
      elements: '01=09521101530001 235=XYZ 21=A',
      findings: ['EXCLUDED_TOGETHER'],
    },
  },
  {
    scan: `${gtin}240REF-1${fnc1}241CUST/9${fnc1}242123456`,
    source: `${dictionary}, AIs 240 to 242`,
    reads: { ...string, device, elements: '01=09521101530001 240=REF-1 241=CUST/9 242=123456' },
  },
  {
    scan: `${gtin}250SEC1`,
    source: `${dictionary}, AI 250 requires 21`,
    reads: { ...string, device, elements: '01=09521101530001 250=SEC1', findings: ['REQUIRED_MISSING'] },
  },
  {
    scan: `${gtin}21A${fnc1}250SEC1${fnc1}251SRC`,
    source: `${dictionary}, AIs 250 and 251`,
    reads: { ...string, device, serial: 'A', elements: '01=09521101530001 21=A 250=SEC1 251=SRC' },
  },
  {
    scan: `${gtin}3020`,
    source: `${dictionary}, AI 30`,
    reads: { ...string, device, count: 20, elements: '01=09521101530001 30=20' },
  },
  {
    scan: `${gtin}3000000000`,
    source: `${dictionary}, AI 30`,
    reads: { ...string, device, count: 0, elements: '01=09521101530001 30=00000000', findings: ['COUNT_ZERO'] },
  },
  {
    scan: `${gtin}3103000195`,
    source: 'GS1 Digital Link Standard, example of a net weight, as an element string',
    reads: { ...string, device, measures: '0.195 kg', elements: '01=09521101530001 3103=000195' },
  },
  {
    scan: `${gtin}3100123456`,
    source: `${dictionary}, AI 310n`,
    reads: { ...string, device, measures: '123456 kg', elements: '01=09521101530001 3100=123456' },
  },
  {
    scan: `${gtin}3105123456${'3152001500'}`,
    source: `${dictionary}, AIs 310n and 315n`,
    reads: {
      ...string,
      device,
      measures: '1.23456 kg, 15 l',
      elements: '01=09521101530001 3105=123456 3152=001500',
    },
  },
  {
    scan: `${gtin}3560000012${'3201000150'}`,
    source: `${dictionary}, AIs 356n and 320n`,
    reads: {
      ...string,
      device,
      measures: '12 tr oz, 15 lb',
      elements: '01=09521101530001 3560=000012 3201=000150',
    },
  },
  {
    scan: `${gtin}3100123456${'3101123456'}`,
    source: `${dictionary}, AI 310n excludes 310n`,
    reads: {
      ...string,
      device,
      measures: '123456 kg, 12345.6 kg',
      elements: '01=09521101530001 3100=123456 3101=123456',
      findings: ['EXCLUDED_TOGETHER', 'EXCLUDED_TOGETHER'],
    },
  },
  {
    scan: `${gtin}3922${'0299'}${fnc1}3103000195`,
    source: 'GS1 Digital Link Standard, example with weight and price, as an element string',
    reads: { ...string, device, measures: '0.195 kg', elements: '01=09521101530001 3922=0299 3103=000195' },
  },
  {
    scan: `${gtin}422276`,
    source: `${dictionary}, AI 422`,
    reads: { ...string, device, elements: '01=09521101530001 422=276' },
  },
  {
    scan: `${gtin}423276250`,
    source: `${dictionary}, AI 423: one to five countries`,
    reads: { ...string, device, elements: '01=09521101530001 423=276250' },
  },
  {
    scan: `${gtin}710${'12345678'}`,
    source: `${dictionary}, AI 710`,
    reads: { ...string, device, elements: '01=09521101530001 710=12345678' },
  },
  {
    scan: `${gtin}712A1${fnc1}714987654${fnc1}715NDC1${fnc1}7169${fnc1}7171`,
    source: `${dictionary}, AIs 712 to 717`,
    reads: { ...string, device, elements: '01=09521101530001 712=A1 714=987654 715=NDC1 716=9 717=1' },
  },
  {
    scan: `${gtin}10L${fnc1}7004120`,
    source: `${dictionary}, AI 7004 requires 01 with 10`,
    reads: { ...string, device, lot: 'L', elements: '01=09521101530001 10=L 7004=120' },
  },
  {
    scan: `${gtin}7004120`,
    source: `${dictionary}, AI 7004 requires 01 with 10`,
    reads: { ...string, device, elements: '01=09521101530001 7004=120', findings: ['REQUIRED_MISSING'] },
  },
  {
    scan: `${gtin}7007260101260131`,
    source: `${dictionary}, AI 7007: a range of dates`,
    reads: { ...string, device, elements: '01=09521101530001 7007=260101260131' },
  },
  {
    scan: `${gtin}416${'9521101530001'}7020REF1`,
    source: `${dictionary}, AI 7020 requires 416`,
    reads: {
      ...string,
      device,
      locations: '416 9521101530001',
      elements: '01=09521101530001 416=9521101530001 7020=REF1',
    },
  },
  {
    scan: `${gtin}7030${'276ABC'}`,
    source: `${dictionary}, AI 703s`,
    reads: { ...string, device, elements: '01=09521101530001 7030=276ABC' },
  },
  {
    scan: `${gtin}7240PROT1`,
    source: `${dictionary}, AI 7240`,
    reads: { ...string, device, elements: '01=09521101530001 7240=PROT1' },
  },
  {
    scan: `${gtin}800122223333310151`,
    source: `${dictionary}, AI 8001: the winding must be 0, 1 or 9`,
    reads: { ...string, device, elements: '01=09521101530001 8001=22223333310151', findings: ['CONTENT'] },
  },
  {
    scan: `${gtin}8012V1.2`,
    source: `${dictionary}, AI 8012: software version`,
    reads: { ...string, device, elements: '01=09521101530001 8012=V1.2' },
  },
  {
    scan: `800609521101530001${'0102'}`,
    source: `${dictionary}, AI 8006: piece 1 of 2`,
    reads: { ...string, device, elements: '8006=095211015300010102' },
  },
  {
    scan: `800609521101530001${'0302'}`,
    source: `${dictionary}, AI 8006, rule pieceoftotal`,
    reads: { ...string, device, elements: '8006=095211015300010302', findings: ['CONTENT'] },
  },
  {
    scan: '0309521101530001',
    source: `${dictionary}, AI 03: an item made to order`,
    reads: { ...string, device, elements: '03=09521101530001' },
  },
  {
    scan: '80131987654Ad4X4bL5ttr2310c2K',
    source: 'GS1 General Specifications, section 7.9: example of a Global Model Number',
    reads: { ...string, elements: '8013=1987654Ad4X4bL5ttr2310c2K' },
  },
  {
    scan: `90INTERNAL${fnc1}99${'A'.repeat(90)}`,
    source: 'GS1 Syntax Engine, test_ai_parseAIdata: AI 99 takes 90 characters',
    reads: { ...string, elements: `90=INTERNAL 99=${'A'.repeat(90)}` },
  },
  {
    scan: '8018123456789012345675',
    source: 'GS1 Syntax Engine, test_dl_parseDLuri: GSRN of a recipient, as an element string',
    reads: { ...string, elements: '8018=123456789012345675', findings: ['PERSON'] },
  },
  {
    scan: '80181234567890123456757253MUSTER',
    source: `${dictionary}, AIs 8018 and 7253: a wristband`,
    reads: {
      ...string,
      elements: '8018=123456789012345675 7253=MUSTER',
      findings: ['SEPARATOR_MISSING', 'PERSON', 'PERSON'],
    },
  },
];
