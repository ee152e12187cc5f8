import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { LOG } from '@wardline/service-defaults';
import { ContinuousCheck } from './continuous-check.js';

const pauseMs = 2_000;

/** Runs the check from the start of the service to its end, with a pause whenever it has caught up. */
@Injectable()
export class CheckLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly check: ContinuousCheck,
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
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if ((await this.#cycle()) === 'behind') continue;
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #cycle(): Promise<string> {
    try {
      return await this.check.cycle();
    } catch (error) {
      // Also where another replica was faster (40001): the next cycle sees its work.
      this.log.warn(`the ledger was not checked: ${(error as Error).message}`);
      return 'failed';
    }
  }
}
