import { Paused, Reject, type BusinessEvent } from '@wardline/event-handling';
import type { PgTransaction } from '../database/database.js';
import { exceptionRaised, exceptionResolved } from '../consuming/exception-events.js';
import { toMessage, type Message } from '../consuming/message.js';
import { saveFailure, settle, type Decision, type ParkedMessage } from './parked.store.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import { unreadable, verdictOn, type Failure } from '../consuming/verdict.js';

/** What another try of a parked message came to. `paused`: its dependency is away, nothing was written. */
export type AttemptEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'paused'; readonly afterMs: number };

const byItself: Decision = { by: null, reason: null };

/** Tries parked messages again, each in the transaction that holds its lock: the drain by the clock, an operation on a person's word. */
export class ParkedAttempts {
  constructor(private readonly options: PipelineOptions) {}

  /** Runs the handler and settles the message, or writes why it failed. Throws only for an outage of Postgres. */
  async attempt(tx: PgTransaction, parked: ParkedMessage, decision = byItself): Promise<AttemptEnd> {
    const message = await this.read(parked);
    if (message.content.kind === 'unreadable') {
      const { code, message: text } = message.content;
      return this.#fail(tx, parked, message, { failure: unreadable(code, text, parked.attempts + 1), publish: [] });
    }
    tx.write('SAVEPOINT attempt');
    try {
      const events =
        message.content.kind === 'handled' ? await message.content.handler.run([message.content.envelope], tx) : [];
      await tx.written();
      return await this.#succeed(tx, parked, message, events, decision);
    } catch (error) {
      return this.#afterError(tx, parked, message, await tx.firstFailure(error));
    }
  }

  /** The message as its handler gets it. */
  async read({ record, receivedAt }: ParkedMessage): Promise<Message> {
    const { codec, registry } = this.options;
    return toMessage(record, await codec.decode(record.topic, record.value), registry, receivedAt);
  }

  async #afterError(tx: PgTransaction, parked: ParkedMessage, message: Message, error: unknown): Promise<AttemptEnd> {
    try {
      const failure = verdictOn(error, parked.attempts + 1);
      tx.write('ROLLBACK TO SAVEPOINT attempt');
      const publish = error instanceof Reject && failure.code !== parked.code ? error.publish : [];
      return await this.#fail(tx, parked, message, { failure, publish });
    } catch (outage) {
      if (!(outage instanceof Paused)) throw outage;
      tx.write('ROLLBACK TO SAVEPOINT attempt');
      return { kind: 'paused', afterMs: outage.afterMs };
    }
  }

  async #succeed(
    tx: PgTransaction,
    parked: ParkedMessage,
    message: Message,
    events: readonly BusinessEvent[],
    decision: Decision,
  ): Promise<AttemptEnd> {
    const { consumer, outbox, log, metrics, clock } = this.options;
    const now = clock.now();
    const { exceptionId } = parked;
    const resolution = { outcome: 'DONE', ...decision } as const;
    const resolved = parked.raised ? [exceptionResolved(consumer, exceptionId, message, resolution, now)] : [];
    await outbox.add(tx, [...events, ...resolved]);
    settle(tx, parked, 'done', decision, now);
    metrics.retried('done');
    const { eventId, correlationId } = message;
    log.info('a parked message went through', { eventId, correlationId, exceptionId });
    return { kind: 'done' };
  }

  async #fail(
    tx: PgTransaction,
    parked: ParkedMessage,
    message: Message,
    { failure, publish }: { readonly failure: Failure; readonly publish: readonly BusinessEvent[] },
  ): Promise<AttemptEnd> {
    const { consumer, outbox, log, metrics, clock } = this.options;
    const { exceptionId } = parked;
    const attempts = parked.attempts + 1;
    const now = clock.now();
    saveFailure(tx, parked, failure, now);
    const firstTime = failure.raises && !parked.raised;
    const raised = firstTime ? [exceptionRaised(consumer, exceptionId, message, failure, attempts, now)] : [];
    await outbox.add(tx, [...publish.map((event) => ({ ...event, cause: message })), ...raised]);
    metrics.retried(failure.state);
    const { eventId, correlationId } = message;
    const fields = { eventId, correlationId, exceptionId };
    log.warn(`${failure.state} after try ${attempts}: ${failure.code}: ${failure.message}`, fields);
    return { kind: 'failed', failure };
  }
}
