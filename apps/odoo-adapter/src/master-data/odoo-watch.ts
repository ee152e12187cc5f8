import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { LOG, ServiceStatus } from '@wardline/service-defaults';
import { CONFIG, type AdapterConfig } from '../config.js';
import type { Lease } from '../lease.store.js';
import { withLease } from '../leased-job.js';
import { OdooReading } from './odoo-reading.js';

const provisionEveryMs = 600_000;
const longestPauseMs = 30_000;
const anotherHasItMs = 5_000;

/** Sets Odoo up, tells the opening balances, and polls master data, on one instance at a time; an Odoo that is down only delays it. */
@Injectable()
export class OdooWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #state = 'starting';
  #failures = 0;

  constructor(
    private readonly reading: OdooReading,
    @Inject(CONFIG) private readonly config: AdapterConfig,
    @Inject(LOG) private readonly log: Log,
    status: ServiceStatus,
  ) {
    status.addInfo('odoo', () => ({ url: config.ODOO_URL, masterData: this.#state, ...reading.connection() }));
  }

  onApplicationBootstrap(): void {
    this.#running = this.#watch();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    this.reading.close();
  }

  async #watch(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        const ran = await withLease(this.reading.database, 'master-data', (lease, lost) => this.#lead(lease, lost));
        if (ran === null) this.#state = 'another instance polls';
        await this.#rest(anotherHasItMs);
      } catch (error) {
        await this.#failed(error as Error);
      }
    }
  }

  async #lead(lease: Lease, lost: AbortSignal): Promise<void> {
    let provisionedAt = -Infinity;
    for (let polls = 0; !this.#stop.signal.aborted && !lost.aborted; polls += 1) {
      if (performance.now() - provisionedAt > provisionEveryMs) {
        await this.reading.provision(lease);
        provisionedAt = performance.now();
      }
      await this.reading.poll(lease, polls);
      this.#state = 'polling';
      this.#failures = 0;
      await this.#rest(this.config.MASTERDATA_POLL_MS);
    }
  }

  /** Says it once per cause and goes on trying. */
  async #failed({ message }: Error): Promise<void> {
    const state = `waiting: ${message}`;
    if (state !== this.#state) for (const line of message.split('\n')) this.log.warn(line);
    this.#state = state;
    this.#failures += 1;
    await this.#rest(Math.min(longestPauseMs, 500 * 2 ** this.#failures));
  }

  async #rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
