import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';

/** A balance that is not the sum of its movements; decimal text. */
export interface LedgerDifference {
  readonly location: string;
  readonly productCode: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly unit: string;
  readonly balance: string;
  readonly movements: string;
  readonly foundAt: Date;
}

/** What the check has found so far. */
export interface LedgerMark {
  /** In balance up to this ledger position, at `balancedAt`: no movement up to it can come any more. */
  readonly position: string;
  readonly balancedAt: Date | null;
  readonly checkedAt: Date | null;
  /** Movements that were added up. */
  readonly movements: string;
  /** The highest position that was added up; those between may still be under way. */
  readonly highestPosition: string;
  /** When every balance, changed or not, was last gone through to the end. */
  readonly sweptAt: Date | null;
  /** The open exception about a difference. */
  readonly exceptionId: EventId | null;
  readonly differences: number;
}

/** What a complete step found, to be noted. */
export interface CheckedStep {
  readonly movements: number;
  readonly highestPosition: bigint;
  /** No transaction below it is open. */
  readonly oldestOpen: bigint;
  /** Every transaction that began is below it. */
  readonly below: string;
  readonly now: Date;
}

const taken = `SELECT pg_try_advisory_xact_lock(hashtextextended('inventory-sync.ledger-history', 0)) AS locked`;

const mark = `
SELECT position, balanced_at AS "balancedAt", checked_at AS "checkedAt", movements,
  highest_position AS "highestPosition", swept_at AS "sweptAt", exception_id AS "exceptionId",
  (SELECT count(*)::int FROM ledger_difference) AS differences
FROM ledger_check`;

const firstDifferences = `
SELECT location, product_code AS "productCode", nullif(lot_number, '') AS "lotNumber",
  nullif(serial_number, '') AS "serialNumber", unit, balance, movements, found_at AS "foundAt"
FROM ledger_difference ORDER BY found_at, ledger_difference.location, product_code, ledger_difference.lot_number LIMIT $1`;

/*
 * Compares the balances that changed, those that differed before, and the next few of all of them in turn ($1 of each kind), so
 * that a balance which somebody changed by hand is found as well. $2 is now.
 */
const compare = `
WITH state AS (SELECT swept_key AS k, swept_track FROM ledger_check),
touched AS (DELETE FROM balance_touched RETURNING track_id),
next_track AS MATERIALIZED (
  SELECT t.* FROM balance_track t WHERE t.id > (SELECT swept_track FROM state) ORDER BY t.id LIMIT $1
), next_balance AS MATERIALIZED (
  SELECT location, product_code, lot_number, serial_number, unit FROM stock_balance
  WHERE (location, product_code, lot_number, serial_number)
      > ((SELECT k[1] FROM state), (SELECT k[2] FROM state), (SELECT k[3] FROM state), (SELECT k[4] FROM state))
  ORDER BY location, product_code, lot_number, serial_number LIMIT $1
), suspect AS (
  SELECT location, product_code, lot_number, serial_number, unit
  FROM touched JOIN balance_track ON id = track_id WHERE grain = 'LOT'
  UNION SELECT location, product_code, lot_number, serial_number, unit FROM next_track WHERE grain = 'LOT'
  UNION SELECT location, product_code, lot_number, serial_number, unit FROM next_balance
  UNION SELECT location, product_code, lot_number, serial_number, unit FROM ledger_difference
), compared AS MATERIALIZED (
  SELECT s.*, coalesce((SELECT sum(b.quantity) FROM stock_balance b WHERE b.location = s.location
      AND b.product_code = s.product_code AND b.lot_number = s.lot_number AND b.serial_number = s.serial_number
      AND b.unit = s.unit), 0) AS balance,
    coalesce((SELECT t.quantity FROM balance_track t WHERE t.location = s.location
      AND t.product_code = s.product_code AND t.grain = 'LOT' AND t.lot_number = s.lot_number
      AND t.serial_number = s.serial_number AND t.unit = s.unit), 0) AS movements
  FROM suspect s
), mended AS (
  DELETE FROM ledger_difference d USING compared c WHERE c.balance = c.movements
    AND (d.location, d.product_code, d.lot_number, d.serial_number, d.unit)
      = (c.location, c.product_code, c.lot_number, c.serial_number, c.unit)
), found AS (
  INSERT INTO ledger_difference AS d
  SELECT location, product_code, lot_number, serial_number, unit, balance, movements, $2::timestamptz
  FROM compared WHERE balance <> movements
  ON CONFLICT (location, product_code, lot_number, serial_number, unit)
  DO UPDATE SET balance = excluded.balance, movements = excluded.movements
)
UPDATE ledger_check SET
  swept_track = coalesce((SELECT max(id) FROM next_track HAVING count(*) = $1), 0),
  swept_key = coalesce((SELECT ARRAY[location, product_code, lot_number, serial_number] FROM next_balance
    WHERE (SELECT count(*) FROM next_balance) = $1
    ORDER BY location DESC, product_code DESC, lot_number DESC, serial_number DESC LIMIT 1), '{"","","",""}'),
  swept_at = CASE WHEN (SELECT count(*) FROM next_balance) < $1 THEN $2::timestamptz ELSE swept_at END`;

/*
 * $1 movements, $2 highest position, $3 oldest open transaction, $4 end of those that began, $5 now. What had been added up when
 * every transaction of then has ended is settled. A writer has the id of its transaction, by its inbox row, before it draws a
 * position.
 */
const note = `
WITH settled AS (
  SELECT marked_below <= $3::xid8 AS ended, greatest(highest_position, $2::bigint) AS highest,
    CASE WHEN marked_below <= $3::xid8 THEN marked_position ELSE settled_position END AS position,
    EXISTS (SELECT FROM ledger_difference) AS differs
  FROM ledger_check
)
UPDATE ledger_check c SET movements = c.movements + $1, highest_position = s.highest, checked_at = $5,
  marked_position = CASE WHEN s.ended THEN s.highest ELSE c.marked_position END,
  marked_below = CASE WHEN s.ended THEN $4::xid8 ELSE c.marked_below END,
  settled_position = s.position,
  position = CASE WHEN s.differs THEN c.position ELSE s.position END,
  balanced_at = CASE WHEN s.differs THEN c.balanced_at ELSE $5 END
FROM settled s`;

const noteAddedUp = `
UPDATE ledger_check SET movements = movements + $1, highest_position = greatest(highest_position, $2::bigint)`;

/** Where the check keeps what it found (`ledger_check`, `ledger_difference`). */
@Injectable()
export class LedgerCheckStore {
  /** Takes the check for this transaction; false while another replica has it. */
  async claim(tx: Transaction): Promise<boolean> {
    const [row] = await tx.query<{ locked: boolean }>(taken);
    return row!.locked;
  }

  async mark(tx: Pick<Transaction, 'query'>): Promise<LedgerMark> {
    const [row] = await tx.query<LedgerMark>(mark);
    return row!;
  }

  /** The differences, the oldest first. */
  async differences(tx: Pick<Transaction, 'query'>, limit: number): Promise<LedgerDifference[]> {
    return tx.query<LedgerDifference>(firstDifferences, [limit]);
  }

  /** Compares what changed and the next `sweep` of all balances with the sums of their movements. */
  async compare(tx: Transaction, sweep: number, now: Date): Promise<void> {
    await tx.query(compare, [sweep, now]);
  }

  /** Notes a step after which the history had every movement that was to be seen. */
  async note(tx: Transaction, { movements, highestPosition, oldestOpen, below, now }: CheckedStep): Promise<void> {
    await tx.query(note, [movements, highestPosition.toString(), oldestOpen.toString(), below, now]);
  }

  /** Notes a step of catching up: nothing can be compared yet. */
  async noteAddedUp(tx: Transaction, movements: number, highestPosition: bigint): Promise<void> {
    await tx.query(noteAddedUp, [movements, highestPosition.toString()]);
  }

  async keepException(tx: Transaction, exceptionId: EventId | null): Promise<void> {
    await tx.query('UPDATE ledger_check SET exception_id = $1', [exceptionId]);
  }
}
