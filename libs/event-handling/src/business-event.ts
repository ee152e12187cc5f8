import type { EventId, RecordType, TopicName } from '@wardline/event-contracts';

/** Fields of the event header that the pipeline fills in (DESIGN part 4, "Every record begins with"). */
export type StampedField = 'eventId' | 'recordedAt' | 'source' | 'correlationId' | 'causationId';

/** The data of an event as a handler gives it: business fields and `occurredAt`; a header field only to fix it. */
export type EventData<T> = Omit<T, StampedField> & { readonly eventId?: EventId; readonly source?: string };

/** A business fact to publish: what a handler returns and what the outbox takes. */
export interface BusinessEvent {
  readonly topic: TopicName;
  /** The aggregate's id; order holds within it (promise 2). Never empty. */
  readonly key: string;
  readonly type: RecordType<unknown>;
  readonly data: Readonly<Record<string, unknown>>;
  /** What led to it. The pipeline knows for a `Handler`; a `BatchHandler` says it with {@link causedBy}. */
  readonly cause?: Cause;
}

/** The event that led to another one. */
export interface Cause {
  readonly eventId: EventId;
  readonly correlationId: EventId;
}

/** Marks events as following from one message; what a `BatchHandler` does with the events of each envelope. */
export function causedBy(cause: Cause, events: readonly BusinessEvent[]): BusinessEvent[] {
  return events.map((event) => ({ ...event, cause: { eventId: cause.eventId, correlationId: cause.correlationId } }));
}

/** Builds a business event with the compiler checking its data against the record type. */
export function businessEvent<T>(
  topic: TopicName,
  key: string,
  type: RecordType<T>,
  data: EventData<T>,
): BusinessEvent {
  return { topic, key, type: type, data: data };
}
