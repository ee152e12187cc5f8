import { amountOf, type NumberRange } from './number-ranges.js';
import type { Hearing } from './hearing.js';
import { SequenceCount, type Count, type Gap, type Restart } from './sequence-count.js';

/** What is kept of a source. */
export interface Feed {
  readonly source: string;
  /** Topic on which it was last heard. */
  readonly topic: string;
  readonly records: number;
  readonly firstHeardAt: Date;
  readonly lastHeardAt: Date;
  readonly count: Count | null;
  /** Its counter's last new beginning. */
  readonly restarted: Restart | null;
  /** Since then its records are refused as duplicates of earlier ones. */
  readonly reusesNumbers: boolean;
}

/** What a source did in an hour. */
export interface FeedHour {
  readonly source: string;
  readonly hour: Date;
  readonly records: number;
  /** The longest silence that reached into the hour and ended, in seconds. */
  readonly longestSeconds: number;
}

/** A source after it was heard. */
export interface HeardFeed {
  readonly feed: Feed;
  readonly hours: readonly FeedHour[];
  readonly gaps: GapChanges;
}

/** What became of its gaps. */
export interface GapChanges {
  readonly opened: readonly Gap[];
  readonly changed: readonly Gap[];
  /** Ids of those of which nothing is missing any more. */
  readonly closed: readonly string[];
}

/** What was known of a source before it was heard. */
export interface KnownFeed {
  readonly feed: Feed | null;
  readonly gaps: readonly Gap[];
  /** Silences that reach back behind it were not listened to, and say nothing. */
  readonly listeningSince: Date;
}

const hourMs = 3_600_000;
/** A silence says what is usual of a week at most. */
const mostHours = 7 * 24;

/**
 * What is known of a source after these hearings of it, at least one. `released` are records that had waited here: they say
 * nothing new of their source.
 */
export function hear(known: KnownFeed, hearings: readonly Hearing[], released: ReadonlySet<string>): HeardFeed {
  const { feed, gaps } = known;
  const counter = new SequenceCount(feed?.count ?? null, gaps);
  let reusesNumbers = feed?.reusesNumbers ?? false;
  for (const { numbered, isDuplicate } of hearings) {
    const restarts = counter.restarts.length;
    if (numbered !== null) counter.take(numbered);
    if (counter.restarts.length > restarts) reusesNumbers = isDuplicate;
    else if (numbered !== null && !isDuplicate) reusesNumbers = false;
  }
  const fresh = hearings.filter(({ recordId, isHeld }) => isHeld || !released.has(recordId));
  const times = (fresh.length > 0 ? fresh : hearings)
    .map(({ heardAt }) => heardAt)
    .sort((a, b) => a.getTime() - b.getTime());
  const firstHeardAt = feed?.firstHeardAt ?? times[0]!;
  const lastHeardAt = later(feed?.lastHeardAt ?? null, fresh.length > 0 ? times.at(-1)! : firstHeardAt);
  const { source, topic } = hearings.at(-1)!;
  return {
    feed: {
      ...{ source, topic, firstHeardAt, lastHeardAt, reusesNumbers, count: counter.count },
      records: (feed?.records ?? 0) + fresh.length,
      restarted: counter.restarts.at(-1) ?? feed?.restarted ?? null,
    },
    hours: fresh.length === 0 ? [] : hoursOf(source, known, times),
    gaps: changesOf(gaps, counter.gaps),
  };
}

function changesOf(before: readonly Gap[], after: readonly Gap[]): GapChanges {
  const kept = new Set(after.map(({ id }) => id));
  return {
    opened: after.filter(({ id }) => id === null),
    changed: after.filter((gap) => gap.id !== null && !before.includes(gap)),
    closed: before.flatMap(({ id }) => (id !== null && !kept.has(id) ? [id] : [])),
  };
}

function hoursOf(source: string, { feed, listeningSince }: KnownFeed, times: readonly Date[]): FeedHour[] {
  const hours = new Map<number, { records: number; longestSeconds: number }>();
  let last = feed?.lastHeardAt ?? times[0]!;
  for (const time of times) {
    const here = Math.floor(time.getTime() / hourMs);
    const isListenedTo = last >= listeningSince || time < listeningSince;
    const first = isListenedTo ? Math.max(Math.floor(last.getTime() / hourMs), here - mostHours) : here;
    const seconds = isListenedTo ? Math.max(0, Math.round((time.getTime() - last.getTime()) / 1000)) : 0;
    for (let hour = first; hour <= here; hour += 1) {
      const { records = 0, longestSeconds = 0 } = hours.get(hour) ?? {};
      hours.set(hour, { records: records + Number(hour === here), longestSeconds: Math.max(longestSeconds, seconds) });
    }
    last = later(last, time);
  }
  return [...hours].map(([hour, said]) => ({ source, hour: new Date(hour * hourMs), ...said }));
}

function later(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}

/** How many numbers are missing of a gap. */
export function missingOf({ missing }: { readonly missing: readonly NumberRange[] }): bigint {
  return amountOf(missing);
}
