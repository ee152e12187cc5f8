import type pg from 'pg';
import type { Log } from '@wardline/event-handling';
import { maintainPartitions } from './outbox-partitions.store.js';
import { renewLease, saveProgress, type ClusterIdentity, type RelayProgress } from './relay-cursor.store.js';
import type { Snapshot } from './snapshot.js';

/** What a leadership is bound to. */
export interface RelayTermOptions {
  readonly epoch: bigint;
  readonly leaseMs: number;
  readonly identity: ClusterIdentity;
  /** How long published rows are kept. */
  readonly retentionHours: number;
  /** Pause between two looks after the partitions, in milliseconds. */
  readonly maintainMs: number;
  readonly log: Log;
}

/**
 * One leadership: its connection, its epoch, its lease. The lease is renewed and the partitions are looked after by the
 * clock, also while a batch waits for the broker: business goes on writing however long that is away.
 */
export class RelayTerm {
  #renewedAt = performance.now();
  #savedAt = 0;
  #dirty = false;
  #lost = false;
  #maintaining = false;
  #last: Promise<unknown> = Promise.resolve();
  readonly #timers: readonly NodeJS.Timeout[];

  constructor(
    private readonly client: pg.PoolClient,
    private readonly options: RelayTermOptions,
    /** Everything that it sees is published. */
    private published: Snapshot,
  ) {
    this.#timers = [
      setInterval(() => void this.#renew(), options.leaseMs / 3),
      setInterval(() => void this.#maintainByTheClock(), options.maintainMs),
    ];
  }

  /** Runs on the term's connection, one after another: renewals come by the clock, whatever is under way. */
  run<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => work(this.client));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Throws when the lease may be another's by now: at 70 % of it by the monotonic clock, so a stopped process notices. */
  async assertHeld(): Promise<void> {
    if (performance.now() - this.#renewedAt > this.options.leaseMs * 0.7) await this.#renew();
    if (this.#lost) throw new Error('the lease went to another relay');
  }

  /**
   * At most 20 writes a second under load: what a crash in between repeats, the inboxes recognise. Answers whether it
   * wrote.
   */
  async saveSometimes(progress: RelayProgress): Promise<boolean> {
    this.#dirty = true;
    const due = performance.now() - this.#savedAt >= 50;
    if (due) await this.save(progress);
    return due;
  }

  /** While idle: writes what is unwritten. */
  async keepUp(progress: RelayProgress): Promise<void> {
    if (this.#dirty && performance.now() - this.#savedAt >= 50) await this.save(progress);
    this.published = progress.prev;
  }

  /** Makes partitions ahead of what is written and drops those that have been published for longer than the retention. */
  maintain(): Promise<void> {
    return this.run((client) => maintainPartitions(client, this.published, this.options.retentionHours));
  }

  async save(progress: RelayProgress): Promise<void> {
    const { epoch, leaseMs, identity } = this.options;
    const held = await this.run((client) => saveProgress(client, epoch, leaseMs, progress, identity));
    if (!held) throw new Error('the lease went to another relay');
    this.#renewedAt = this.#savedAt = performance.now();
    this.#dirty = false;
    this.published = progress.prev;
  }

  async end(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#last;
  }

  async #renew(): Promise<void> {
    const { epoch, leaseMs } = this.options;
    try {
      if (await this.run((client) => renewLease(client, epoch, leaseMs))) this.#renewedAt = performance.now();
      else this.#lost = true;
    } catch {
      this.#lost = true; // the connection broke; the next statement on it says so
    }
  }

  async #maintainByTheClock(): Promise<void> {
    if (this.#maintaining) return;
    this.#maintaining = true;
    await this.maintain().catch((error: unknown) => {
      const reason = `the partitions of the outbox could not be looked after: ${(error as Error).message}`;
      this.options.log.warn(`${reason}; tried again in ${this.options.maintainMs} ms`);
    });
    this.#maintaining = false;
  }
}
