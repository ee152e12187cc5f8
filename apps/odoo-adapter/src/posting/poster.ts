import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { Database } from '@wardline/outbox';
import { LOG } from '@wardline/service-defaults';
import { CONFIG, type AdapterConfig } from '../config.js';
import { LeaseLost, type Lease } from '../lease.store.js';
import { withLease } from '../leased-job.js';
import { PostingLane } from './posting-lane.js';
import { busyLanes } from './posting.store.js';

const longestPauseMs = 30_000;
/** What waits behind a refused movement is looked for ever less often, up to this. */
const longestIdleMs = 1_000;

/** Drives the writer lanes: each runs by itself, at its own pace, as long as it has something to do and this instance its lease. */
@Injectable()
export class Poster implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #running = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  #watch: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly lane: PostingLane,
    @Inject(CONFIG) private readonly config: AdapterConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#watch = this.#watchLanes();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#watch;
    await Promise.all(this.#running.values());
  }

  async #watchLanes(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#startBusyLanes();
      } catch (error) {
        this.log.warn(`posting waits for its database: ${(error as Error).message}`);
        await this.#rest(1_000);
      }
      await this.#rest(this.config.POSTING_POLL_MS);
    }
  }

  async #startBusyLanes(): Promise<void> {
    for (const name of await busyLanes(this.database)) {
      if (this.#running.has(name)) continue;
      this.#running.set(
        name,
        this.#runLane(name).finally(() => this.#running.delete(name)),
      );
    }
  }

  async #runLane(name: string): Promise<void> {
    try {
      const ran = await withLease(this.database, name, (lease, lost) => this.#drain(name, lease, lost));
      if (ran === null) await this.#rest(1_000);
    } catch (error) {
      if (error instanceof LeaseLost) this.log.info(error.message, { lane: name });
      else this.log.error(`posting failed and is tried again: ${(error as Error).message}`, { lane: name });
      await this.#rest(1_000);
    }
  }

  /** Rounds until nothing is left; after an outage with growing pauses, in the same order. */
  async #drain(name: string, lease: Lease, lost: AbortSignal): Promise<void> {
    let failures = 0;
    let idle = 0;
    while (!this.#stop.signal.aborted && !lost.aborted) {
      const settlement = await this.lane.round(name, lease);
      idle = settlement === null ? idle + 1 : 0;
      if (settlement === null) {
        if (!(await busyLanes(this.database)).includes(name)) return;
        await this.#rest(Math.min(longestIdleMs, this.config.POSTING_POLL_MS * idle));
      } else if (settlement.outage === null) failures = 0;
      else {
        failures += 1;
        if (failures === 1)
          this.log.warn(`Odoo cannot be written to, postings wait: ${settlement.outage}`, { lane: name });
        await this.#rest(Math.min(longestPauseMs, 500 * 2 ** failures) * (0.75 + Math.random() / 2));
      }
    }
  }

  async #rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
