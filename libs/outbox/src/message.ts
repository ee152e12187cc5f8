import type { EventId, RecordType } from '@wardline/event-contracts';
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
  const eventId = result.data['eventId'] as EventId;
  const correlationId = (result.data['correlationId'] as EventId | undefined) ?? eventId;
  const handler = registry.find(result.typeName);
  const base = { record, recordType: result.typeName, eventId, correlationId };
  if (handler === undefined) return { ...base, content: { kind: 'skipped' } };
  const { topic, partition, offset } = record;
  const type: RecordType<unknown> = handler.type;
  const key = record.key?.toString('utf8') ?? null;
  const envelope = {
    type,
    data: result.data,
    eventId,
    correlationId,
    topic,
    partition,
    offset,
    key,
    receivedAt,
    record,
  };
  return { ...base, content: { kind: 'handled', handler, envelope } };
}

function identityOf(record: InboundRecord): EventId {
  return deriveEventId(`${record.topic}/${record.partition}/${record.offset}`, 'message', record.timestamp);
}
