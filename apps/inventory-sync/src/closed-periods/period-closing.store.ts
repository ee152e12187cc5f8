import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import type { PeriodClosing } from './period-closing.js';

/** The columns of a {@link PeriodClosing}. */
export const closingColumns = `id, until, late_entries AS "lateEntries", ledger_position AS "ledgerPosition",
  closed_by AS "closedBy", reason, closed_at AS "closedAt"`;

/** Keeps up to when the books are closed. */
@Injectable()
export class PeriodClosingStore {
  /**
   * The closing that stands, null where nothing was ever closed. The lock is that of an insert into the ledger: who closes
   * the books waits for what is under way, and what begins meanwhile waits for the closing.
   */
  async standing(tx: Transaction): Promise<PeriodClosing | null> {
    tx.write('LOCK TABLE stock_movement IN ROW EXCLUSIVE MODE');
    const [newest] = await tx.query<PeriodClosing>(
      `SELECT ${closingColumns} FROM period_closing ORDER BY id DESC LIMIT 1`,
    );
    return newest ?? null;
  }

  /** Closes behind the last movement there is: nothing is under way while it is looked for. */
  async close(tx: Transaction, closing: Omit<PeriodClosing, 'id' | 'ledgerPosition'>): Promise<PeriodClosing> {
    const { until, lateEntries, closedBy, reason, closedAt } = closing;
    tx.write(`SET LOCAL lock_timeout = '5s'`);
    tx.write('LOCK TABLE stock_movement IN SHARE MODE');
    const [written] = await tx.query<PeriodClosing>(
      `INSERT INTO period_closing (until, late_entries, ledger_position, closed_by, reason, closed_at)
       SELECT $1::timestamptz, $2, coalesce(max(position), 0), $3, $4, $5::timestamptz FROM stock_movement RETURNING ${closingColumns}`,
      [until, lateEntries, closedBy, reason, closedAt],
    );
    return written!;
  }
}
