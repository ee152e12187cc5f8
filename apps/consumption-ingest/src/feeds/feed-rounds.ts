import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Log } from '@wardline/event-handling';
import { BackgroundLoop } from '@wardline/outbox';
import { LOG } from '@wardline/service-defaults';
import { FeedWatch } from './feed-watch.js';

/** Pause between two cycles, in milliseconds. */
const pauseMs = 15_000;

/** Watches the feeds from the start of the service to its end, with a pause whenever it has caught up. */
@Injectable()
export class FeedRounds implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop: BackgroundLoop;

  constructor(watch: FeedWatch, @Inject(LOG) log: Log) {
    this.#loop = new BackgroundLoop({
      work: async () => (await watch.cycle()) === 'behind',
      onError: ({ message }) => log.warn(`feeds could not be watched this time: ${message}`),
      pollMs: pauseMs,
      pausesFirst: true,
    });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#loop.stop();
  }
}
