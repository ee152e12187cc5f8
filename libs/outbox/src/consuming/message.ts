import { createHash } from 'node:crypto';
import type { EventId } from '@wardline/event-contracts';
import {
  deriveEventId,
  type Cause,
  type DecodeResult,
  type Envelope,
  type InboundRecord,
} from '@wardline/event-handling';
import type { HandlerRegistry, RegisteredHandler } from './handler-registry.js';

/** A received message, read as far as it can be. */
export interface Message extends Cause {
  readonly record: InboundRecord;
  readonly recordType: string | null;
  readonly content: Content;
}

/** What is to be done with a message, by its content alone. */
export type Content =
  | { readonly kind: 'handled'; readonly handler: RegisteredHandler; readonly envelope: Envelope<unknown> }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string };

/** Names a message and finds its handler. A message without an identity of its own gets one from where it lies. */
export function toMessage(
  record: InboundRecord,
  result: DecodeResult,
  registry: HandlerRegistry,
  receivedAt: Date,
): Message {
  if (!result.ok) {
    const eventId = identityOf(record);
    const content = { kind: 'unreadable', code: result.code, message: result.message } as const;
    return { record, recordType: null, eventId, correlationId: eventId, content };
  }
  const { typeName: recordType, data } = result;
  const eventId = data['eventId'] as EventId;
  const cause = { eventId, correlationId: (data['correlationId'] as EventId | undefined) ?? eventId };
  const handler = registry.find(recordType);
  if (handler === undefined) return { record, recordType, ...cause, content: { kind: 'skipped' } };
  const envelope = envelopeOf(record, { type: handler.type, data, ...cause, receivedAt });
  return { record, recordType, ...cause, content: { kind: 'handled', handler, envelope } };
}

function envelopeOf(
  record: InboundRecord,
  read: Pick<Envelope<unknown>, 'type' | 'data' | 'receivedAt' | keyof Cause>,
): Envelope<unknown> {
  const { topic, partition, offset } = record;
  return { ...read, topic, partition, offset, key: record.key?.toString('utf8') ?? null, record };
}

function identityOf(record: InboundRecord): EventId {
  return deriveEventId(`${record.topic}/${record.partition}/${record.offset}`, 'message', record.timestamp);
}

const longestIndexed = 1_000;

/**
 * A key as it is compared and indexed. Kafka allows keys of a megabyte and Postgres indexes 2,704 bytes: of a long one it is
 * the beginning and a hash of the whole.
 */
export function indexedKey(key: Buffer): Buffer {
  if (key.length <= longestIndexed) return key;
  return Buffer.concat([key.subarray(0, 900), createHash('sha256').update(key).digest()]);
}

/** How a key is called among those of all topics. */
export function keyName(topic: string, key: Buffer): string {
  return `${topic}/${indexedKey(key).toString('hex')}`;
}
