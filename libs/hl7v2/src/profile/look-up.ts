import type { Hl7Message } from '../message/message.js';
import { parsePath, type Path, repetitionsIn, textAt, type Value, valueIn } from '../message/path.js';
import type { OneSource, Source } from './profile.js';
import { type ItemScope, type Located, nameOf, segmentIn } from './scope.js';

/** What a source gave: a value and where it stood; a value that its code table does not have; or nothing. */
export type LookUp = Seen<'value'> | Seen<'unmapped'> | Missing<'absent'> | Missing<'null'>;

interface Seen<State> {
  readonly state: State;
  readonly text: string;
  readonly at: string;
  readonly repetitions: number;
}

interface Missing<State> {
  readonly state: State;
  readonly expected: string;
}

/** How a value is called that no message gave. */
export const fixedByProfile = 'fixed by the profile';

/** Looks a source up in an item: the first of its places that holds a value, or where one was expected. */
export function lookUp(source: Source, scope: ItemScope, message: Hl7Message): LookUp {
  const places = Array.isArray(source) ? source : [source];
  const tried = places.map((place) => lookUpOne(place, scope, message));
  const found = tried.find(({ state }) => state === 'value' || state === 'unmapped');
  if (found !== undefined) return found;
  const expected = tried.map((one) => ('expected' in one ? one.expected : '')).join(' or ');
  return { state: tried.some(({ state }) => state === 'null') ? 'null' : 'absent', expected };
}

function lookUpOne(source: OneSource, scope: ItemScope, message: Hl7Message): LookUp {
  if (typeof source === 'string') return atPath(source, scope, message, undefined);
  if ('fixed' in source) return { state: 'value', text: source.fixed, at: fixedByProfile, repetitions: 1 };
  if ('joined' in source) return joined(source.joined, scope, message);
  if ('from' in source) return atPath(source.from, scope, message, source.map);
  const observation = observationIn(scope, source.observation, message);
  const place = parsePath(source.field);
  if (observation === undefined || place === undefined) {
    return { state: 'absent', expected: `an OBX with identifier ${source.observation}` };
  }
  return inSegment(observation, place, message, source.map);
}

function atPath(path: string, scope: ItemScope, message: Hl7Message, map: Codes): LookUp {
  const place = parsePath(path);
  const located = place && segmentIn(scope, place.segment, place.occurrence);
  if (place === undefined || located === undefined) return { state: 'absent', expected: path };
  return inSegment(located, place, message, map);
}

/** Several values that identify only together, e.g. an order and the count of its administrations. */
function joined(paths: readonly string[], scope: ItemScope, message: Hl7Message): LookUp {
  const parts = paths.map((path) => atPath(path, scope, message, undefined));
  const missing = parts.find((part) => 'expected' in part);
  if (missing !== undefined) return missing;
  const found = parts.filter((part) => 'at' in part);
  const text = found.map((part) => part.text).join('/');
  return { state: 'value', text, at: found.map(({ at }) => at).join(' + '), repetitions: 1 };
}

type Codes = Readonly<Record<string, string>> | undefined;

function inSegment(located: Located, place: Path, message: Hl7Message, map: Codes): LookUp {
  const at = `${nameOf(located)}${pathTail(place)}`;
  const { value, repetitions } = readOnce(located, place, message);
  if (value.state !== 'value') return { state: value.state, expected: at };
  if (map === undefined) return { state: 'value', text: value.text, at, repetitions };
  const text = Object.hasOwn(map, value.text) ? map[value.text] : undefined;
  if (text === undefined) return { state: 'unmapped', text: value.text, at, repetitions };
  return { state: 'value', text, at, repetitions };
}

/** Reads a value once, however many items ask for it. */
function readOnce(located: Located, place: Path, message: Hl7Message): { value: Value; repetitions: number } {
  const tail = pathTail(place);
  const known = located.values.get(tail);
  if (known !== undefined) return known;
  const repetitions = place.repetition > 1 ? 1 : repetitionsIn(located.segment, place.field, message);
  const read = { value: valueIn(located.segment, place, message), repetitions };
  located.values.set(tail, read);
  return read;
}

function observationIn(scope: ItemScope, identifier: string, message: Hl7Message): Located | undefined {
  for (const layer of scope.layers) {
    const found = layer.observation(identifier, message);
    if (found !== undefined) return found;
  }
  return undefined;
}

function pathTail({ field, repetition, component, subComponent }: Path): string {
  const repeated = repetition > 1 ? `[${repetition}]` : '';
  const deep = subComponent > 1 ? `.${component}.${subComponent}` : component > 1 ? `.${component}` : '';
  return `-${field}${repeated}${deep}`;
}

/** The sender's name for its message, e.g. `ADC at NORTH`. */
export function senderName(message: Hl7Message): string {
  const [application, facility] = [textAt(message, 'MSH-3.1'), textAt(message, 'MSH-4.1')];
  return facility === '' ? application || 'the sender' : `${application} at ${facility}`;
}
