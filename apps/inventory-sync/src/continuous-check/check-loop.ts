import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { BackgroundLoop } from '@wardline/outbox';
import { LOG } from '@wardline/service-defaults';
import { ContinuousCheck } from './continuous-check.js';

const pauseMs = 2_000;

/** Runs the check from the start of the service to its end, with a pause whenever it has caught up. */
@Injectable()
export class CheckLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop: BackgroundLoop;

  constructor(check: ContinuousCheck, @Inject(LOG) log: Log) {
    this.#loop = new BackgroundLoop({
      work: async () => (await check.cycle()) === 'behind',
      // Also where another replica was faster (40001): the next cycle sees its work.
      onError: ({ message }) => log.warn(`the ledger was not checked: ${message}`),
      pollMs: pauseMs,
    });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#loop.stop();
  }
}
