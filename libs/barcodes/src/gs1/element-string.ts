import { isRefusal, refuse, type ScanRefusal } from '../refusal.js';
import type { Finding } from '../scanned-code.js';
import { identifierAt, lengthsOf, type ApplicationIdentifier, type Gs1Dictionary } from './application-identifier.js';
import { checkValue, inWords, nameOf, placeOf, shown, type Gs1Element } from './value-check.js';

/** FNC1 as a scanner sends it (GS1 General Specifications, section 7.8). */
export const groupSeparator = '\x1d';

/** The elements of a code in order, and what is off about them. */
export interface ReadElements {
  readonly elements: readonly Gs1Element[];
  readonly findings: readonly Finding[];
}

/** A value that is longer than its AI allows, which only a missing separator explains. */
export interface Overlong {
  readonly element: Gs1Element;
  readonly before: ReadElements;
}

/** What an element string is read with. `offset` is how many characters of the scan stand before `text`. */
export interface ElementStringInput {
  readonly text: string;
  readonly offset: number;
  readonly dictionary: Gs1Dictionary;
  readonly referenceYear: number;
}

/**
 * Reads a GS1 element string from left to right (GS1 General Specifications, section 7.8): an AI of predefined length
 * needs no separator, every other value ends at FNC1 or at the end. Each character is looked at a bounded number of times.
 */
export function readElementString(input: ElementStringInput): ReadElements | ScanRefusal | Overlong {
  const { text, offset, dictionary } = input;
  const elements: Gs1Element[] = [];
  const findings: Finding[] = [];
  let separator = text.indexOf(groupSeparator);
  let at = 0;
  while (at < text.length) {
    if (text[at] === groupSeparator) {
      if (text[at + 1] === groupSeparator) findings.push(emptyElement(offset + at + 1));
      at++;
      continue;
    }
    const entry = identifierAt(dictionary, text, at);
    if (!entry) return unknownIdentifier(text, at, offset);
    const start = at + entry.ai.length;
    if (separator !== -1 && separator < start) separator = text.indexOf(groupSeparator, start);
    const end = separator === -1 ? text.length : separator;
    const { value, cut } = valueOf(entry, text.slice(start, end));
    const element = { entry, value, position: offset + start + 1 };
    if (ranOn(element, separator === -1)) return { element, before: { elements, findings } };
    const checked = checkValue(element, input.referenceYear);
    if (isRefusal(checked)) return checked;
    if (cut) findings.push(separatorMissing(element));
    findings.push(...checked);
    elements.push(element);
    at = start + value.length;
  }
  return { elements, findings };
}

/** Refuses a value that only a missing separator can have made so long. */
export function overlong(found: Overlong, candidates: ScanRefusal['candidates']): ScanRefusal {
  const { element } = found;
  const most = lengthsOf(element.entry).max;
  const kind = digitsOnly(element.entry) ? 'digits' : 'characters';
  const message =
    `${inWords(element)} runs on: at most ${most} ${kind} are allowed. ` +
    'The separator (FNC1) after it is missing, so where it ends is not known.';
  return refuse('SEPARATOR_MISSING', message, { ...placeOf(element), ...(candidates?.length ? { candidates } : {}) });
}

function ranOn({ entry, value }: Gs1Element, toTheEnd: boolean): boolean {
  const { min, max } = lengthsOf(entry);
  if (min === max) return false;
  return value.length > max || (toTheEnd && digitsOnly(entry) && /^\d+[^0-9]/.test(value));
}

function digitsOnly(entry: ApplicationIdentifier): boolean {
  return entry.parts.every(({ set }) => set === 'N');
}

function valueOf(entry: ApplicationIdentifier, rest: string): { readonly value: string; readonly cut: boolean } {
  const { min, max } = lengthsOf(entry);
  if (min !== max) return { value: rest, cut: false };
  return { value: rest.slice(0, max), cut: !entry.predefined && rest.length > max };
}

function emptyElement(position: number): Finding {
  return { code: 'EMPTY_ELEMENT', message: `Two separators follow each other at character ${position}.`, position };
}

function separatorMissing(element: Gs1Element): Finding {
  const { entry, position } = element;
  const message =
    `The separator (FNC1) after ${entry.title} "${shown(element)}" (AI ${entry.ai}, at character ${position}) is missing. ` +
    'Its length is fixed, so it could be read all the same.';
  return { code: 'SEPARATOR_MISSING', message, position };
}

function unknownIdentifier(text: string, at: number, offset: number): ScanRefusal {
  const position = offset + at + 1;
  const value = text.slice(at, at + 4);
  const digits = /^\d*/.exec(value)?.[0] ?? '';
  const message =
    digits.length < 2
      ? `At character ${position} an application identifier is due, two to four digits, but there is ${nameOf(value[0] ?? '')}.`
      : `At character ${position} an application identifier is due, but none begins with "${digits}".`;
  return refuse('UNKNOWN_IDENTIFIER', message, { value, position });
}
