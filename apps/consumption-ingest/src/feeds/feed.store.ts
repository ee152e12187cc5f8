import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { ReadingPosition } from '@wardline/outbox';
import { missingOf, type Feed, type HeardFeed } from './feed.js';
import type { RefusedTimes } from './hearing.js';
import type { Count, Gap } from './sequence-count.js';

/** How far the hearing of feeds is. */
export interface FeedReading {
  readonly position: ReadingPosition;
  readonly lookedAt: Date | null;
  /** Since when somebody has looked all the time; null for never. */
  readonly listeningSince: Date | null;
}

interface FeedRow {
  readonly source: string;
  readonly topic: string;
  readonly records: string;
  readonly first_heard_at: Date;
  readonly last_heard_at: Date;
  readonly counter: StoredCount | null;
  readonly restarted: { epoch: number; at: string; from: string; to: string } | null;
  readonly reuses_numbers: boolean;
}

type Stored<T> = {
  [Key in keyof T]: T[Key] extends bigint ? string : T[Key] extends Date | null ? string | null : unknown;
};
type StoredCount = Stored<Omit<Count, 'elsewhere' | 'epoch' | 'isIrregular'>> & {
  readonly epoch: number;
  readonly isIrregular: boolean;
  readonly elsewhere: readonly { number: string; occurredAt: string }[];
};

const saveFeeds = `
INSERT INTO feed (source, topic, records, first_heard_at, last_heard_at, counter, restarted, reuses_numbers)
SELECT source, topic, records, first_heard_at, last_heard_at, counter, restarted, reuses_numbers
  FROM jsonb_populate_recordset(NULL::feed, $1)
ON CONFLICT (source) DO UPDATE SET topic = excluded.topic, records = excluded.records, last_heard_at = excluded.last_heard_at,
  counter = excluded.counter, restarted = excluded.restarted, reuses_numbers = excluded.reuses_numbers`;

const saveHours = `
INSERT INTO feed_hour AS h (hour, source, records, longest_seconds)
SELECT hour, source, records, longest_seconds FROM jsonb_populate_recordset(NULL::feed_hour, $1)
ON CONFLICT (hour, source) DO UPDATE SET records = h.records + excluded.records,
  longest_seconds = greatest(h.longest_seconds, excluded.longest_seconds)`;

const openGaps = `
INSERT INTO feed_gap (source, epoch, first, last, missing, numbers, opened_at)
SELECT source, epoch, first, last, missing, numbers, opened_at FROM jsonb_populate_recordset(NULL::feed_gap, $1) ORDER BY first`;

const changeGaps = `
UPDATE feed_gap AS g SET missing = n.missing, numbers = n.numbers
  FROM jsonb_populate_recordset(NULL::feed_gap, $1) AS n WHERE g.id = n.id AND g.closed_at IS NULL`;

/* A gap that closed before it was told was records that overtook one another. */
const forgetGaps = `DELETE FROM feed_gap WHERE id = ANY ($1::bigint[]) AND opened_at > $2 AND closed_at IS NULL`;
const closeGaps = `
UPDATE feed_gap SET missing = '[]', numbers = 0, closed_at = $2, closed_how = $3
 WHERE id = ANY ($1::bigint[]) AND closed_at IS NULL`;

/** What each source was heard of. Written in the background by one replica at a time. */
@Injectable()
export class FeedStore {
  /** Takes the watch for this transaction; false while another replica has it. */
  async claim(tx: Transaction): Promise<boolean> {
    const [row] = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock(7, 4712) AS mine');
    return row!.mine;
  }

  async reading(tx: Pick<Transaction, 'query'>): Promise<FeedReading> {
    const [row] = await tx.query<FeedReading>(
      'SELECT position, looked_at AS "lookedAt", listening_since AS "listeningSince" FROM feed_reading',
    );
    return row!;
  }

  keepReading(tx: Transaction, { position, lookedAt, listeningSince }: FeedReading): void {
    const values = [JSON.stringify(position), lookedAt, listeningSince];
    tx.write('UPDATE feed_reading SET position = $1, looked_at = $2, listening_since = $3', values);
  }

  /** When these refused records happened, by their source; those that said no usable time are missing. */
  async refusedTimes(tx: Transaction, records: readonly EventId[]): Promise<RefusedTimes> {
    if (records.length === 0) return new Map();
    const rows = await tx.query<{ event_id: EventId; occurred_at: Date }>(
      'SELECT event_id, occurred_at FROM consumption_record WHERE event_id = ANY ($1::uuid[]) AND occurred_at IS NOT NULL',
      [records],
    );
    return new Map(rows.map(({ event_id: eventId, occurred_at: occurredAt }) => [eventId, occurredAt]));
  }

  async feeds(tx: Transaction, sources: readonly string[]): Promise<Map<string, Feed>> {
    const rows = await tx.query<FeedRow>('SELECT * FROM feed WHERE source = ANY ($1::text[])', [sources]);
    return new Map(rows.map((row) => [row.source, feedOf(row)]));
  }

  /** Gaps that are open, by source. */
  async openGaps(tx: Transaction, sources: readonly string[]): Promise<Map<string, Gap[]>> {
    const rows = await tx.query<GapRow & { source: string }>(
      `SELECT source, id, epoch, first, last, missing FROM feed_gap
        WHERE source = ANY ($1::text[]) AND closed_at IS NULL ORDER BY source, id`,
      [sources],
    );
    return Map.groupBy(
      rows.map((row) => ({ ...gapOf(row), source: row.source })),
      ({ source }) => source,
    );
  }

  /** Keeps what was heard; a gap that closes and was opened after `toldBefore` is forgotten. */
  keep(tx: Transaction, heard: readonly HeardFeed[], now: Date, toldBefore: Date): void {
    const written: readonly (readonly [statement: string, rows: readonly object[]])[] = [
      [saveFeeds, heard.map(({ feed }) => feedRow(feed))],
      [saveHours, heard.flatMap(({ hours }) => hours.map(hourRow))],
      [openGaps, heard.flatMap((each) => openedRows(each, now))],
      [changeGaps, heard.flatMap(({ gaps }) => gaps.changed.map(gapRow))],
    ];
    for (const [statement, rows] of written) if (rows.length > 0) tx.write(statement, [JSON.stringify(rows)]);
    const closed = heard.map(({ feed, gaps }) => ({
      ids: gaps.closed,
      how: feed.count?.isIrregular ? 'NO_COUNTER' : 'CAME',
    }));
    for (const { ids, how } of closed.filter(({ ids }) => ids.length > 0)) {
      tx.write(forgetGaps, [ids, toldBefore]);
      tx.write(closeGaps, [ids, now, how]);
    }
  }

  /** Forgets hours that say nothing any more. */
  forgetHours(tx: Transaction, before: Date): void {
    tx.write('DELETE FROM feed_hour WHERE hour < $1', [before]);
  }
}

function openedRows({ feed, gaps }: HeardFeed, now: Date): object[] {
  return gaps.opened.map((gap) => ({ ...gapRow(gap), source: feed.source, opened_at: now }));
}

function hourRow({ longestSeconds, ...hour }: HeardFeed['hours'][number]): object {
  return { ...hour, longest_seconds: longestSeconds };
}

function feedRow({ firstHeardAt, lastHeardAt, reusesNumbers, count, restarted, ...feed }: Feed): object {
  const kept = { first_heard_at: firstHeardAt, last_heard_at: lastHeardAt, reuses_numbers: reusesNumbers };
  return { ...feed, ...kept, counter: plain(count), restarted: plain(restarted) };
}

/** JSON has no long numbers: they are kept as text. */
function plain(value: object | null): unknown {
  const text = JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? String(each) : each));
  return JSON.parse(text) as unknown;
}

function feedOf(row: FeedRow): Feed {
  const { source, topic, records, counter, restarted } = row;
  return {
    ...{ source, topic, records: Number(records), reusesNumbers: row.reuses_numbers },
    ...{ firstHeardAt: row.first_heard_at, lastHeardAt: row.last_heard_at },
    count: counter === null ? null : countOf(counter),
    restarted: restarted && {
      ...restarted,
      at: new Date(restarted.at),
      from: BigInt(restarted.from),
      to: BigInt(restarted.to),
    },
  };
}

function countOf({ epoch, isIrregular, elsewhere, ...stored }: StoredCount): Count {
  return {
    ...{ epoch, isIrregular, lowest: BigInt(stored.lowest), highest: BigInt(stored.highest) },
    startedAt: stored.startedAt === null ? null : new Date(stored.startedAt),
    highestAt: new Date(stored.highestAt!),
    elsewhere: elsewhere.map(({ number, occurredAt }) => ({
      number: BigInt(number),
      occurredAt: new Date(occurredAt),
    })),
  };
}

/** A gap as its row has it. */
export interface GapRow {
  readonly id: string;
  readonly epoch: number;
  readonly first: string;
  readonly last: string;
  readonly missing: readonly (readonly [first: string, last: string])[];
}

/** A gap from its row. */
export function gapOf({ id, epoch, first, last, missing }: GapRow): Gap {
  const ranges = missing.map(([from, to]) => ({ first: BigInt(from), last: BigInt(to) }));
  return { id, epoch, first: BigInt(first), last: BigInt(last), missing: ranges };
}

function gapRow(gap: Gap): object {
  const missing = gap.missing.map(({ first, last }) => [String(first), String(last)]);
  return {
    id: gap.id,
    epoch: gap.epoch,
    first: String(gap.first),
    last: String(gap.last),
    missing,
    numbers: String(missingOf(gap)),
  };
}
