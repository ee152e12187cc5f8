import { isRefusal, refuse, type ScanRefusal } from '../refusal.js';
import type { Finding } from '../scanned-code.js';
import type { ApplicationIdentifier, Gs1Dictionary } from './application-identifier.js';
import type { ElementStringInput, ReadElements } from './element-string.js';
import { checkValue, inWords, type Gs1Element } from './value-check.js';

/**
 * Reads the text under a symbol, with each AI in brackets (GS1 General Specifications, section 4, HRI rules). Blanks count for
 * nothing. A bracket inside a value is a part of it unless it holds a known AI; `\(` is always a bracket of the value.
 */
export function readBracketed(input: ElementStringInput): ReadElements | ScanRefusal {
  const { text, offset, dictionary } = input;
  const marks = marksOf(text, dictionary);
  if (marks[0]?.at !== 0) return notBracketed(text, offset);
  const elements: Gs1Element[] = [];
  const findings: Finding[] = [];
  for (const [number, mark] of marks.entries()) {
    const start = mark.at + mark.entry.ai.length + 2;
    const raw = text.slice(start, marks[number + 1]?.at ?? text.length);
    const element = { entry: mark.entry, value: valueOf(raw), position: offset + start + 1 };
    const checked = checkValue(element, input.referenceYear);
    if (isRefusal(checked)) return checked;
    findings.push(...bracketFindings(element, raw), ...checked);
    elements.push(element);
  }
  return { elements, findings };
}

interface Mark {
  readonly at: number;
  readonly entry: ApplicationIdentifier;
}

function marksOf(text: string, dictionary: Gs1Dictionary): readonly Mark[] {
  const marks: Mark[] = [];
  for (const found of text.matchAll(/(?<!\\)\((\d{2,4})\)/g)) {
    const entry = dictionary.identifiers.get(found[1] as string);
    if (entry) marks.push({ at: found.index, entry });
  }
  return marks;
}

function valueOf(raw: string): string {
  return raw.replace(/\s+/g, '').replace(/\\\(/g, '(');
}

function bracketFindings(element: Gs1Element, raw: string): readonly Finding[] {
  const found = /(?<!\\)\(\d+\)/.exec(raw);
  if (!found) return [];
  const message = `${inWords(element)} holds ${found[0]}, which is no application identifier that is known.`;
  return [{ code: 'CONTENT', message, position: element.position }];
}

function notBracketed(text: string, offset: number): ScanRefusal {
  const value = /^\([^)]*\)?/.exec(text)?.[0] ?? '';
  const message = `At character ${offset + 1} stands "${value}", where an application identifier in brackets, such as (01), is due.`;
  return refuse('UNKNOWN_IDENTIFIER', message, { value, position: offset + 1 });
}
