import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { EventSink, Log } from '@wardline/event-handling';
import { CommitAnnouncement, hearCommits } from './commit-announcement.js';
import type { DeliveryMetrics } from '../delivery-metrics.js';
import type { StepHook } from '../delivery-step.js';
import { readDifference, readPage, type OutboxRow } from './outbox-reader.store.js';
import {
  acquireLease,
  clusterIdentity,
  releaseLease,
  type ClusterIdentity,
  type Leadership,
  type RelayProgress,
} from './relay-cursor.store.js';
import { RelayTerm } from './relay-term.js';
import { emptySnapshot, wentBack } from './snapshot.js';
import { WakeableWait } from '../wakeable-wait.js';

/** What the relay works with. */
export interface RelayOptions {
  readonly pool: pg.Pool;
  readonly sink: EventSink;
  readonly log: Log;
  readonly metrics: DeliveryMetrics;
  /** Rows per awaited publish; default 1,000: of more, most would outlive a young generation of 4 MB. */
  readonly batchSize?: number;
  /** How long a silent leader keeps its lease; default 3,000 ms. */
  readonly leaseMs?: number;
  /**
   * Longest pause between two looks when nothing wakes it; default 1,000 ms. It begins with 10 ms after what another
   * process committed unannounced.
   */
  readonly idleMs?: number;
  /** How long published rows are kept for a resynchronisation; default 24 hours. */
  readonly retentionHours?: number;
  /** Pause between two looks after the outbox's partitions; default 10,000 ms. */
  readonly maintainMs?: number;
  readonly onStep?: StepHook;
}

const shortestPauseMs = 10;

/** Where nothing is published yet. */
const beginning: RelayProgress = { prev: emptySnapshot, cur: null, lastId: 0n };

/**
 * Publishes committed outbox rows in commit order per key, at least once (promises 1 and 2), by snapshot difference: the
 * rows that the current snapshot sees and the previous one did not. A long transaction never holds others back, and
 * nothing is updated or deleted. One relay leads, by a lease with an epoch; the others stand by and tell it of the commits
 * of their processes.
 */
export class OutboxRelay {
  readonly #owner = randomUUID();
  readonly #wait = new WakeableWait();
  readonly #batchSize: number;
  readonly #leaseMs: number;
  readonly #idleMs: number;
  readonly #announcement: CommitAnnouncement;
  #pauseMs = shortestPauseMs;
  #woken = false;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();
  #leading = false;

  constructor(private readonly options: RelayOptions) {
    this.#batchSize = options.batchSize ?? 1_000;
    this.#leaseMs = options.leaseMs ?? 3_000;
    this.#idleMs = options.idleMs ?? 1_000;
    this.#announcement = new CommitAnnouncement(options.pool);
  }

  /** Whether this instance publishes at present. */
  get leading(): boolean {
    return this.#leading;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** What is committed is published at once, by this relay or by the one that leads; call it after a commit that added events. */
  wake(): void {
    if (this.#leading) this.#wait.wake();
    else this.#announcement.announce();
  }

  /** Finishes the batch under way, gives the lease back and stops. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wait.wake();
    await this.#running;
    await this.#announcement.settled();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#connectAndLead();
      } catch (error) {
        this.options.log.warn(`outbox relay interrupted, goes on by itself: ${(error as Error).message}`);
        if (!this.#stopping) await this.#wait.sleep(500);
      }
    }
  }

  async #connectAndLead(): Promise<void> {
    const client = await this.options.pool.connect();
    let broken: Error | undefined;
    client.once('error', (error: Error) => {
      broken = error;
    });
    try {
      const identity = await clusterIdentity(client);
      const leadership = await this.#awaitLease(client);
      if (leadership !== null) await this.#lead(client, identity, leadership);
      client.release();
    } catch (error) {
      client.release(broken ?? (error as Error));
      throw error;
    }
  }

  async #awaitLease(client: pg.PoolClient): Promise<Leadership | null> {
    while (!this.#stopping) {
      const leadership = await acquireLease(client, this.#owner, this.#leaseMs);
      if (leadership !== null) return leadership;
      await this.#wait.sleep(this.#leaseMs / 3);
    }
    return null;
  }

  async #lead(client: pg.PoolClient, identity: ClusterIdentity, leadership: Leadership): Promise<void> {
    const { log, retentionHours = 24, maintainMs = 10_000 } = this.options;
    let progress = this.#startingPoint(leadership, identity);
    const bounds = { epoch: leadership.epoch, leaseMs: this.#leaseMs, identity, retentionHours, maintainMs, log };
    const term = new RelayTerm(client, bounds, progress.prev);
    this.#leading = true;
    try {
      await term.maintain();
      const unhear = await hearCommits(client, () => this.#wait.wake());
      while (!this.#stopping) progress = await this.#advance(term, progress);
      await unhear();
    } finally {
      this.#leading = false;
      await term.end();
    }
    await term.save(progress);
    await releaseLease(client, leadership.epoch);
  }

  /**
   * A promoted or restored database goes on where its own cursor stands: the commit of a cursor lies in the log behind all
   * that it tells of, so one who has the cursor has those commits, and no later transaction gets an id below its own
   * (ADR 23). Of another cluster's ids it can tell nothing.
   */
  #startingPoint({ progress, writtenBy }: Leadership, identity: ClusterIdentity): RelayProgress {
    if (writtenBy === null) return beginning;
    if (writtenBy.systemId !== identity.systemId)
      return this.#allAgain(`its cursor was written by another database cluster, ${writtenBy.systemId}`);
    if (writtenBy.timeline !== identity.timeline) {
      const change = `timeline ${writtenBy.timeline}, now ${identity.timeline}`;
      this.options.log.info(
        `the database was promoted or restored (${change}): publishing goes on where its cursor stands`,
      );
    }
    return progress;
  }

  #allAgain(reason: string): RelayProgress {
    const { log, retentionHours = 24 } = this.options;
    log.error(
      `the outbox cannot tell what is published: ${reason}. All events that it keeps, of about ${retentionHours} hours, are published again; consumers recognise them by their ids`,
    );
    return beginning;
  }

  async #advance(term: RelayTerm, progress: RelayProgress): Promise<RelayProgress> {
    if (progress.cur !== null) return this.#publishPages(term, progress, await this.#nextPage(term, progress));
    const { cur, rows } = await term.run((client) => readDifference(client, progress.prev, this.#batchSize));
    if (wentBack(progress.prev, cur))
      return this.#allAgain(`transaction ids went back, from ${progress.prev.xmax} to ${cur.xmax}`);
    if (rows.length > 0) {
      if (!this.#woken) this.#pauseMs = shortestPauseMs;
      const published = await this.#publishPages(term, { ...progress, cur, lastId: 0n }, rows);
      await this.#rest();
      return published;
    }
    await term.keepUp({ ...progress, prev: cur });
    await this.#rest();
    return { ...progress, prev: cur };
  }

  /**
   * Commits of this process wake it, and those that other relays' processes announce. Others come in runs: it looks often
   * after one that it found by itself, and seldom in between.
   */
  async #rest(): Promise<void> {
    this.#woken = await this.#wait.sleep(this.#pauseMs);
    if (!this.#woken) this.#pauseMs = Math.min(this.#pauseMs * 2, this.#idleMs);
  }

  /** Publishes a difference batch by batch, reading the next page while the broker takes the present one. */
  async #publishPages(term: RelayTerm, start: RelayProgress, first: OutboxRow[]): Promise<RelayProgress> {
    let progress = start;
    let rows = first;
    while (rows.length > 0) {
      await term.assertHeld();
      await this.options.onStep?.('relay:claimed');
      const lastId = rows.at(-1)!.id;
      const after: RelayProgress = { ...progress, lastId };
      const more = rows.length === this.#batchSize && !this.#stopping;
      const [next] = await Promise.all([more ? this.#nextPage(term, after) : [], this.#publish(rows)]);
      progress = after;
      if (next.length > 0 || (rows.length === this.#batchSize && this.#stopping)) await this.#save(term, progress);
      if (this.#stopping && rows.length === this.#batchSize) return progress;
      rows = next;
    }
    const done: RelayProgress = { prev: progress.cur!, cur: null, lastId: progress.lastId };
    await this.#save(term, done);
    return done;
  }

  async #save(term: RelayTerm, progress: RelayProgress): Promise<void> {
    if (await term.saveSometimes(progress)) await this.options.onStep?.('relay:saved');
  }

  #nextPage(term: RelayTerm, progress: RelayProgress): Promise<OutboxRow[]> {
    return term.run((client) => readPage(client, progress.prev, progress.cur!, progress.lastId, this.#batchSize));
  }

  async #publish(rows: readonly OutboxRow[]): Promise<void> {
    await this.options.sink.publish(rows);
    await this.options.onStep?.('relay:acknowledged');
    this.options.metrics.published(rows.length);
  }
}
