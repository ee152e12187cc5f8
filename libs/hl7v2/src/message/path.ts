import { unescapeText } from './escaping.js';
import { type Hl7Message, type Segment, splitBy } from './message.js';

/** A place in a message; all numbers count from 1. */
export interface Path {
  readonly segment: string;
  /** Which of the segments of that name. */
  readonly occurrence: number;
  readonly field: number;
  readonly repetition: number;
  readonly component: number;
  readonly subComponent: number;
}

/** What stands at a place: nothing, the explicit null `""` (delete what you have), or a value with escapes resolved. */
export type Value =
  { readonly state: 'absent' } | { readonly state: 'null' } | { readonly state: 'value'; readonly text: string };

const absent: Value = { state: 'absent' };
const notation =
  /^([A-Z][A-Z0-9]{2})(?:\[([1-9]\d{0,4})\])?-([1-9]\d{0,2})(?:\[([1-9]\d{0,4})\])?(?:\.([1-9]\d{0,2})(?:\.([1-9]\d{0,2}))?)?$/;

/**
 * Reads the usual notation: `PID-3`, `PID-3[2].1`, `OBX[2]-5`, `RXA-5.1`, `PV1-3.4.2`. What is not given is the first,
 * as in HAPI's Terser. Undefined when it is no path.
 */
export function parsePath(text: string): Path | undefined {
  const match = notation.exec(text);
  if (match === null) return undefined;
  const [, segment = '', occurrence = 1, field, repetition = 1, component = 1, subComponent = 1] = match;
  return {
    segment,
    occurrence: Number(occurrence),
    field: Number(field),
    repetition: Number(repetition),
    component: Number(component),
    subComponent: Number(subComponent),
  };
}

/** The value at a path such as `FT1[2]-10`; absent when the path is none. */
export function valueAt(message: Hl7Message, path: string): Value {
  const place = parsePath(path);
  if (place === undefined) return absent;
  let occurrence = 0;
  const segment = message.segments.find(({ name }) => name === place.segment && ++occurrence === place.occurrence);
  return segment === undefined ? absent : valueIn(segment, place, message);
}

/** The text at a path; empty when there is none or it is null. */
export function textAt(message: Hl7Message, path: string): string {
  const value = valueAt(message, path);
  return value.state === 'value' ? value.text : '';
}

/** The value of a place within a segment that is already found. Spaces around a value are not part of it. */
export function valueIn(segment: Segment, place: Path, { delimiters, charset }: Hl7Message): Value {
  const raw = segment.fields[place.field];
  if (raw === undefined) return absent;
  const literal = place.field <= 2 && ['MSH', 'BHS', 'FHS'].includes(segment.name);
  if (literal) return place.repetition === 1 ? { state: 'value', text: raw } : absent;
  const repetition = splitBy(raw, delimiters.repetition)[place.repetition - 1] ?? '';
  const component = splitBy(repetition, delimiters.component)[place.component - 1] ?? '';
  const leaf = (splitBy(component, delimiters.subComponent)[place.subComponent - 1] ?? '').trim();
  if (leaf === '""') return { state: 'null' };
  const text = unescapeText(leaf, delimiters, charset);
  return text === '' ? absent : { state: 'value', text };
}

/** How many repetitions a field holds; none when it is empty. */
export function repetitionsIn(segment: Segment, field: number, { delimiters }: Hl7Message): number {
  const raw = segment.fields[field] ?? '';
  return raw === '' ? 0 : splitBy(raw, delimiters.repetition).length;
}
