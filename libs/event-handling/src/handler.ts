import type { RecordType } from '@wardline/event-contracts';
import type { BusinessEvent } from './business-event.js';
import type { Envelope } from './envelope.js';
import type { Reject } from './failure.js';
import type { Transaction } from './transaction.js';

/** What a person decided when they gave a parked message up. */
export interface Abandonment {
  readonly by: string;
  readonly reason: string;
}

/** Optional parts of every handler: what to tell the world when a message does not run through at once. */
export interface ParkingHooks<T> {
  /** Events for a message that has to wait behind `ahead`, an earlier parked one of its key. Published once. */
  onWaiting?(envelope: Envelope<T>, ahead: Pick<Reject, 'code' | 'message' | 'owner'>): readonly BusinessEvent[];
  /** State changes and events when a named person abandons the message. */
  onAbandoned?(envelope: Envelope<T>, tx: Transaction, decision: Abandonment): Promise<readonly BusinessEvent[]>;
}

/**
 * Applies one event to this service's state and answers the events that follow from it. It runs inside a transaction
 * that also holds the inbox row; what it returns becomes outbox rows of the same commit. It may throw
 * `RetryLater` or `Reject`; anything else is a technical fault.
 */
export interface Handler<T> extends ParkingHooks<T> {
  handle(envelope: Envelope<T>, tx: Transaction): Promise<readonly BusinessEvent[]>;
}

/**
 * Like {@link Handler} for a hot path: a run of events in offset order at once. A failing run is bisected to the one event.
 * Every event it answers names its cause (`causedBy`).
 */
export interface BatchHandler<T> extends ParkingHooks<T> {
  handleBatch(envelopes: readonly Envelope<T>[], tx: Transaction): Promise<readonly BusinessEvent[]>;
}

export type AnyHandler = Handler<never> | BatchHandler<never>;

type HandlerClass<T> = abstract new (...dependencies: never[]) => Handler<T> | BatchHandler<T>;

const handled = new WeakMap<object, RecordType<unknown>>();

/** Names the record type that a handler class takes. One class, one record type. */
export function Handles<T>(type: RecordType<T>) {
  return <C extends HandlerClass<T>>(handlerClass: C): void => {
    handled.set(handlerClass, type);
  };
}

/** The record type of a handler instance; throws when its class carries no `@Handles`. */
export function recordTypeOf(handler: object): RecordType<unknown> {
  const type = handled.get(handler.constructor);
  if (type === undefined)
    throw new Error(`${handler.constructor.name} is listed as a handler but has no @Handles(...)`);
  return type;
}
