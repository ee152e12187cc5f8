import type { Transaction } from '@wardline/event-handling';
import { assertNotBack, seenBy, type TransactionsSeen } from './transactions-seen.js';

/** From this many lines on a balance is summed by the hour as well; below it, its lines are read within milliseconds. */
export const linesOfDenseTrack = 20_000;

/** What the history has, as one transaction sees it. */
export interface HistoryPosition {
  readonly seen: TransactionsSeen;
  /** Where it catches up with many movements: with whom, and how far it is. */
  readonly target: TransactionsSeen | null;
  readonly afterXid: string;
  readonly afterPosition: string;
  /** What this transaction sees of the ledger. */
  readonly now: TransactionsSeen;
}

/** What a step took over. */
export interface HistoryStep {
  readonly movements: number;
  /** The highest ledger position among them, 0 for none. */
  readonly highestPosition: bigint;
  /** The history has every movement that this transaction sees. */
  readonly complete: boolean;
  readonly now: TransactionsSeen;
}

interface CursorRow {
  readonly seen_below: string;
  readonly in_progress: string[];
  readonly target_below: string | null;
  readonly target_in_progress: string[] | null;
  readonly after_xid: string;
  readonly after_position: string;
  readonly snapshot: string;
}

interface PageRow {
  readonly movements: number;
  readonly highest: string | null;
  readonly last_xid: string | null;
  readonly last_position: string | null;
}

const readCursor = `
SELECT seen_below::text, in_progress::text[], target_below::text, target_in_progress::text[], after_xid::text,
  after_position, pg_current_snapshot()::text AS snapshot
FROM ledger_history_cursor`;

const saveCursor = `
UPDATE ledger_history_cursor SET seen_below = $1::xid8, in_progress = $2::xid8[], target_below = $3::xid8,
  target_in_progress = $4::xid8[], after_xid = $5::xid8, after_position = $6`;

const columns =
  'xid, position, product_code, from_location, to_location, lot_number, serial_number, unit, quantity, occurred_at, recorded_at';

/*
 * $2 in progress when it was last seen, $3 and $4 below and in progress of the target, $5 and $6 where the last page ended, $7 its
 * size; $1 and $8 the later of that and of the first transaction not seen: with two lower bounds the index is read from the
 * wrong one. OFFSET 0 keeps other indexes away. Parameters, not a CTE: the planner would read the whole ledger otherwise.
 */
const takeOver = `
WITH page AS MATERIALIZED (
  SELECT * FROM (
    (SELECT ${columns} FROM stock_movement
      WHERE (xid, position) > ($1::xid8, $8::bigint) AND xid < $3::xid8 AND xid <> ALL ($4::xid8[])
      ORDER BY xid, position LIMIT $7)
    UNION ALL
    (SELECT * FROM (SELECT ${columns} FROM stock_movement WHERE xid = ANY ($2::xid8[]) OFFSET 0) AS ended
      WHERE xid <> ALL ($4::xid8[]) AND (xid, position) > ($5::xid8, $6::bigint) ORDER BY xid, position LIMIT $7)
  ) AS new ORDER BY xid, position LIMIT $7
), side AS (
  SELECT to_location AS location, product_code, lot_number, serial_number, unit, quantity, occurred_at, recorded_at
  FROM page WHERE from_location <> to_location
  UNION ALL
  SELECT from_location, product_code, lot_number, serial_number, unit, -quantity, occurred_at, recorded_at
  FROM page WHERE from_location <> to_location
), line AS MATERIALIZED (
  SELECT 'LOT' AS grain, side.* FROM side
  UNION ALL
  SELECT 'PLACE', location, product_code, '', '', unit, quantity, occurred_at, recorded_at
  FROM side WHERE lot_number <> '' OR serial_number <> ''
), track AS (
  INSERT INTO balance_track AS t (location, product_code, grain, lot_number, serial_number, unit, quantity, lines)
  SELECT location, product_code, grain, lot_number, serial_number, unit, sum(quantity), count(*)
  FROM line GROUP BY location, product_code, grain, lot_number, serial_number, unit
  ON CONFLICT (location, product_code, grain, lot_number, serial_number, unit)
  DO UPDATE SET quantity = t.quantity + excluded.quantity, lines = t.lines + excluded.lines
  RETURNING id, location, product_code, grain, lot_number, serial_number, unit, dense
), placed AS MATERIALIZED (
  SELECT track.id, dense, quantity, occurred_at, recorded_at
  FROM line JOIN track USING (location, product_code, grain, lot_number, serial_number, unit)
), touched AS (
  INSERT INTO balance_touched SELECT id FROM track ON CONFLICT DO NOTHING
), lines AS (
  INSERT INTO balance_line SELECT id, occurred_at, recorded_at, quantity FROM placed ORDER BY id, occurred_at
), cells AS (
  INSERT INTO balance_cell AS c
  SELECT id, date_trunc('hour', occurred_at, 'UTC'), date_trunc('hour', recorded_at, 'UTC'), sum(quantity)
  FROM placed WHERE dense GROUP BY 1, 2, 3
  ON CONFLICT (track_id, occurred_hour, recorded_hour) DO UPDATE SET quantity = c.quantity + excluded.quantity
)
SELECT count(*)::int AS movements, max(position) AS highest,
  (array_agg(xid ORDER BY xid DESC, position DESC))[1]::text AS last_xid,
  (array_agg(position ORDER BY xid DESC, position DESC))[1] AS last_position
FROM page`;

const makeDense = `
WITH grown AS (
  UPDATE balance_track SET dense = true FROM balance_touched
  WHERE id = track_id AND NOT dense AND lines >= $1 RETURNING id
)
INSERT INTO balance_cell
SELECT track_id, date_trunc('hour', occurred_at, 'UTC'), date_trunc('hour', recorded_at, 'UTC'), sum(quantity)
FROM grown JOIN balance_line ON track_id = grown.id GROUP BY 1, 2, 3`;

/**
 * The history of balances, taken over from the ledger in the background. What is new is found by the difference of two
 * looks at the running transactions (DESIGN part 7), since positions commit out of order: a movement is taken over exactly
 * once, whenever its transaction ends.
 */
export class LedgerHistoryStore {
  /** How far the history is. Throws `HistoryBehindCluster` where transaction ids went back. */
  async position(tx: Transaction): Promise<HistoryPosition> {
    const [row] = await tx.query<CursorRow>(readCursor);
    const seen = { below: row!.seen_below, inProgress: row!.in_progress };
    const target =
      row!.target_below === null ? null : { below: row!.target_below, inProgress: row!.target_in_progress ?? [] };
    const now = seenBy(row!.snapshot);
    assertNotBack(target ?? seen, now);
    return { seen, target, afterXid: row!.after_xid, afterPosition: row!.after_position, now };
  }

  /**
   * Takes over at most `limit` movements. The transaction must be REPEATABLE READ: what it sees of the ledger is what
   * `now` says throughout. `denseFrom` is how many lines make a balance dense.
   */
  async take(tx: Transaction, limit: number, denseFrom = linesOfDenseTrack): Promise<HistoryStep> {
    const { seen, target, afterXid, afterPosition, now } = await this.position(tx);
    const aim = target ?? now;
    const isOnPage = BigInt(afterXid) >= BigInt(seen.below);
    const [fromXid, fromPosition] = isOnPage ? [afterXid, afterPosition] : [seen.below, '0'];
    const bounds = [fromXid, seen.inProgress, aim.below, aim.inProgress, afterXid, afterPosition];
    const [page] = await tx.query<PageRow>(takeOver, [...bounds, limit, fromPosition]);
    const { movements, highest, last_xid: lastXid, last_position: lastPosition } = page!;
    if (movements > 0) await tx.query(makeDense, [denseFrom]);
    const reached = movements < limit;
    await tx.query(
      saveCursor,
      reached
        ? [aim.below, aim.inProgress, null, null, '0', '0']
        : [seen.below, seen.inProgress, aim.below, aim.inProgress, lastXid, lastPosition],
    );
    return { movements, highestPosition: BigInt(highest ?? 0), complete: reached && target === null, now };
  }
}
