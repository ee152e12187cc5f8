import { deriveEventId, newEventId, type BusinessEvent, type Cause } from '@wardline/event-handling';
import type { EventId } from '@wardline/event-contracts';

/** Who publishes and when; the same for every event of one commit. */
export interface Publisher {
  /** The service's name, the `source` of its events. */
  readonly source: string;
  readonly now: Date;
}

/** An event with its header filled in. */
export interface StampedEvent extends BusinessEvent {
  readonly data: BusinessEvent['data'] & {
    readonly eventId: EventId;
    readonly occurredAt: Date;
    readonly correlationId: EventId;
  };
}

/**
 * Fills in the event header (DESIGN part 4). The id of an event with a cause is derived from that cause, its topic and
 * its place among the events of that cause, so that a handler that runs again publishes the same identity.
 */
export function stamp(events: readonly BusinessEvent[], publisher: Publisher): StampedEvent[] {
  const counters = new Map<string, number>();
  return events.map((event) => stampOne(event, publisher, counters));
}

function stampOne(event: BusinessEvent, publisher: Publisher, counters: Map<string, number>): StampedEvent {
  const occurredAt = (event.data['occurredAt'] as Date | undefined) ?? publisher.now;
  const eventId = (event.data['eventId'] as EventId | undefined) ?? identity(event, occurredAt, publisher, counters);
  return {
    ...event,
    data: {
      ...event.data,
      occurredAt,
      eventId,
      recordedAt: publisher.now,
      source: event.data['source'] ?? publisher.source,
      correlationId: event.cause?.correlationId ?? eventId,
      causationId: event.cause?.eventId ?? null,
    },
  };
}

function identity(
  event: BusinessEvent,
  occurredAt: Date,
  publisher: Publisher,
  counters: Map<string, number>,
): EventId {
  if (event.cause === undefined) return newEventId(publisher.now);
  const role = `${publisher.source}/${event.topic}/${event.type.fullName}/${event.key}`;
  const counterKey = `${event.cause.eventId}/${role}`;
  const index = counters.get(counterKey) ?? 0;
  counters.set(counterKey, index + 1);
  return deriveEventId(event.cause.eventId, `${role}/${index}`, occurredAt);
}

/** Names the cause of events that do not name one themselves. */
export function withCause(cause: Cause | undefined, events: readonly BusinessEvent[]): readonly BusinessEvent[] {
  if (cause === undefined) return events;
  return events.map((event) => (event.cause === undefined ? { ...event, cause } : event));
}

/**
 * CloudEvents 1.0 attributes in Kafka binary mode (Kafka protocol binding, section 3.2) and a W3C `traceparent` whose
 * trace is the correlation: every hop of one business fact shares a trace without any state of ours.
 */
export function messageHeaders(event: StampedEvent): Record<string, string> {
  const { eventId, correlationId, occurredAt } = event.data;
  return {
    ce_specversion: '1.0',
    ce_id: eventId,
    ce_type: event.type.fullName,
    ce_source: String(event.data['source']),
    ce_subject: event.key,
    ce_time: occurredAt.toISOString(),
    'content-type': 'application/avro',
    traceparent: `00-${correlationId.replaceAll('-', '')}-${eventId.replaceAll('-', '').slice(16)}-01`,
  };
}
