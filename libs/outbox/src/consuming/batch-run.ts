import { Reject, type BusinessEvent, type Envelope } from '@wardline/event-handling';
import type { PgTransaction } from '../database/database.js';
import type { RegisteredHandler } from './handler-registry.js';
import { keyName, type Message } from './message.js';
import type { Outbox } from '../outbox.js';
import type { Ahead } from '../parking/parked.store.js';
import { unreadable, verdictOn, type Failure } from './verdict.js';

/** What a batch came to: events to publish, messages to park, keys that are held from here on. */
export interface BatchOutcome {
  readonly events: BusinessEvent[];
  /** In offset order; `failure` null for a message that waits behind an earlier one of its key. */
  readonly parked: { readonly message: Message; readonly failure: Failure | null }[];
  readonly handled: { readonly recordType: string; readonly count: number; readonly seconds: number }[];
  skipped: number;
}

/** Thrown by the optimistic pass: something failed, run the batch again with each part in a savepoint. */
export class NeedsIsolation extends Error {}

type Handled = Message & {
  readonly content: {
    readonly kind: 'handled';
    readonly handler: RegisteredHandler;
    readonly envelope: Envelope<unknown>;
  };
};

interface HandledRun {
  readonly events: readonly BusinessEvent[];
  readonly recordType: string;
  readonly count: number;
  readonly seconds: number;
}

/**
 * Runs a batch through its handlers, each partition in offset order. Messages of a held key wait; a message that cannot
 * be read is parked alone. Without `isolate` the first failure ends the pass; with it each run is a savepoint, in which its
 * events are checked too, and a failing run is bisected down to the one message, whose key is held from then on.
 */
export class BatchRun {
  readonly outcome: BatchOutcome = { events: [], parked: [], handled: [], skipped: 0 };

  constructor(
    private readonly tx: PgTransaction,
    private readonly held: Map<string, Ahead>,
    private readonly outbox: Outbox,
    private readonly isolate: boolean,
  ) {}

  async run(messages: readonly Message[]): Promise<BatchOutcome> {
    let segment: Handled[] = [];
    for (const message of messages) {
      if (isHandled(message) && (segment.length === 0 || segment[0]!.content.handler === message.content.handler)) {
        segment.push(message);
        continue;
      }
      await this.#runSegment(segment);
      segment = isHandled(message) ? [message] : [];
      if (!isHandled(message)) this.#setAside(message);
    }
    await this.#runSegment(segment);
    return this.outcome;
  }

  #setAside(message: Message): void {
    if (message.content.kind !== 'unreadable') {
      this.outcome.skipped += 1;
      return;
    }
    const { code, message: text } = message.content;
    this.outcome.parked.push({ message, failure: unreadable(code, text, 1) });
  }

  /** Messages of one handler, consecutive but for those of held keys, which wait. */
  async #runSegment(segment: readonly Handled[]): Promise<void> {
    const free = segment.filter((message) => !this.#waits(message));
    if (free.length === 0) return;
    if (this.isolate) await this.#runIsolated(free);
    else await this.#runOnce(free);
  }

  #waits(message: Handled): boolean {
    const ahead = this.held.get(keyOf(message));
    if (ahead === undefined) return false;
    const events = message.content.handler.hooks.onWaiting?.(message.content.envelope, ahead) ?? [];
    this.outcome.events.push(...events.map((event) => ({ ...event, cause: message })));
    this.outcome.parked.push({ message, failure: null });
    return true;
  }

  async #runOnce(messages: readonly Handled[]): Promise<void> {
    try {
      this.#keep(await this.#handle(messages));
    } catch (error) {
      verdictOn(await this.tx.firstFailure(error), 1); // an outage is thrown on from here
      throw new NeedsIsolation();
    }
  }

  async #runIsolated(messages: readonly Handled[]): Promise<void> {
    await this.tx.query('SAVEPOINT run');
    try {
      const handled = await this.#handle(messages);
      this.outbox.check(handled.events);
      await this.tx.written();
      await this.tx.query('RELEASE SAVEPOINT run');
      this.#keep(handled);
    } catch (thrown) {
      const error = await this.tx.firstFailure(thrown);
      const failure = verdictOn(error, 1);
      await this.tx.query('ROLLBACK TO SAVEPOINT run');
      await this.tx.query('RELEASE SAVEPOINT run');
      if (messages.length === 1) return this.#park(messages[0]!, failure, error);
      const half = messages.length >> 1;
      await this.#runSegment(messages.slice(0, half));
      await this.#runSegment(messages.slice(half));
    }
  }

  async #handle(messages: readonly Handled[]): Promise<HandledRun> {
    const { handler } = messages[0]!.content;
    const started = performance.now();
    const envelopes = messages.map((message) => message.content.envelope);
    const events = await handler.run(envelopes, this.tx);
    const seconds = (performance.now() - started) / 1000;
    return { events, recordType: handler.type.fullName, count: messages.length, seconds };
  }

  #keep({ events, ...handled }: HandledRun): void {
    this.outcome.events.push(...events);
    this.outcome.handled.push(handled);
  }

  #park(message: Handled, failure: Failure, error: unknown): void {
    this.outcome.parked.push({ message, failure });
    const key = keyOf(message);
    if (key !== noKey) this.held.set(key, failure);
    if (error instanceof Reject)
      this.outcome.events.push(...error.publish.map((event) => ({ ...event, cause: message })));
  }
}

const noKey = '';

function keyOf(message: Message): string {
  const { topic, key } = message.record;
  return key === null ? noKey : keyName(topic, key);
}

function isHandled(message: Message): message is Handled {
  return message.content.kind === 'handled';
}
