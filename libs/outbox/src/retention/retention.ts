import type { Clock, Log } from '@wardline/event-handling';
import { BackgroundLoop } from '../background-loop.js';
import type { Database } from '../database/database.js';
import { forgetInbox, forgetOperations, forgetParked } from './retention.store.js';

/** What is kept, and for how long. */
export interface RetentionOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Days that the inbox, ended parked messages and ended operations are kept. */
  readonly days: number;
}

const hourMillis = 3_600_000;
const dayMillis = 24 * hourMillis;

/**
 * Forgets what the delivery path no longer needs: ids of events that nobody will send again, parked messages and operations
 * that ended long ago (they hold what people did, and what messages said of people). In small transactions, by however many
 * instances. An event that is sent again after that time counts as a new one, so it must be longer than any producer repeats
 * and any topic keeps.
 */
export class Retention {
  readonly #loop: BackgroundLoop;
  #forgotten = 0;

  constructor(private readonly options: RetentionOptions) {
    this.#loop = new BackgroundLoop({
      work: () => this.turn(),
      onError: ({ message }) =>
        options.log.warn(`forgetting what is old was interrupted, goes on by itself: ${message}`),
      pollMs: hourMillis,
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Finishes the transaction under way and ends. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Forgets some; false when nothing is old any more. */
  async turn(): Promise<boolean> {
    const { database, clock, log, days } = this.options;
    const before = new Date(clock.now().getTime() - days * dayMillis);
    const counts = [
      await database.transaction((tx) => forgetOperations(tx, before)),
      await database.transaction((tx) => forgetParked(tx, before)),
      await database.transaction((tx) => forgetInbox(tx, before)),
    ];
    const some = counts.reduce((sum, count) => sum + count, 0);
    this.#forgotten += some;
    if (some > 0) return true;
    if (this.#forgotten > 0)
      log.info(`forgot ${this.#forgotten} taken events, ended parked messages and operations older than ${days} days`);
    this.#forgotten = 0;
    return false;
  }
}
