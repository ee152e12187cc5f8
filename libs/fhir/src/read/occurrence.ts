import type { FhirElement } from '../resource/element.js';
import { parseDateTime, startOfDay, type Precision } from '../resource/date-time.js';
import type { ResourceReader } from './resource-reader.js';

/** When it happened. */
export interface Occurrence {
  readonly occurredAt: string;
  readonly precision: Precision;
  /** `YYYY-MM-DD` as the source wrote it. */
  readonly day: string;
}

/**
 * When it happened, of the first of these elements that is given: `<name>DateTime`, the end of `<name>Period` (the start
 * where it has not ended), the last event of `<name>Timing`, or an element that is a dateTime itself. A day without a time
 * of day is its beginning in the time zone of the mapping; a year or a month is no time of an event and is refused.
 */
export function readOccurrence(reader: ResourceReader, choices: readonly string[], plain: readonly string[] = []) {
  const { root } = reader;
  for (const name of choices) {
    const found = ofChoice(reader, name);
    if (found !== undefined) return found === 'wrong' ? undefined : found;
  }
  for (const name of plain) {
    const text = root.text(name);
    if (text !== undefined) return read(reader, root, name, text);
  }
  const places = [...choices.map((name) => `${name}[x]`), ...plain].join(', ');
  return reader.sender('required', places.split(', ')[0]!, `It does not say when it happened (${places}).`);
}

/** A time of an element. */
export function readTime(reader: ResourceReader, element: FhirElement, name: string): Occurrence | undefined {
  const text = element.text(name);
  return text === undefined ? undefined : read(reader, element, name, text);
}

function ofChoice(reader: ResourceReader, name: string): Occurrence | 'wrong' | undefined {
  const { root } = reader;
  const dateTime = root.text(`${name}DateTime`);
  if (dateTime !== undefined) return read(reader, root, `${name}DateTime`, dateTime) ?? 'wrong';
  const period = root.one(`${name}Period`);
  if (period !== undefined) {
    const part = period.text('end') === undefined ? 'start' : 'end';
    const text = period.text(part);
    if (text !== undefined) return read(reader, period, part, text) ?? 'wrong';
    reader.sender('required', period.expression, `${period.expression} has neither a start nor an end.`);
    return 'wrong';
  }
  const events: unknown = root.one(`${name}Timing`)?.value['event'];
  const last: unknown = Array.isArray(events) ? events.at(-1) : undefined;
  if (typeof last === 'string') return read(reader, root, `${name}Timing.event`, last) ?? 'wrong';
  const other = ['Timing', 'String', 'Age', 'Range'].find((type) => root.value[name + type] !== undefined);
  if (other === undefined) return undefined;
  reader.sender('value', name + other, `${name}${other} does not say at which moment it happened.`);
  return 'wrong';
}

function read(reader: ResourceReader, element: FhirElement, name: string, text: string): Occurrence | undefined {
  const time = parseDateTime(text);
  const { timePrecision, timeZone } = reader.source;
  if (time === undefined)
    return reader.sender('value', element.at(name), `${element.at(name)} "${text}" is no dateTime of FHIR.`);
  const { precision, day, instant } = time;
  if (precision === 'year' || precision === 'month')
    return reader.sender('value', element.at(name), `${element.at(name)} "${text}" names no day.`);
  if (instant === undefined && timePrecision !== 'day')
    return reader.sender(
      'value',
      element.at(name),
      `${element.at(name)} "${text}" has no time of day, which is due here.`,
    );
  return { occurredAt: (instant ?? startOfDay(day, timeZone)).toISOString(), precision, day };
}
