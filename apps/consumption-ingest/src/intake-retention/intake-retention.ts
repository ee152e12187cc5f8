import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Clock, Log } from '@wardline/event-handling';
import { BackgroundLoop } from '@wardline/outbox';
import { CLOCK, LOG } from '@wardline/service-defaults';
import { CONFIG, type ConsumptionConfig } from '../config.js';
import { IntakeMemory } from './forget-intake.store.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Has the edges forget what is older than the retention, hourly, as the delivery path forgets its inbox. */
@Injectable()
export class IntakeRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop: BackgroundLoop;

  constructor(
    memory: IntakeMemory,
    @Inject(CONFIG) { RETENTION_DAYS: days }: ConsumptionConfig,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOG) log: Log,
  ) {
    this.#loop = new BackgroundLoop({
      work: async () => (await memory.forgetSome(new Date(clock.now().getTime() - days * dayMs))) > 0,
      onError: ({ message }) => log.warn(`what was taken in long ago could not be forgotten this time: ${message}`),
      pollMs: hourMs,
    });
  }

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.#loop.stop();
  }
}
