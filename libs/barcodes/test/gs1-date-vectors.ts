import { string, type GoldenVector } from './golden-vector.js';

const device = 'GTIN:09521101530001';
const gtin = '0109521101530001';

/** Dates and times: open days, centuries, and what is taken when two dates differ. */
export const gs1DateVectors: readonly GoldenVector[] = [
  {
    scan: `${gtin}17240200`,
    source: 'GS1 General Specifications, section 3.4: day 00 is the last of the month, leap years included',
    reads: {
      ...string,
      device,
      expiry: '2024-02-29',
      elements: '01=09521101530001 17=240200',
      findings: ['DAY_NOT_GIVEN'],
    },
  },
  {
    scan: `${gtin}17230200`,
    source: 'GS1 General Specifications, section 3.4',
    reads: {
      ...string,
      device,
      expiry: '2023-02-28',
      elements: '01=09521101530001 17=230200',
      findings: ['DAY_NOT_GIVEN'],
    },
  },
  {
    scan: `${gtin}17761231`,
    source: 'GS1 General Specifications, section 7.12: 50 years ahead of 2026',
    reads: { ...string, device, expiry: '2076-12-31', elements: '01=09521101530001 17=761231' },
  },
  {
    scan: `${gtin}11770101`,
    source: 'GS1 General Specifications, section 7.12: 49 years before 2026',
    reads: { ...string, device, production: '1977-01-01', elements: '01=09521101530001 11=770101' },
  },
  {
    scan: `${gtin}15270315`,
    source: 'GS1 General Specifications, section 3.4: best before',
    reads: { ...string, device, bestBefore: '2027-03-15', elements: '01=09521101530001 15=270315' },
  },
  {
    scan: `${gtin}1327031516270316`,
    source: 'GS1 General Specifications, section 3.4: packed on, sell by',
    reads: { ...string, device, elements: '01=09521101530001 13=270315 16=270316' },
  },
  {
    scan: `${gtin}70032611301430`,
    source: 'GS1 Syntax Dictionary 2026-01-27, AI 7003',
    reads: { ...string, device, expiry: '2026-11-30 14:30', elements: '01=09521101530001 7003=2611301430' },
  },
  {
    scan: `${gtin}172611307003${'2611301430'}`,
    source: 'GS1 Syntax Dictionary 2026-01-27, AIs 17 and 7003',
    reads: {
      ...string,
      device,
      expiry: '2026-11-30 14:30',
      elements: '01=09521101530001 17=261130 7003=2611301430',
    },
  },
  {
    scan: `${gtin}172612317003${'2611301430'}`,
    source: 'GS1 Syntax Dictionary 2026-01-27, AIs 17 and 7003: of two days the earlier',
    reads: {
      ...string,
      device,
      expiry: '2026-11-30 14:30',
      elements: '01=09521101530001 17=261231 7003=2611301430',
      findings: ['EXPIRIES_DIFFER'],
    },
  },
  {
    scan: `${gtin}8008261122143059`,
    source: 'GS1 Syntax Dictionary 2026-01-27, AI 8008',
    reads: { ...string, device, production: '2026-11-22 14:30:59', elements: '01=09521101530001 8008=261122143059' },
  },
  {
    scan: `${gtin}800826112214`,
    source: 'GS1 Syntax Dictionary 2026-01-27, AI 8008: minutes and seconds are optional',
    reads: { ...string, device, production: '2026-11-22 14:00', elements: '01=09521101530001 8008=26112214' },
  },
];
