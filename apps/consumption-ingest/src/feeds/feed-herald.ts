import { Inject, Injectable } from '@nestjs/common';
import { newEventId, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import { Outbox } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { feedTroubled, feedWell } from './feed-exceptions.js';
import { FeedReadings, type SeenFeed } from './feed-readings.js';
import { FeedViewStore, type FeedTrouble } from './feed-view.store.js';

const troubles: readonly FeedTrouble[] = ['SILENT', 'GAP', 'COUNTER_RESET'];

/** Compares the troubles of feeds with the exceptions that are open, and tells the difference. */
@Injectable()
export class FeedHerald {
  constructor(
    private readonly outbox: Outbox,
    private readonly readings: FeedReadings,
    private readonly views: FeedViewStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tell(tx: Transaction): Promise<void> {
    const now = this.clock.now();
    const events: BusinessEvent[] = [];
    for await (const seen of this.readings.all(tx)) events.push(...this.#compare(tx, seen, now));
    await this.outbox.add(tx, events);
  }

  #compare(tx: Transaction, { standing, judged }: SeenFeed, now: Date): BusinessEvent[] {
    return troubles.flatMap((trouble) => {
      const told = standing.exceptions[trouble];
      if (judged.troubles.includes(trouble) === (told !== undefined)) return [];
      if (told !== undefined) {
        this.views.untell(tx, told);
        return [feedWell(told, trouble, standing, now)];
      }
      const exceptionId = newEventId(now);
      this.views.tell(tx, { source: standing.source, trouble, exceptionId, now });
      return [feedTroubled(exceptionId, trouble, standing, judged, now)];
    });
  }
}
