import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import { Database } from '@wardline/outbox';
import { LedgerHistoryStore, type HistoryPosition } from './ledger-history.store.js';

/** Which balance, as of when. Null is "any": no business time, or everything that is known by now. */
export interface BalanceQuestion {
  readonly product: string;
  readonly location: string;
  /** A lot or serial number; null for all of them together. */
  readonly lot: string | null;
  /** Movements that happened up to then, it included. */
  readonly occurredAt: Date | null;
  /** Movements that were known by then, it included. */
  readonly knownAt: Date | null;
}

/** A quantity in a unit, decimal text. */
export interface QuantityInUnit {
  readonly unit: string;
  readonly quantity: string;
}

const tracksOfAll = `
SELECT id, dense, unit FROM balance_track WHERE location = $1 AND product_code = $2 AND $3::text IS NULL
  AND lot_number = '' AND serial_number = ''`;

const tracksOfLot = `
SELECT id, dense, unit FROM balance_track
WHERE location = $1 AND product_code = $2 AND grain = 'LOT' AND lot_number = $3::text AND $3::text <> ''
UNION
SELECT id, dense, unit FROM balance_track
WHERE serial_number = $3::text AND serial_number <> '' AND product_code = $2 AND location = $1 AND grain = 'LOT'`;

/*
 * $4 and $5: occurred and known up to; $6 and $7: the hours in which these lie. A dense track is summed by whole hours before
 * both; what lies in the hour of either is read line by line.
 */
const fromHistory = (tracks: string): string => `
WITH track AS MATERIALIZED (${tracks}), part AS (
  SELECT unit, l.quantity FROM track JOIN balance_line l ON l.track_id = id
  WHERE NOT dense AND l.occurred_at <= $4::timestamptz AND l.recorded_at <= $5::timestamptz
  UNION ALL
  SELECT unit, c.quantity FROM track JOIN balance_cell c ON c.track_id = id
  WHERE dense AND c.occurred_hour < $6::timestamptz AND c.recorded_hour < $7::timestamptz
  UNION ALL
  SELECT unit, l.quantity FROM track JOIN balance_line l ON l.track_id = id
  WHERE dense AND l.occurred_at >= $6::timestamptz AND l.occurred_at <= $4::timestamptz AND l.recorded_at <= $5::timestamptz
  UNION ALL
  SELECT unit, l.quantity FROM track
  JOIN balance_cell c ON c.track_id = id
  JOIN balance_line l ON l.track_id = id AND l.occurred_at >= c.occurred_hour
    AND l.occurred_at < c.occurred_hour + interval '1 hour'
  WHERE dense AND c.recorded_hour = $7::timestamptz AND c.occurred_hour < $6::timestamptz
    AND l.recorded_at >= $7::timestamptz AND l.recorded_at <= $5::timestamptz
)
SELECT unit, sum(quantity) AS quantity FROM part GROUP BY unit`;

/*
 * What the history does not have yet: $1 to $4 as before and $5; $6 and $7 the transactions that it has seen; $8 to $11 the
 * page that it is at, where it catches up. `<=` so that "nothing yet" (0, 0) leaves out nothing. OFFSET 0: only the index on xid
 * knows that there are few.
 */
const newerRows = (condition: string): string => `
SELECT unit, ((to_location = $1)::int - (from_location = $1)::int) * quantity AS quantity
FROM (SELECT * FROM stock_movement WHERE ${condition} OFFSET 0) AS unseen
WHERE product_code = $2 AND (from_location = $1 OR to_location = $1)
  AND ($3::text IS NULL OR lot_number = $3 OR serial_number = $3)
  AND occurred_at <= $4::timestamptz AND recorded_at <= $5::timestamptz
  AND NOT ((xid, position) <= ($10::xid8, $11::bigint) AND xid < $8::xid8 AND xid <> ALL ($9::xid8[]))`;

const newer = `
SELECT unit, sum(quantity) AS quantity FROM (
  ${newerRows('xid >= $6::xid8')} UNION ALL ${newerRows('xid = ANY ($7::xid8[])')}
) AS row GROUP BY unit`;

const hourMs = 3_600_000;

/** Any balance as of a business time, as of what was known at a time, or both. */
@Injectable()
export class BalanceAsOf {
  readonly #history = new LedgerHistoryStore();

  constructor(private readonly database: Database) {}

  /** The sum of the movements asked for, one line per unit; empty where none ever touched the balance. */
  async read(question: BalanceQuestion): Promise<QuantityInUnit[]> {
    return this.database.transaction(async (tx) => {
      // Where the history ends and what lies beyond are one look: nothing is left out or counted twice in between.
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      // Planned without knowing how few the rows are, it would start workers that take longer than the work.
      tx.write('SET LOCAL max_parallel_workers_per_gather = 0');
      return this.readIn(tx, question);
    });
  }

  /** The same inside a REPEATABLE READ transaction of the caller. */
  async readIn(tx: Transaction, question: BalanceQuestion): Promise<QuantityInUnit[]> {
    const position = await this.#history.position(tx);
    const of = [question.location, question.product, question.lot];
    const until = [momentOf(question.occurredAt), momentOf(question.knownAt)];
    const hours = [hourOf(question.occurredAt), hourOf(question.knownAt)];
    const tracks = question.lot === null ? tracksOfAll : tracksOfLot;
    const [kept, added] = await Promise.all([
      tx.query<QuantityInUnit>(fromHistory(tracks), [...of, ...until, ...hours]),
      tx.query<QuantityInUnit>(newer, [...of, ...until, ...beyond(position)]),
    ]);
    return [...kept, ...added];
  }
}

function beyond({ seen, target, afterXid, afterPosition }: HistoryPosition): unknown[] {
  return [seen.below, seen.inProgress, target?.below ?? '0', target?.inProgress ?? [], afterXid, afterPosition];
}

function momentOf(time: Date | null): string {
  return time?.toISOString() ?? 'infinity';
}

function hourOf(time: Date | null): string {
  return time === null ? 'infinity' : new Date(Math.floor(time.getTime() / hourMs) * hourMs).toISOString();
}
