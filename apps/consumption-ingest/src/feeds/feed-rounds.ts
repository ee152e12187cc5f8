import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { LOG } from '@wardline/service-defaults';
import { FeedWatch } from './feed-watch.js';

/** Pause between two cycles, in milliseconds. */
const pauseMs = 15_000;

/** Watches the feeds from the start of the service to its end, with a pause whenever it has caught up. */
@Injectable()
export class FeedRounds implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly watch: FeedWatch,
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
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      while (!signal.aborted && (await this.#cycle()) === 'behind');
    }
  }

  async #cycle(): Promise<string> {
    try {
      return await this.watch.cycle();
    } catch (error) {
      this.log.warn(`feeds could not be watched this time: ${(error as Error).message}`);
      return 'failed';
    }
  }
}
