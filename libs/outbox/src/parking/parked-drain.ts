import { BackgroundLoop } from '../background-loop.js';
import type { PgTransaction } from '../database/database.js';
import { ParkedAttempts } from './parked-attempt.js';
import { lockNextDue, makeLeftBehindDue, postpone } from './parked-due.store.js';
import type { PipelineOptions } from '../consuming/pipeline.js';

/** Pause between two looks for messages that wait behind nothing, in milliseconds. */
const leftBehindMs = 5_000;

/**
 * Tries parked messages again when they are due, the first of each key only, one transaction each; after one ends, those
 * that waited behind it follow in order (promise 2). Instances share the work: a locked row is skipped by the others.
 */
export class ParkedDrain {
  readonly #loop: BackgroundLoop;
  readonly #attempts: ParkedAttempts;
  #nextLook = 0;

  constructor(
    private readonly options: PipelineOptions,
    pollMs = 500,
  ) {
    this.#attempts = new ParkedAttempts(options);
    this.#loop = new BackgroundLoop({
      work: () => this.drainOne(),
      onError: ({ message }) =>
        options.log.warn(`retrying parked messages was interrupted, goes on by itself: ${message}`),
      pollMs,
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Looks at once: something was parked, released or retried. */
  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Tries one due message; false when none is due. */
  async drainOne(): Promise<boolean> {
    const now = this.options.clock.now();
    return (await this.#tryDue(now)) || ((await this.#lookForLeftBehind(now)) && this.#tryDue(now));
  }

  #tryDue(now: Date): Promise<boolean> {
    return this.options.database.transaction(async (tx) => {
      const parked = await lockNextDue(tx, now);
      if (parked === null) return false;
      const end = await this.#attempts.attempt(tx, parked);
      if (end.kind === 'paused') postpone(tx, parked, new Date(now.getTime() + end.afterMs));
      return true;
    });
  }

  async #lookForLeftBehind(now: Date): Promise<boolean> {
    if (now.getTime() < this.#nextLook) return false;
    this.#nextLook = now.getTime() + leftBehindMs;
    return (await this.options.database.transaction((tx: PgTransaction) => makeLeftBehindDue(tx, now))) > 0;
  }
}
