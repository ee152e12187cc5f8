import { isRefusal, refuse, type ScanRefusal } from '../refusal.js';
import type { ScannedCode } from '../scanned-code.js';
import { lengthsOf } from './application-identifier.js';
import { withoutRepeats } from './associations.js';
import {
  groupSeparator,
  readElementString,
  type ElementStringInput,
  type Overlong,
  type ReadElements,
} from './element-string.js';
import { interpret } from './interpretation.js';
import { checkValue, inWords, partsOf, placeOf, type Gs1Element } from './value-check.js';

const mostCandidates = 5;

/**
 * The readings of a value that swallowed what follows it. A cut counts only when everything behind it reads as whole
 * elements that are new to the code and at least one of them proves itself, by a check digit or a date.
 */
export function readingsWithoutSeparator(found: Overlong, input: ElementStringInput): readonly ScannedCode[] {
  const { element, before } = found;
  const cuts = Math.min(lengthsOf(element.entry).max, element.value.length - 1);
  const readings: ScannedCode[] = [];
  for (let cut = 1; cut <= cuts && readings.length < mostCandidates; cut++) {
    const shorter = { ...element, value: element.value.slice(0, cut) };
    const rest = isRefusal(checkValue(shorter, input.referenceYear)) ? undefined : provenRest(element, cut, input);
    const whole = rest && joined(before, shorter, rest);
    if (whole) readings.push(interpret(whole, 'ELEMENT_STRING', input.referenceYear));
  }
  return readings;
}

/**
 * Refuses a code whose last value may be two elements run together. Only suspected where the code has no separator at all
 * (a scanner that sends one is trusted) and the tail proves itself with an AI that the code does not have yet.
 */
export function suspectedSeparator(read: ReadElements, input: ElementStringInput): ScanRefusal | undefined {
  const last = read.elements.at(-1);
  if (!last || input.text.includes(groupSeparator)) return undefined;
  const { min, max } = lengthsOf(last.entry);
  if (min === max || last.entry.parts.some(({ set }) => set === 'N')) return undefined;
  const before = { elements: read.elements.slice(0, -1), findings: read.findings };
  const others = readingsWithoutSeparator({ element: last, before }, input);
  if (others.length === 0) return undefined;
  const candidates = [interpret(read, 'ELEMENT_STRING', input.referenceYear), ...others];
  const message =
    `${inWords(last)} may be one value, or a shorter one and what follows it: the code has no separator (FNC1), ` +
    'and a scanner that drops it would send just this.';
  return refuse('AMBIGUOUS', message, { ...placeOf(last), candidates });
}

function provenRest(element: Gs1Element, cut: number, input: ElementStringInput): ReadElements | undefined {
  const rest = { ...input, text: element.value.slice(cut), offset: element.position - 1 + cut };
  const read = readElementString(rest);
  if (isRefusal(read) || !('elements' in read)) return undefined;
  return read.elements.some(provesItself) ? read : undefined;
}

function provesItself(element: Gs1Element): boolean {
  return partsOf(element).some(({ part }) => part.rules.some((rule) => /^(csum|yymmd[d0])$/.test(rule)));
}

function joined(before: ReadElements, element: Gs1Element, rest: ReadElements): ReadElements | undefined {
  const elements = [...before.elements, element, ...rest.elements];
  const whole = withoutRepeats({ elements, findings: [...before.findings, ...rest.findings] });
  return isRefusal(whole) || whole.elements.length < elements.length ? undefined : whole;
}
