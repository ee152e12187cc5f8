import { Injectable } from '@nestjs/common';
import { Database, Parking } from '@wardline/outbox';
import { BalanceAsOf, type BalanceQuestion, type QuantityInUnit } from '../ledger-history/balance-as-of.store.js';
import { movementReading, type MovementReading } from '../show-ledger/ledger-readings.store.js';
import { awaitedOpening, type PeriodClosing } from './period-closing.js';
import { closingColumns, PeriodClosingStore } from './period-closing.store.js';

/** What to show of the late entries of a closing; `location` is either end, `after` a position. */
export interface LateEntryQuery {
  readonly product?: string | undefined;
  readonly location?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A balance of closed books: what is known by now, and what of it was told after the closing. */
export interface ClosedBalance {
  readonly now: readonly QuantityInUnit[];
  readonly late: readonly QuantityInUnit[];
}

const lateOf = `m.position > $1 AND m.occurred_at < $2::timestamptz`;

const lateQuantity = `
SELECT unit, sum(((to_location = $3)::int - (from_location = $3)::int) * quantity) AS quantity FROM stock_movement AS m
WHERE ${lateOf} AND product_code = $4 AND (from_location = $3 OR to_location = $3)
  AND ($5::text IS NULL OR $5 IN (lot_number, serial_number))
GROUP BY unit`;

const lateMovements = `${movementReading}
WHERE ${lateOf} AND m.position > $3 AND ($4::text IS NULL OR m.product_code = $4)
  AND ($5::text IS NULL OR m.from_location = $5 OR m.to_location = $5)
ORDER BY m.position LIMIT $6`;

/** The books that were closed, and what was told of their time afterwards. */
@Injectable()
export class PeriodBooks {
  constructor(
    private readonly database: Database,
    private readonly balances: BalanceAsOf,
    private readonly closings: PeriodClosingStore,
    private readonly parking: Parking,
  ) {}

  /** Closes the books, or opens them. What waits because of an earlier closing is looked at again by the new one. */
  async close(closing: Omit<PeriodClosing, 'id' | 'ledgerPosition'>): Promise<PeriodClosing> {
    return this.database.transaction(async (tx) => {
      const written = await this.closings.close(tx, closing);
      await this.parking.release(tx, [awaitedOpening]);
      return written;
    });
  }

  /** Every closing, the newest first. */
  async all(): Promise<PeriodClosing[]> {
    return this.database.query<PeriodClosing>(`SELECT ${closingColumns} FROM period_closing ORDER BY id DESC`);
  }

  async one(id: string): Promise<PeriodClosing | undefined> {
    const [found] = await this.database.query<PeriodClosing>(
      `SELECT ${closingColumns} FROM period_closing WHERE id = $1`,
      [id],
    );
    return found;
  }

  /** Movements of the closed time that the ledger has learned of since, in order of position. */
  async lateEntries(
    { until, ledgerPosition }: PeriodClosing,
    { product, location, after, limit }: LateEntryQuery,
  ): Promise<MovementReading[]> {
    const of = [ledgerPosition, until, after ?? '0', product, location, limit];
    return this.database.query<MovementReading>(lateMovements, of);
  }

  /** A balance at the end of the closed time. Both parts are one look, so their difference is what the closed books say. */
  async balance(
    { until, ledgerPosition }: PeriodClosing & { readonly until: Date },
    { location, product, lot }: Pick<BalanceQuestion, 'location' | 'product' | 'lot'>,
  ): Promise<ClosedBalance> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      tx.write('SET LOCAL max_parallel_workers_per_gather = 0');
      const lastMoment = new Date(until.getTime() - 1);
      const [now, late] = await Promise.all([
        this.balances.readIn(tx, { location, product, lot, occurredAt: lastMoment, knownAt: null }),
        tx.query<QuantityInUnit>(lateQuantity, [ledgerPosition, until, location, product, lot]),
      ]);
      return { now, late };
    });
  }
}
