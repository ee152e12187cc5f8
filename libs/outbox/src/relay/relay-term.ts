import type pg from 'pg';
import { maintainPartitions } from './outbox-partitions.store.js';
import { renewLease, saveProgress, type ClusterIdentity, type RelayProgress } from './relay-cursor.store.js';

/** One leadership: its connection, its epoch, its lease. */
export class RelayTerm {
  #renewedAt = performance.now();
  #savedAt = 0;
  #maintainedAt = performance.now();
  #dirty = false;
  #lost = false;
  #last: Promise<unknown> = Promise.resolve();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly epoch: bigint,
    private readonly leaseMs: number,
    private readonly identity: ClusterIdentity,
  ) {
    this.#timer = setInterval(() => void this.#renew(), leaseMs / 3);
  }

  /** Runs on the term's connection, one after another: renewals come by the clock, whatever is under way. */
  run<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => work(this.client));
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Throws when the lease may be another's by now: at 70 % of it by the monotonic clock, so a stopped process notices. */
  async assertHeld(): Promise<void> {
    if (performance.now() - this.#renewedAt > this.leaseMs * 0.7) await this.#renew();
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

  /** While idle: writes what is unwritten and looks after the partitions every 10 s. */
  async keepUp(progress: RelayProgress, retentionHours: number): Promise<void> {
    if (this.#dirty && performance.now() - this.#savedAt >= 50) await this.save(progress);
    if (performance.now() - this.#maintainedAt < 10_000) return;
    this.#maintainedAt = performance.now();
    await this.run((client) => maintainPartitions(client, progress.prev, retentionHours));
  }

  async save(progress: RelayProgress): Promise<void> {
    const held = await this.run((client) => saveProgress(client, this.epoch, this.leaseMs, progress, this.identity));
    if (!held) throw new Error('the lease went to another relay');
    this.#renewedAt = this.#savedAt = performance.now();
    this.#dirty = false;
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
  }

  async #renew(): Promise<void> {
    try {
      if (await this.run((client) => renewLease(client, this.epoch, this.leaseMs))) this.#renewedAt = performance.now();
      else this.#lost = true;
    } catch {
      this.#lost = true; // the connection broke; the next statement on it says so
    }
  }
}
