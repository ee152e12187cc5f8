import type { PgTransaction } from './database.js';
import { ParkedAttempts } from './parked-attempt.js';
import { lockNextDue, makeLeftBehindDue, postpone } from './parked-due.store.js';
import type { PipelineOptions } from './pipeline.js';
import { WakeableWait } from './wakeable-wait.js';

/** Pause between two looks for messages that wait behind nothing, in milliseconds. */
const leftBehindMs = 5_000;

/**
 * Tries parked messages again when they are due, the first of each key only, one transaction each; after one ends, those
 * that waited behind it follow in order (promise 2). Instances share the work: a locked row is skipped by the others.
 */
export class ParkedDrain {
  readonly #wait = new WakeableWait();
  readonly #attempts: ParkedAttempts;
  #nextLook = 0;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: PipelineOptions,
    private readonly pollMs = 500,
  ) {
    this.#attempts = new ParkedAttempts(options);
  }

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
}
