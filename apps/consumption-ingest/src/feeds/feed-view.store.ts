import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { FeedSetting } from './feed-setting.js';
import { gapOf, type GapRow } from './feed.store.js';
import type { Gap } from './sequence-count.js';
import { comparableHours, type UsualSilence } from './silence.js';

/** What an exception of a feed is about. */
export type FeedTrouble = 'SILENT' | 'GAP' | 'COUNTER_RESET';

/** A source as it stands: what was heard of it, what is expected, what is missing. */
export interface FeedStanding {
  readonly source: string;
  /** The rest up to `restarted` is null, or 0, for a source that is expected and was never heard. */
  readonly topic: string | null;
  readonly records: number;
  readonly firstHeardAt: Date | null;
  readonly lastHeardAt: Date | null;
  readonly highest: string | null;
  readonly isIrregular: boolean;
  readonly restarted: { readonly at: string; readonly from: string; readonly to: string } | null;
  readonly reusesNumbers: boolean;
  readonly setting: FeedSetting | null;
  readonly openGaps: number;
  /** Numbers missing in them. */
  readonly missing: string;
  /** Gaps that have been open for long enough to be told, and the first of what they miss. */
  readonly ripeGaps: number;
  readonly ripeMissing: readonly (readonly [first: string, last: string])[] | null;
  /** The exceptions that are open about it. */
  readonly exceptions: Readonly<Partial<Record<FeedTrouble, EventId>>>;
}

/** Which feeds: those after a source in their order, or one. */
export interface StandingQuery {
  readonly source: string | null;
  readonly after: string;
  readonly limit: number;
  /** Only those of which such an exception is open; null for all. */
  readonly trouble: FeedTrouble | null;
  /** Gaps opened after it are not ripe. */
  readonly ripeBefore: Date;
}

const setting = `jsonb_build_object('everyMinutes', every_minutes, 'silentAfterMinutes', silent_after_minutes, 'hours', hours,
  'timeZone', time_zone, 'owner', owner, 'mutedUntil', muted_until, 'reason', reason, 'changedBy', changed_by, 'changedAt', changed_at)`;

const standings = `
SELECT n.source, f.topic, coalesce(f.records, 0)::float8 AS records, f.first_heard_at AS "firstHeardAt",
  f.last_heard_at AS "lastHeardAt", f.counter->>'highest' AS highest,
  coalesce((f.counter->>'isIrregular')::boolean, false) AS "isIrregular", f.restarted,
  coalesce(f.reuses_numbers, false) AS "reusesNumbers", s.setting, g.open AS "openGaps", g.missing, g.ripe AS "ripeGaps",
  g.first AS "ripeMissing", coalesce(e.exceptions, '{}') AS exceptions
FROM (SELECT source FROM feed UNION SELECT source FROM feed_setting) AS n
LEFT JOIN feed AS f USING (source)
LEFT JOIN LATERAL (SELECT ${setting} AS setting FROM feed_setting WHERE source = n.source ORDER BY id DESC LIMIT 1) AS s ON true
LEFT JOIN LATERAL (
  SELECT count(*)::int AS open, coalesce(sum(numbers), 0)::text AS missing,
    (count(*) FILTER (WHERE opened_at <= $4))::int AS ripe,
    (array_agg(missing ORDER BY id) FILTER (WHERE opened_at <= $4))[1] AS first
  FROM feed_gap WHERE source = n.source AND closed_at IS NULL
) AS g ON true
LEFT JOIN LATERAL (
  SELECT jsonb_object_agg(kind, exception_id) AS exceptions FROM feed_exception WHERE source = n.source
) AS e ON true
WHERE ($1::text IS NULL OR n.source = $1) AND n.source > $2
  AND ($5::text IS NULL OR EXISTS (SELECT FROM feed_exception WHERE source = n.source AND kind = $5)) ORDER BY n.source LIMIT $3`;

/*
 * The longest silence of each day, then of four days and more the second longest: one outage does not become usual. A feed
 * that was heard less than twenty times, or for less than a day, has no habit yet.
 */
const usual = `
WITH daily AS (
  SELECT source, days_ago, max(longest_seconds) AS longest, sum(records) AS records, count(*) AS hours
    FROM unnest($1::timestamptz[], $2::int[]) AS asked (hour, days_ago) JOIN feed_hour USING (hour) GROUP BY source, days_ago
), known AS (
  SELECT source, (array_agg(longest ORDER BY longest DESC))[CASE WHEN count(*) >= 4 THEN 2 ELSE 1 END] AS longest,
    round(sum(hours) * 3600 / nullif(sum(records), 0)) AS every
  FROM daily GROUP BY source
)
SELECT source, longest::int AS "longestSeconds", every::int AS "everySeconds"
  FROM feed LEFT JOIN known USING (source)
 WHERE records >= 20 AND last_heard_at - first_heard_at >= interval '1 day' AND ($3::text IS NULL OR source = $3)`;

/** A gap with what became of it. */
export interface GapView extends Gap {
  readonly id: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly closedHow: string | null;
  readonly acceptedBy: string | null;
  readonly reason: string | null;
}

/** Sums over all feeds. */
export interface FeedFigures {
  readonly feeds: number;
  readonly silent: number;
  /** Open gaps, and the numbers missing in them. */
  readonly gaps: number;
  readonly missing: number;
}

/** A trouble that was told. */
export interface ToldTrouble {
  readonly source: string;
  readonly trouble: FeedTrouble;
  readonly exceptionId: EventId;
  readonly now: Date;
}

const gapColumns = `id, epoch, first, last, missing, opened_at AS "openedAt", closed_at AS "closedAt", closed_how AS "closedHow",
  accepted_by AS "acceptedBy", reason`;

/** Feeds as people and the watch see them. */
@Injectable()
export class FeedViewStore {
  async standings(tx: Pick<Transaction, 'query'>, query: StandingQuery): Promise<FeedStanding[]> {
    const { source, after, limit, ripeBefore, trouble } = query;
    const rows = await tx.query<FeedStanding>(standings, [source, after, limit, ripeBefore, trouble]);
    return rows.map((row) => ({ ...row, setting: row.setting && withTimes(row.setting) }));
  }

  /** What is usual at this hour, of one source or all that have a habit. */
  async usual(tx: Pick<Transaction, 'query'>, now: Date, source: string | null): Promise<Map<string, UsualSilence>> {
    const hours = comparableHours(now);
    const asked = [hours.map(({ hour }) => hour), hours.map(({ daysAgo }) => daysAgo), source];
    const rows = await tx.query<UsualSilence & { source: string }>(usual, asked);
    return new Map(rows.map(({ source: name, ...said }) => [name, said]));
  }

  /** Gaps of a source, those open first, then the newest. */
  async gaps(tx: Pick<Transaction, 'query'>, source: string, limit: number): Promise<GapView[]> {
    type Row = GapRow & Omit<GapView, keyof Gap>;
    const rows = await tx.query<Row>(
      `SELECT ${gapColumns} FROM feed_gap WHERE source = $1 ORDER BY closed_at IS NOT NULL, id DESC LIMIT $2`,
      [source, limit],
    );
    return rows.map((row) => ({ ...row, ...gapOf(row), id: row.id }));
  }

  /** Notes that an exception is open. */
  tell(tx: Transaction, { source, trouble, exceptionId, now }: ToldTrouble): void {
    tx.write('INSERT INTO feed_exception VALUES ($1, $2, $3, $4)', [source, trouble, exceptionId, now]);
  }

  untell(tx: Transaction, exceptionId: EventId): void {
    tx.write('DELETE FROM feed_exception WHERE exception_id = $1', [exceptionId]);
  }

  /** Sums over all feeds, for gauges. */
  async figures(tx: Pick<Transaction, 'query'>): Promise<FeedFigures> {
    const [row] = await tx.query<FeedFigures>(
      `SELECT (SELECT count(*) FROM feed)::int AS feeds,
         (SELECT count(*) FROM feed_exception WHERE kind = 'SILENT')::int AS silent, count(*)::int AS gaps,
         coalesce(sum(numbers), 0)::float8 AS missing FROM feed_gap WHERE closed_at IS NULL`,
    );
    return row!;
  }
}

/** Times inside JSON are text. */
function withTimes(setting: FeedSetting): FeedSetting {
  const { mutedUntil, changedAt } = setting;
  return { ...setting, mutedUntil: mutedUntil === null ? null : new Date(mutedUntil), changedAt: new Date(changedAt) };
}
