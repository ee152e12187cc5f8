import { hibcCharacters, mod43CheckCharacter } from '../check-characters.js';
import { dateOf } from '../local-date.js';
import { isRefusal, refuse, type ScanRefusal } from '../refusal.js';
import {
  scannedCode,
  type Finding,
  type HibcIdentifier,
  type ScannedCode,
  type ScannedElement,
} from '../scanned-code.js';
import { readSecondaryData, wrongNumber, type SecondaryData } from './secondary-data.js';

/** An HIBC code and what it is read with. `offset` is how many characters of the scan stand before it. */
export interface HibcInput {
  readonly text: string;
  readonly offset: number;
  readonly referenceYear: number;
  readonly carrier: string | undefined;
}

/**
 * Reads an HIBC supplier code (ANSI/HIBC 2.6): primary, secondary or both joined by `/`, with further
 * segments for serial number, dates and quantity. The modulo 43 check character must fit.
 */
export function readHibc(input: HibcInput): ScannedCode | ScanRefusal {
  const text = withoutAsterisks(input.text);
  const offset = input.offset + (text === input.text ? 0 : 1);
  const refused = wrongFrame(text, offset);
  if (refused) return refused;
  const body = text.slice(1, -1);
  const check = text.slice(-1);
  return /^[A-Z]/.test(body)
    ? readPrimary({ ...input, text: body, offset: offset + 1 }, check)
    : readSecondaryAlone({ ...input, text: body.slice(0, -1), offset: offset + 1 }, body.slice(-1));
}

// Under the symbol the code stands between asterisks, and a blank as check character is printed as an underscore.
function withoutAsterisks(text: string): string {
  const inner = /^\*(\+.*)\*$/.exec(text)?.[1];
  return inner === undefined ? text : inner.replace(/_$/, ' ');
}

function wrongFrame(text: string, offset: number): ScanRefusal | undefined {
  const position = offset + 1;
  if (!text.startsWith('+')) {
    return refuse('UNRECOGNISED', `An HIBC code begins with +, this one with "${text[0] ?? ''}".`, {
      value: text,
      position,
    });
  }
  if (text.startsWith('+/')) {
    const message = 'This is an HIBC code of a hospital itself (provider applications), not one of a product.';
    return refuse('UNSUPPORTED', message, { value: text, position });
  }
  const wrong = [...text].findIndex((character) => !hibcCharacters.includes(character));
  if (wrong !== -1) {
    const message = `The HIBC code has "${[...text][wrong]}" at character ${position + wrong}; capital letters, digits and - . $ / + % are allowed.`;
    return refuse('INVALID_CHARACTER', message, { value: text, position: position + wrong });
  }
  if (text.length < 4) return refuse('LENGTH', `The HIBC code "${text}" is too short.`, { value: text, position });
  const due = mod43CheckCharacter(text.slice(0, -1));
  if (due === text.slice(-1)) return undefined;
  const message = `The HIBC code "${text}" ends with the check character "${text.slice(-1)}", but "${due}" is the one that fits the rest.`;
  return refuse('CHECK_DIGIT', message, { value: text, position });
}

function readPrimary(input: HibcInput, check: string): ScannedCode | ScanRefusal {
  const [primary = '', ...segments] = input.text.split('/');
  const position = input.offset + 1;
  const parts = /^([A-Z][0-9A-Z]{3})([0-9A-Z]{1,18})(\d)$/.exec(primary);
  if (!parts) {
    const message =
      `The HIBC primary "${primary}" at character ${position} is not a labeler code (a letter and three characters), ` +
      'a product number of 1 to 18 letters and digits, and one digit for the unit of measure.';
    return refuse('LENGTH', message, { value: primary, position });
  }
  const [value, labeler, product, unitOfMeasure] = parts as unknown as [string, string, string, string];
  const secondary = readSegments(segments, position + primary.length + 1, input.referenceYear);
  if (isRefusal(secondary)) return secondary;
  const { elements, findings, ...fields } = secondary;
  return scannedCode({
    standard: 'HIBC',
    form: segments.length === 0 ? 'HIBC_PRIMARY' : 'HIBC_COMBINED',
    carrier: input.carrier,
    deviceIdentifier: { scheme: 'HIBC', value, labeler, product, unitOfMeasure } satisfies HibcIdentifier,
    ...fields,
    hibcLink: segments.length === 0 ? { part: 'PRIMARY', character: check } : undefined,
    elements: [{ identifier: '+', title: 'PRIMARY', value, position }, ...elements],
    findings,
  });
}

function readSecondaryAlone(input: HibcInput, link: string): ScannedCode | ScanRefusal {
  const secondary = readSegments(input.text.split('/'), input.offset + 1, input.referenceYear);
  if (isRefusal(secondary)) return secondary;
  const message = `This symbol holds lot, serial number or dates only. Scan the one with the product too; its last character is "${link}".`;
  return scannedCode({
    standard: 'HIBC',
    form: 'HIBC_SECONDARY',
    carrier: input.carrier,
    ...secondary,
    hibcLink: { part: 'SECONDARY', character: link },
    findings: [{ code: 'PRIMARY_MISSING', message }, ...secondary.findings],
  });
}

type Segments = SecondaryData & { readonly findings: readonly Finding[] };

function readSegments(segments: readonly string[], position: number, referenceYear: number): Segments | ScanRefusal {
  const elements: ScannedElement[] = [];
  const findings: Finding[] = [];
  let read: SecondaryData = { elements };
  let at = position;
  for (const segment of segments) {
    const next = readSegment(segment, at, referenceYear);
    if (isRefusal(next)) return next;
    findings.push(...(next.findings ?? []), ...zeroCount(next, at), ...differing(read, next, at));
    elements.push(...next.elements);
    const expiryDate = earlier(read.expiryDate, next.expiryDate);
    read = { ...read, ...next, ...(expiryDate === undefined ? {} : { expiryDate }) };
    at += segment.length + 1;
  }
  return { ...read, elements, findings };
}

function zeroCount(data: SecondaryData, position: number): readonly Finding[] {
  return data.count === 0
    ? [{ code: 'COUNT_ZERO', message: `The quantity at character ${position} is 0.`, position }]
    : [];
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || (other !== undefined && other < one) ? other : one;
}

function differing(read: SecondaryData, next: SecondaryData, position: number): readonly Finding[] {
  if (!read.expiryDate || !next.expiryDate || read.expiryDate === next.expiryDate) return [];
  const message = `The code has two expiry dates, ${read.expiryDate} and ${next.expiryDate}; the earlier one is taken.`;
  return [{ code: 'EXPIRIES_DIFFER', message, position }];
}

type Segment = SecondaryData & { readonly findings?: readonly Finding[] };

// Segments after the first carry a data identifier of ANSI MH10.8.2: S, 14D, 16D, Q (ANSI/HIBC 2.6).
function readSegment(segment: string, position: number, referenceYear: number): Segment | ScanRefusal {
  const [, identifier = '', value = ''] = /^(S|14D(?=\d{8}$)|16D(?=\d{8}$)|Q(?=\d{1,5}$))(.*)$/.exec(segment) ?? [];
  const start = position + identifier.length;
  const element = { identifier, value, position: start };
  if (identifier === 'S') {
    const title = 'SERIAL';
    return wrongNumber(title, value, start) ?? { serialNumber: value, elements: [{ ...element, title }] };
  }
  if (identifier === 'Q') return { count: Number(value), elements: [{ ...element, title: 'QUANTITY' }] };
  if (identifier !== '') return readDate(element);
  if (/^(\$|\d{5})/.test(segment)) return readSecondaryData(segment, position, referenceYear);
  const message = `The segment "${segment}" at character ${position} begins with no identifier that is known; it was left out.`;
  const unknown = { identifier: '', title: 'UNKNOWN', value: segment, position };
  return { elements: [unknown], findings: [{ code: 'UNKNOWN_IDENTIFIER', message, position }] };
}

function readDate(element: { identifier: string; value: string; position: number }): Segment | ScanRefusal {
  const { identifier, value, position } = element;
  const date = dateOf(Number(value.slice(0, 4)), Number(value.slice(4, 6)), Number(value.slice(6, 8)));
  if (date === undefined) {
    const message = `The date "${value}" (${identifier}, at character ${position}) is no day of the calendar.`;
    return refuse('DATE_INVALID', message, { value, position });
  }
  return identifier === '14D'
    ? { expiryDate: date, elements: [{ ...element, title: 'EXPIRY YYYYMMDD', date }] }
    : { productionDate: date, elements: [{ ...element, title: 'PRODUCTION YYYYMMDD', date }] };
}
