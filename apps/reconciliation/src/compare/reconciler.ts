import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { BackgroundLoop } from '@wardline/outbox';
import { LOG } from '@wardline/service-defaults';
import { CONFIG, type ReconciliationConfig } from '../config.js';
import { Reconciliation } from './reconciliation.js';

const longestPauseMs = 30_000;
/** While much is on its way to Odoo a comparison looks at much, and takes a tenth of the time all the same. */
const restFactor = 9;

/** Compares again and again; Postgres away only delays it. */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop: BackgroundLoop;

  constructor(reconciliation: Reconciliation, @Inject(CONFIG) config: ReconciliationConfig, @Inject(LOG) log: Log) {
    this.#loop = new BackgroundLoop({
      work: () => reconciliation.cycle().then(() => false),
      onError: ({ message }) => log.warn(`the comparison failed and is tried again: ${message}`),
      pollMs: config.RECONCILE_MS,
      longestPauseMs,
      restFactor,
    });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#loop.stop();
  }
}
