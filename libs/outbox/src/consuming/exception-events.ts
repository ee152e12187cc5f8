import { ExceptionRaised, ExceptionResolved, Topic, type EventId } from '@wardline/event-contracts';
import { businessEvent, deriveEventId, type BusinessEvent } from '@wardline/event-handling';
import type { Message } from './message.js';
import type { Failure } from './verdict.js';

/** Identity of a parked message: the same message parked by the same consumer is the same exception. */
export function exceptionIdOf(consumer: string, message: Message, now: Date): EventId {
  const { topic, partition, offset } = message.record;
  return deriveEventId(`${consumer}/${topic}/${partition}/${offset}/${message.eventId}`, 'exception', now);
}

/** Tells everyone that a message waits (topic `operations.exception`). */
export function exceptionRaised(
  consumer: string,
  exceptionId: EventId,
  message: Message,
  failure: Failure,
  attempts: number,
  now: Date,
): BusinessEvent {
  const { record } = message;
  const event = businessEvent(Topic.OperationsException, exceptionId, ExceptionRaised, {
    exceptionId,
    occurredAt: now,
    consumer,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    messageKey: record.key === null ? null : shownKey(record.key),
    recordType: message.recordType,
    messageEventId: message.eventId,
    exceptionClass: failure.class,
    code: failure.code,
    message: failure.message,
    owner: failure.owner,
    attempts,
  });
  return { ...event, cause: message };
}

const longestShown = 500;

/** A key as the event tells it: one of a megabyte would make the event too large to be published. */
function shownKey(key: Buffer): string {
  const text = key.subarray(0, 4 * longestShown).toString('utf8');
  return (text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`).toWellFormed();
}

/** Tells everyone that a parked message came to its end, and by whose decision. */
export function exceptionResolved(
  consumer: string,
  exceptionId: EventId,
  message: Message,
  end: Resolution,
  now: Date,
): BusinessEvent {
  const event = businessEvent(Topic.OperationsException, exceptionId, ExceptionResolved, {
    exceptionId,
    occurredAt: now,
    consumer,
    ...end,
  });
  return { ...event, cause: message };
}

/** How a parked message ended. */
export interface Resolution {
  readonly outcome: 'DONE' | 'ABANDONED' | 'SUPERSEDED';
  readonly by: string | null;
  readonly reason: string | null;
}
