import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { LOG } from '@wardline/service-defaults';
import { CONFIG, type ReconciliationConfig } from '../config.js';
import { Reconciliation } from './reconciliation.js';

const longestPauseMs = 30_000;

/** Compares again and again; Postgres away only delays it. */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly reconciliation: Reconciliation,
    @Inject(CONFIG) private readonly config: ReconciliationConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stop.signal.aborted;) {
      try {
        await this.reconciliation.cycle();
        failures = 0;
      } catch (error) {
        if (failures === 0) this.log.warn(`the comparison failed and is tried again: ${(error as Error).message}`);
        failures += 1;
      }
      await this.#rest(Math.min(longestPauseMs, this.config.RECONCILE_MS * 2 ** Math.min(failures, 10)));
    }
  }

  async #rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
