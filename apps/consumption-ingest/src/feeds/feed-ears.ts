import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Transaction } from '@wardline/event-handling';
import { Outbox, Parking, type WrittenEvent } from '@wardline/outbox';
import { CLOCK } from '@wardline/service-defaults';
import { hear } from './feed.js';
import { FeedStore, type FeedReading } from './feed.store.js';
import { heardTopics, hearingOf, refusedRecords, type Hearing } from './hearing.js';

/** Events that one step takes at most. */
const mostEvents = 500;
/** A gap is told when it is open for so long: records of several partitions overtake one another. */
export const gapGraceMs = 5 * 60_000;
/** Nobody listened where nobody looked for so long. */
const deafMs = 2 * 60_000;

/** Hours older than this say nothing of what is usual. */
const hoursKeptMs = 30 * 86_400_000;

/** Hears what sources said by what this service has answered since it last listened. */
@Injectable()
export class FeedEars {
  constructor(
    private readonly outbox: Outbox,
    private readonly parking: Parking,
    private readonly feeds: FeedStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes the watch for this transaction; false while another replica has it. */
  claim(tx: Transaction): Promise<boolean> {
    return this.feeds.claim(tx);
  }

  /** Takes the next events, in a REPEATABLE READ transaction; true when there are no more. */
  async listen(tx: Transaction, limit = mostEvents): Promise<boolean> {
    const now = this.clock.now();
    const reading = await this.feeds.reading(tx);
    const listeningSince = isDeaf(reading, now) ? now : reading.listeningSince!;
    const page = await this.outbox.writtenSince(tx, reading.position, { topics: heardTopics, limit });
    const hearings = await this.#hearings(tx, page.events);
    if (hearings.length > 0) await this.#hear(tx, hearings, listeningSince);
    this.feeds.keepReading(tx, { position: page.position, lookedAt: now, listeningSince });
    if (page.complete) this.feeds.forgetHours(tx, new Date(now.getTime() - hoursKeptMs));
    return page.complete;
  }

  async #hearings(tx: Transaction, events: readonly WrittenEvent[]): Promise<Hearing[]> {
    const times = await this.feeds.refusedTimes(tx, refusedRecords(events));
    return events.flatMap((event) => hearingOf(event, times) ?? []);
  }

  async #hear(tx: Transaction, hearings: readonly Hearing[], listeningSince: Date): Promise<void> {
    const bySource = Map.groupBy(hearings, ({ source }) => source);
    const sources = [...bySource.keys()];
    const settled = hearings.filter(({ isHeld }) => !isHeld).map(({ recordId }) => recordId);
    const [feeds, gaps, released] = await Promise.all([
      this.feeds.feeds(tx, sources),
      this.feeds.openGaps(tx, sources),
      this.parking.everParked(tx, settled),
    ]);
    const heard = [...bySource].map(([source, said]) => {
      const known = { feed: feeds.get(source) ?? null, gaps: gaps.get(source) ?? [], listeningSince };
      return hear(known, said, released);
    });
    const now = this.clock.now();
    this.feeds.keep(tx, heard, now, new Date(now.getTime() - gapGraceMs));
  }
}

function isDeaf({ lookedAt, listeningSince }: FeedReading, now: Date): boolean {
  return listeningSince === null || lookedAt === null || now.getTime() - lookedAt.getTime() > deafMs;
}
