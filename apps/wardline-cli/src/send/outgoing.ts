import { recordFromJson, type RecordType, type TopicContract } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import { wrongUse } from '../exit.js';
import { shortName } from '../records/shown-record.js';
import { recordKey } from './record-key.js';

/** A record that fits its contract. */
export interface Outgoing {
  readonly eventId: string;
  readonly key: string;
  readonly type: RecordType<unknown>;
  readonly data: Record<string, unknown>;
}

/** The records in a file: a JSON object, a JSON list of them, or one a line. Throws wrong use that names the line. */
export function recordsIn(text: string): unknown[] {
  const whole = parsed(text);
  if (whole.ok) return Array.isArray(whole.json) ? (whole.json as unknown[]) : [whole.json];
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }));
  return lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const one = parsed(line);
      if (one.ok) return one.json;
      throw wrongUse(`the file is neither JSON nor JSON lines: line ${number}: ${one.reason}`);
    });
}

function parsed(text: string): { ok: true; json: unknown } | { ok: false; reason: string } {
  try {
    return { ok: true, json: JSON.parse(text) as unknown };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}

/** The record type that a topic takes; throws wrong use where it takes several and none is named. */
export function typeFor(topic: TopicContract, wanted: string | undefined): RecordType<unknown> {
  const names = topic.records.map(({ fullName }) => fullName);
  if (names.length === 0) throw wrongUse(`${topic.name} has no records yet: ${topic.purpose}`);
  const fitting = topic.records.filter(
    ({ fullName }) => wanted === undefined || fullName === wanted || shortName(fullName) === wanted,
  );
  if (fitting.length === 1) return fitting[0]!;
  throw wrongUse(`name one of the record types of ${topic.name} with --type: ${names.map(shortName).join(', ')}`);
}

/**
 * Checks records against the contract of a topic. An `eventId` that is left out is a new one, a `correlationId` that of the
 * record itself. Throws wrong use with every wrong field of every record; then nothing may be sent.
 */
export function outgoing(
  topic: TopicContract,
  type: RecordType<unknown>,
  records: readonly unknown[],
  givenKey?: string,
  now: () => Date = () => new Date(),
): Outgoing[] {
  const complaints: string[] = [];
  const good = records.flatMap((json, index) => {
    const of = records.length === 1 ? '' : `record ${index + 1}: `;
    const read = recordFromJson(type, withIds(json, now()));
    if (!read.ok) {
      complaints.push(...read.wrong.map(({ field, reason }) => `${of}${field}: ${reason}`));
      return [];
    }
    const key = givenKey ?? recordKey(topic.key, read.data);
    if (key === undefined)
      complaints.push(`${of}the key, by the contract "${topic.key}", cannot be read from it: give --key`);
    return [{ eventId: read.data['eventId'] as string, key: key ?? '', type, data: read.data }];
  });
  if (complaints.length === 0) return good;
  throw wrongUse(`nothing was sent: not a ${shortName(type.fullName)} of ${topic.name}:\n  ${complaints.join('\n  ')}`);
}

function withIds(json: unknown, now: Date): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const { eventId = newEventId(now), correlationId = eventId, ...rest } = json as Record<string, unknown>;
  return { eventId, correlationId, ...rest };
}
