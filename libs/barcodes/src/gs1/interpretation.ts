import { Decimal } from 'decimal.js';
import { timeOf } from '../local-date.js';
import {
  scannedCode,
  type Finding,
  type GtinIdentifier,
  type ScanForm,
  type ScannedCode,
  type ScannedElement,
  type ScannedLocation,
  type ScannedMeasure,
} from '../scanned-code.js';
import { associationFindings } from './associations.js';
import { dateOfYymmdd, dateOfYyyymmdd } from './content-rules.js';
import type { ReadElements } from './element-string.js';
import { unitOfMeasure } from './identifiers/measures.js';
import { identifiesPerson, inWords, partsOf, type Gs1Element } from './value-check.js';

/** What the elements of a GS1 code say together. */
export function interpret(read: ReadElements, form: ScanForm, referenceYear: number, carrier?: string): ScannedCode {
  const elements = read.elements.map((element) => scannedElement(element, referenceYear));
  const of = (ai: string): string | undefined => elements.find(({ identifier }) => identifier === ai)?.value;
  const expiry = expiryOf(elements);
  const production = elements.find(({ identifier }) => identifier === '8008');
  const gtin = of('01') ?? of('03') ?? of('8006')?.slice(0, 14);
  const count = of('30') ?? of('37');
  return scannedCode({
    standard: 'GS1',
    form,
    carrier,
    deviceIdentifier: gtin === undefined ? undefined : ({ scheme: 'GTIN', value: gtin } satisfies GtinIdentifier),
    contentGtin: of('02') ?? of('8026')?.slice(0, 14),
    lotNumber: of('10'),
    serialNumber: of('21'),
    expiryDate: expiry?.date,
    expiryTime: expiry?.time,
    productionDate: elements.find(({ identifier }) => identifier === '11')?.date ?? production?.date,
    productionTime: production?.time,
    bestBeforeDate: elements.find(({ identifier }) => identifier === '15')?.date,
    count: count === undefined ? undefined : Number(count),
    measures: read.elements.flatMap(measureOf),
    sscc: of('00'),
    locations: locationsOf(elements),
    elements,
    findings: [...read.findings, ...associationFindings(read.elements), ...furtherFindings(read.elements, elements)],
  });
}

function scannedElement(element: Gs1Element, referenceYear: number): ScannedElement {
  const { entry, value, position } = element;
  const plain = { identifier: entry.ai, title: entry.title, value, position };
  const parts = partsOf(element);
  const dates = parts.flatMap(({ part, text }) => dateOfPart(part.rules, text, referenceYear) ?? []);
  const time = timeOf(parts.flatMap(({ part, text }) => (part.rules.some(isClock) ? text : [])).join(''));
  return {
    ...plain,
    ...(dates[0] === undefined ? {} : { date: dates[0] }),
    ...(dates[1] === undefined ? {} : { until: dates[1] }),
    ...(time === undefined ? {} : { time }),
  };
}

function dateOfPart(rules: readonly string[], text: string, referenceYear: number): string | undefined {
  if (rules.includes('yymmd0')) return dateOfYymmdd(text, referenceYear, true);
  if (rules.includes('yymmdd')) return dateOfYymmdd(text, referenceYear);
  return rules.includes('yyyymmdd') ? dateOfYyyymmdd(text) : undefined;
}

function isClock(rule: string): boolean {
  return ['hhmi', 'hh', 'mi', 'ss'].includes(rule);
}

function expiryOf(elements: readonly ScannedElement[]): ScannedElement | undefined {
  const found = elements.filter(({ identifier }) => identifier === '17' || identifier === '7003');
  // AI 7003 is the same day told more exactly; of two days the earlier one is the safe one.
  return found.sort((one, other) => order(one).localeCompare(order(other)))[0];
}

function order(element: ScannedElement): string {
  return `${element.date} ${element.time ?? '24:00'}`;
}

function measureOf({ entry, value }: Gs1Element): readonly ScannedMeasure[] {
  const unit = unitOfMeasure(entry.ai);
  if (unit === undefined) return [];
  const quantity = new Decimal(value).div(new Decimal(10).pow(Number(entry.ai.at(-1))));
  return [{ identifier: entry.ai, title: entry.title, quantity, unit }];
}

function locationsOf(elements: readonly ScannedElement[]): readonly ScannedLocation[] {
  const extension = elements.find(({ identifier }) => identifier === '254')?.value;
  return elements
    .filter(({ identifier }) => /^41[0-7]$/.test(identifier))
    .map(({ identifier, title, value }) => ({
      identifier,
      title,
      gln: value,
      ...(identifier === '414' && extension !== undefined ? { extension } : {}),
    }));
}

function furtherFindings(elements: readonly Gs1Element[], scanned: readonly ScannedElement[]): readonly Finding[] {
  const findings = elements.flatMap(
    (element) => dayFindings(element) ?? personFindings(element) ?? countFindings(element),
  );
  const expiries = new Set(scanned.filter(({ identifier }) => /^(17|7003)$/.test(identifier)).map(({ date }) => date));
  if (expiries.size < 2) return findings;
  const message = `The code has two expiry dates, ${[...expiries].join(' and ')}; the earlier one is taken.`;
  return [...findings, { code: 'EXPIRIES_DIFFER', message }];
}

function dayFindings(element: Gs1Element): readonly Finding[] | undefined {
  const open = partsOf(element).some(({ part, text }) => part.rules.includes('yymmd0') && text.endsWith('00'));
  if (!open) return undefined;
  const message = `${inWords(element)} names no day; the last day of the month is meant.`;
  return [{ code: 'DAY_NOT_GIVEN', message, position: element.position }];
}

function personFindings(element: Gs1Element): readonly Finding[] | undefined {
  if (!identifiesPerson(element.entry.ai)) return undefined;
  const message = `${inWords(element)} identifies a person, not a product: keep it out of logs and of stock.`;
  return [{ code: 'PERSON', message, position: element.position }];
}

function countFindings(element: Gs1Element): readonly Finding[] {
  if (!/^(30|37)$/.test(element.entry.ai) || Number(element.value) > 0) return [];
  return [{ code: 'COUNT_ZERO', message: `${inWords(element)} counts nothing.`, position: element.position }];
}
