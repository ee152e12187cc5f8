import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Transaction } from '@wardline/event-handling';
import { CLOCK } from '@wardline/service-defaults';
import { gapGraceMs } from './feed-ears.js';
import { judge, type JudgedFeed, type Listening } from './feed-standing.js';
import { FeedStore } from './feed.store.js';
import { FeedViewStore, type FeedStanding, type FeedTrouble } from './feed-view.store.js';

/** A feed as it stands, judged. */
export interface SeenFeed {
  readonly standing: FeedStanding;
  readonly judged: JudgedFeed;
}

/** Which feeds to see. */
export interface FeedQuery {
  readonly source: string | null;
  /** Those after this source in their order; '' for the first. */
  readonly after: string;
  readonly limit: number;
  /** Only those of which such an exception is open; null for all. */
  readonly trouble: FeedTrouble | null;
}

const pageOfAll = 500;

/** Feeds as they stand now: what the watch tells of and what people are shown are the same. */
@Injectable()
export class FeedReadings {
  constructor(
    private readonly feeds: FeedStore,
    private readonly views: FeedViewStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page of feeds. */
  async page(tx: Pick<Transaction, 'query'>, query: FeedQuery): Promise<SeenFeed[]> {
    return this.#page(tx, query, await this.#listening(tx, query.source));
  }

  /** Every feed, a page at a time. */
  async *all(tx: Pick<Transaction, 'query'>): AsyncGenerator<SeenFeed> {
    const listening = await this.#listening(tx, null);
    let after = '';
    for (;;) {
      const page = await this.#page(tx, { source: null, trouble: null, after, limit: pageOfAll }, listening);
      yield* page;
      if (page.length < pageOfAll) return;
      after = page.at(-1)!.standing.source;
    }
  }

  async #page(tx: Pick<Transaction, 'query'>, query: FeedQuery, listening: Listening): Promise<SeenFeed[]> {
    const ripeBefore = new Date(listening.now.getTime() - gapGraceMs);
    const standings = await this.views.standings(tx, { ...query, ripeBefore });
    return standings.map((standing) => ({ standing, judged: judge(standing, listening) }));
  }

  async #listening(tx: Pick<Transaction, 'query'>, source: string | null): Promise<Listening> {
    const now = this.clock.now();
    const [reading, usual] = await Promise.all([this.feeds.reading(tx), this.views.usual(tx, now, source)]);
    return { now, listeningSince: reading.listeningSince, usual };
  }
}
