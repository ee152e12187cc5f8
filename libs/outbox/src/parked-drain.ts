import { Paused, Reject, type BusinessEvent } from '@wardline/event-handling';
import type { PgTransaction } from './database.js';
import { exceptionRaised, exceptionResolved } from './exception-events.js';
import { toMessage, type Message } from './message.js';
import { lockNextDue, postpone, saveFailure, settle, type ParkedMessage } from './parked.store.js';
import type { PipelineOptions } from './pipeline.js';
import { unreadable, verdictOn, type Failure } from './verdict.js';
import { WakeableWait } from './wakeable-wait.js';

/**
 * Tries parked messages again when they are due, the first of each key only, one transaction each; after one ends, those
 * that waited behind it follow in order (promise 2). Instances share the work: a locked row is skipped by the others.
 */
export class ParkedDrain {
  readonly #wait = new WakeableWait();
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: PipelineOptions,
    private readonly pollMs = 500,
  ) {}

  start(): void {
    this.#running = this.#run();
  }

  /** Looks at once: something was parked, released or retried. */
  wake(): void {
    this.#wait.wake();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wait.wake();
    await this.#running;
  }

  /** Tries one due message; false when none is due. */
  async drainOne(): Promise<boolean> {
    return this.options.database.transaction(async (tx) => {
      const now = this.options.clock.now();
      const parked = await lockNextDue(tx, now);
      if (parked === null) return false;
      await this.#attempt(tx, parked, now);
      return true;
    });
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        while (!this.#stopping && (await this.drainOne()));
      } catch (error) {
        this.options.log.warn(
          `retrying parked messages was interrupted, goes on by itself: ${(error as Error).message}`,
        );
      }
      if (!this.#stopping) await this.#wait.sleep(this.pollMs);
    }
  }

  async #attempt(tx: PgTransaction, parked: ParkedMessage, now: Date): Promise<void> {
    const { codec, registry } = this.options;
    const message = toMessage(
      parked.record,
      await codec.decode(parked.record.topic, parked.record.value),
      registry,
      parked.receivedAt,
    );
    if (message.content.kind === 'unreadable') {
      const { code, message: text } = message.content;
      return this.#fail(tx, parked, message, unreadable(code, text, parked.attempts + 1), [], now);
    }
    await tx.query('SAVEPOINT attempt');
    try {
      const events =
        message.content.kind === 'handled' ? await message.content.handler.run([message.content.envelope], tx) : [];
      await tx.written();
      await this.#succeed(tx, parked, message, events, now);
    } catch (error) {
      await this.#afterError(tx, parked, message, await tx.firstFailure(error), now);
    }
  }

  async #afterError(
    tx: PgTransaction,
    parked: ParkedMessage,
    message: Message,
    error: unknown,
    now: Date,
  ): Promise<void> {
    try {
      const failure = verdictOn(error, parked.attempts + 1);
      await tx.query('ROLLBACK TO SAVEPOINT attempt');
      const publish = error instanceof Reject && failure.code !== parked.code ? error.publish : [];
      await this.#fail(tx, parked, message, failure, publish, now);
    } catch (outage) {
      if (!(outage instanceof Paused)) throw outage;
      await tx.query('ROLLBACK TO SAVEPOINT attempt');
      await postpone(tx, parked, new Date(now.getTime() + outage.afterMs));
    }
  }

  async #succeed(
    tx: PgTransaction,
    parked: ParkedMessage,
    message: Message,
    events: readonly BusinessEvent[],
    now: Date,
  ): Promise<void> {
    const { consumer, outbox, log, metrics } = this.options;
    const resolution = { outcome: 'DONE', by: null, reason: null } as const;
    const resolved = parked.raised ? [exceptionResolved(consumer, parked.exceptionId, message, resolution, now)] : [];
    await settle(tx, parked, 'done', null, null, now);
    await outbox.add(tx, [...events, ...resolved]);
    metrics.retried('done');
    log.info('a parked message went through', {
      eventId: message.eventId,
      correlationId: message.correlationId,
      exceptionId: parked.exceptionId,
    });
  }

  async #fail(
    tx: PgTransaction,
    parked: ParkedMessage,
    message: Message,
    failure: Failure,
    publish: readonly BusinessEvent[],
    now: Date,
  ): Promise<void> {
    const { consumer, outbox, log, metrics } = this.options;
    const attempts = parked.attempts + 1;
    await saveFailure(tx, parked, failure, now);
    const firstTime = failure.state === 'parked' && !parked.raised;
    const raised = firstTime ? [exceptionRaised(consumer, parked.exceptionId, message, failure, attempts, now)] : [];
    await outbox.add(tx, [...publish.map((event) => ({ ...event, cause: message })), ...raised]);
    metrics.retried(failure.state);
    const { eventId, correlationId } = message;
    log.warn(`${failure.state} after try ${attempts}: ${failure.code}: ${failure.message}`, {
      eventId,
      correlationId,
      exceptionId: parked.exceptionId,
    });
  }
}
