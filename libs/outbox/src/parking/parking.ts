import type { EventId } from '@wardline/event-contracts';
import type { Clock, InboundRecord, Cause, Reject, Transaction } from '@wardline/event-handling';
import { exceptionIdOf, exceptionRaised } from '../consuming/exception-events.js';
import type { PgTransaction } from '../database/database.js';
import type { Message } from '../consuming/message.js';
import type { Outbox } from '../outbox.js';
import { awaitedNames, everParked, type AwaitedNames } from './awaited.store.js';
import { makeAwaitingDue } from './parked-due.store.js';
import { insertParked } from './parked.store.js';
import { verdictOn } from '../consuming/verdict.js';

/** A message that was handled, and has to be parked after the fact. */
export interface TakenMessage extends Cause {
  readonly record: InboundRecord;
  /** Full name of its Avro record. */
  readonly typeName: string;
}

/** What a service's own code may do with parked messages. */
export class Parking {
  #wake: () => void = () => undefined;

  constructor(
    private readonly consumer: string,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Registers the drain's wake-up. */
  onDue(wake: () => void): void {
    this.#wake = wake;
  }

  /** Announces that data has arrived: what was rejected with one of these names in `awaits` is tried at once. Answers how many messages that is. */
  async release(tx: Transaction, awaited: readonly string[]): Promise<number> {
    if (awaited.length === 0) return 0;
    const released = await makeAwaitingDue(tx, awaited, this.clock.now());
    if (released > 0) (tx as PgTransaction).onCommit(() => this.#wake());
    return released;
  }

  /** What parked messages wait for, by the names in their `awaits` and the code, with how many wait and the first of them. */
  awaited(tx: Transaction): Promise<AwaitedNames[]> {
    return awaitedNames(tx);
  }

  /** Of these messages, by event id, those that are or were parked. */
  everParked(tx: Transaction, eventIds: readonly EventId[]): Promise<Set<EventId>> {
    return everParked(tx, eventIds);
  }

  /**
   * Parks a message whose handler succeeded but whose consequence failed later (a posting that Odoo refused). Its key is
   * held from here on; a retry runs the handler again.
   */
  async park(tx: Transaction, taken: TakenMessage, reject: Reject): Promise<void> {
    const now = this.clock.now();
    const { record, eventId, correlationId, typeName } = taken;
    const message: Message = { record, eventId, correlationId, recordType: typeName, content: { kind: 'skipped' } };
    const failure = verdictOn(reject, 1);
    const exceptionId = exceptionIdOf(this.consumer, message, now);
    await insertParked(tx, [{ message, exceptionId, failure, receivedAt: now, now }]);
    const cause = { eventId, correlationId };
    await this.outbox.add(
      tx,
      [...reject.publish, exceptionRaised(this.consumer, exceptionId, message, failure, 1, now)],
      cause,
    );
  }
}
