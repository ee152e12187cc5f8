import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { METRICS } from '@wardline/service-defaults';
import { Gauge, type Registry } from 'prom-client';
import { FeedViewStore, type FeedFigures } from './feed-view.store.js';

const gauges: readonly (readonly [name: string, help: string, figure: keyof FeedFigures])[] = [
  ['wardline_feeds', 'Sources that were heard', 'feeds'],
  ['wardline_feeds_silent', 'Sources that are silent for longer than they should be', 'silent'],
  ['wardline_feed_gaps_open', 'Gaps in the numbers of sources that are open', 'gaps'],
  ['wardline_feed_numbers_missing', 'Numbers that are missing in them', 'missing'],
];

/** What Prometheus is told of feeds, read from the tables when it asks: the same from every replica. */
@Injectable()
export class FeedGauges {
  constructor(database: Database, views: FeedViewStore, @Inject(METRICS) registry: Registry) {
    let last: Promise<FeedFigures | undefined> | undefined;
    // Gauges of one scrape are collected in one turn, and read once. An outage shows in health and log, not in a failing scrape.
    const figures = (): Promise<FeedFigures | undefined> => {
      last ??= views.figures(database).catch(() => undefined).finally(() => (last = undefined)); // prettier-ignore
      return last;
    };
    for (const [name, help, figure] of gauges)
      new Gauge({
        ...{ name, help, registers: [registry] },
        async collect() {
          const now = await figures();
          if (now) this.set(now[figure]);
        },
      });
  }
}
