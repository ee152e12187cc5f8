import { refuse, type ScanRefusal } from '../refusal.js';
import type { Finding } from '../scanned-code.js';
import { lengthsOf, type ApplicationIdentifier, type CharacterSet, type ValuePart } from './application-identifier.js';
import { objectionTo } from './content-rules.js';

/** One element of a GS1 code: its application identifier, its value, and where the value starts (1 is the first character). */
export interface Gs1Element {
  readonly entry: ApplicationIdentifier;
  readonly value: string;
  readonly position: number;
}

const allowed: Readonly<Record<CharacterSet, RegExp>> = {
  N: /[^0-9]/,
  X: /[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/,
  Y: /[^#\-/0-9A-Z]/,
  Z: /[^\-0-9A-Z_a-z=]/,
};

// 7250 to 7259 say who a person is; 8017 to 8019 number a provider or a patient.
const ofPersons = /^(725\d|801[789])$/;

/** Whether an AI identifies a person, so that its value belongs in no log (GS1 General Specifications, sections 3.8 and 3.9). */
export function identifiesPerson(ai: string): boolean {
  return ofPersons.test(ai);
}

/** The value as it may be shown: `…` where it may name a person. */
export function shown(element: Gs1Element): string {
  return identifiesPerson(element.entry.ai) ? '…' : element.value;
}

/** An element in words: what it is, its AI, its value, and where it stands. */
export function inWords(element: Gs1Element): string {
  const { entry, position } = element;
  return `The ${entry.title} "${shown(element)}" (AI ${entry.ai}, at character ${position})`;
}

/**
 * Checks a value against its entry in the dictionary: length, characters, and the rules of each part.
 * What makes the value unusable is refused; what does not is a finding.
 */
export function checkValue(element: Gs1Element, referenceYear: number): readonly Finding[] | ScanRefusal {
  const wrong = wrongLength(element) ?? wrongCharacter(element);
  if (wrong) return wrong;
  const findings: Finding[] = [];
  for (const { part, text } of partsOf(element)) {
    for (const rule of part.rules) {
      const objection = objectionTo(text, rule, referenceYear);
      if (!objection) continue;
      const message = `${inWords(element)} ${objection.message}.`;
      if (objection.refused) return refuse(objection.refused, message, placeOf(element));
      findings.push({ code: 'CONTENT', message, position: element.position });
    }
  }
  return findings;
}

/** The value and the position of an element, for a refusal. */
export function placeOf(element: Gs1Element): { readonly value: string; readonly position: number } {
  return { value: shown(element), position: element.position };
}

/** The parts of a value that are there, in order. */
export function partsOf(element: Gs1Element): readonly { readonly part: ValuePart; readonly text: string }[] {
  const found: { part: ValuePart; text: string }[] = [];
  let at = 0;
  for (const part of element.entry.parts) {
    if (at >= element.value.length) break;
    found.push({ part, text: element.value.slice(at, at + part.max) });
    at += part.max;
  }
  return found;
}

function wrongLength(element: Gs1Element): ScanRefusal | undefined {
  const { min, max } = lengthsOf(element.entry);
  const length = element.value.length;
  const short = partsOf(element).some(({ part, text }) => text.length < part.min);
  if (length >= min && length <= max && !short) return undefined;
  const due = min === max ? `${min}` : `${min} to ${max}`;
  return refuse('LENGTH', `${inWords(element)} has ${length} characters, ${due} are due.`, placeOf(element));
}

function wrongCharacter(element: Gs1Element): ScanRefusal | undefined {
  let at = 0;
  for (const { part, text } of partsOf(element)) {
    const found = allowed[part.set].exec(text);
    if (found) {
      const position = element.position + at + found.index;
      const kind = part.set === 'N' ? 'only digits are allowed' : 'this character is not allowed';
      const message = `${inWords(element)} has ${nameOf(found[0])} at character ${position}; ${kind} there.`;
      return refuse('INVALID_CHARACTER', message, { value: shown(element), position });
    }
    at += text.length;
  }
  return undefined;
}

/** A character in words a person can find on a keyboard. */
export function nameOf(character: string): string {
  if (character === ' ') return 'a blank';
  if (character === '\x1d') return 'a separator (GS)';
  return character < ' ' || character > '~' ? `the character number ${character.codePointAt(0)}` : `"${character}"`;
}
