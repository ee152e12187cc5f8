import type { DictionaryRow } from '../application-identifier.js';

const item = '01';
const trade = '01,02';
const logistic = '00,01';

type Measure = readonly [prefix: string, title: string, unit: string, requires: string];

/** Prefix of the AI, what is measured, the unit, and the keys one of which must be there. The fourth digit places the point. */
const measured: readonly Measure[] = [
  ['310', 'NET WEIGHT (kg)', 'kg', trade],
  ['311', 'LENGTH (m)', 'm', trade],
  ['312', 'WIDTH (m)', 'm', trade],
  ['313', 'HEIGHT (m)', 'm', trade],
  ['314', 'AREA (m²)', 'm²', trade],
  ['315', 'NET VOLUME (l)', 'l', trade],
  ['316', 'NET VOLUME (m³)', 'm³', trade],
  ['320', 'NET WEIGHT (lb)', 'lb', trade],
  ['321', 'LENGTH (in)', 'in', trade],
  ['322', 'LENGTH (ft)', 'ft', trade],
  ['323', 'LENGTH (yd)', 'yd', trade],
  ['324', 'WIDTH (in)', 'in', trade],
  ['325', 'WIDTH (ft)', 'ft', trade],
  ['326', 'WIDTH (yd)', 'yd', trade],
  ['327', 'HEIGHT (in)', 'in', trade],
  ['328', 'HEIGHT (ft)', 'ft', trade],
  ['329', 'HEIGHT (yd)', 'yd', trade],
  ['330', 'GROSS WEIGHT (kg)', 'kg', logistic],
  ['331', 'LENGTH (m), log', 'm', logistic],
  ['332', 'WIDTH (m), log', 'm', logistic],
  ['333', 'HEIGHT (m), log', 'm', logistic],
  ['334', 'AREA (m²), log', 'm²', logistic],
  ['335', 'VOLUME (l), log', 'l', logistic],
  ['336', 'VOLUME (m³), log', 'm³', logistic],
  ['337', 'KG PER m²', 'kg/m²', item],
  ['340', 'GROSS WEIGHT (lb)', 'lb', logistic],
  ['341', 'LENGTH (in), log', 'in', logistic],
  ['342', 'LENGTH (ft), log', 'ft', logistic],
  ['343', 'LENGTH (yd), log', 'yd', logistic],
  ['344', 'WIDTH (in), log', 'in', logistic],
  ['345', 'WIDTH (ft), log', 'ft', logistic],
  ['346', 'WIDTH (yd), log', 'yd', logistic],
  ['347', 'HEIGHT (in), log', 'in', logistic],
  ['348', 'HEIGHT (ft), log', 'ft', logistic],
  ['349', 'HEIGHT (yd), log', 'yd', logistic],
  ['350', 'AREA (in²)', 'in²', trade],
  ['351', 'AREA (ft²)', 'ft²', trade],
  ['352', 'AREA (yd²)', 'yd²', trade],
  ['353', 'AREA (in²), log', 'in²', logistic],
  ['354', 'AREA (ft²), log', 'ft²', logistic],
  ['355', 'AREA (yd²), log', 'yd²', logistic],
  ['356', 'NET WEIGHT (tr oz)', 'tr oz', trade],
  ['357', 'NET VOLUME (oz)', 'oz', trade],
  ['360', 'NET VOLUME (qt (US))', 'qt (US)', trade],
  ['361', 'NET VOLUME (gal.)', 'gal (US)', trade],
  ['362', 'VOLUME (qt (US)), log', 'qt (US)', logistic],
  ['363', 'VOLUME (gal (US)), log', 'gal (US)', logistic],
  ['364', 'NET VOLUME (in³)', 'in³', trade],
  ['365', 'NET VOLUME (ft³)', 'ft³', trade],
  ['366', 'NET VOLUME (yd³)', 'yd³', trade],
  ['367', 'VOLUME (in³), log', 'in³', logistic],
  ['368', 'VOLUME (ft³), log', 'ft³', logistic],
  ['369', 'VOLUME (yd³), log', 'yd³', logistic],
];

const units = new Map(measured.map(([prefix, , unit]) => [prefix, unit]));
const perMeasure = '30,31nn,32nn,35nn,36nn';

/** Unit of a measure AI (310n to 369n), undefined for any other AI (GS1 General Specifications, section 3.6). */
export function unitOfMeasure(ai: string): string | undefined {
  return ai.length === 4 ? units.get(ai.slice(0, 3)) : undefined;
}

/** Measures, and the amounts and prices that go with them: AIs 310n to 369n and 390n to 395n. */
export const measures: readonly DictionaryRow[] = [
  ...measured.map(([prefix, title, , requires]) => ({
    ais: `${prefix}0-${prefix}5`,
    format: 'N6',
    title,
    predefined: true,
    requires: [requires],
    excludes: `${prefix}n`,
  })),
  { ais: '3900-3909', format: 'N..15', title: 'AMOUNT', requires: ['255,8020'], excludes: '390n,391n,394n,8111' },
  { ais: '3910-3919', format: 'N3,iso4217 N..15', title: 'AMOUNT', requires: ['8020'], excludes: '391n' },
  { ais: '3920-3929', format: 'N..15', title: 'PRICE', requires: ['01', perMeasure], excludes: '392n,393n' },
  { ais: '3930-3939', format: 'N3,iso4217 N..15', title: 'PRICE', requires: [perMeasure], excludes: '393n' },
  { ais: '3940-3943', format: 'N4', title: 'PRCNT OFF', requires: ['255'], excludes: '394n,8111' },
  { ais: '3950-3955', format: 'N6', title: 'PRICE/UoM', requires: [perMeasure], excludes: '392n,393n,395n,8005' },
];
