import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';

/** Models that must have been read once before any movement can be placed. */
const needed = ['uom.uom', 'stock.location', 'product.product', 'stock.lot'];

/**
 * Whether Odoo was set up, by this version, and its master data read at least once. Stays true from then on, whatever
 * becomes of Odoo.
 */
export async function isOdooKnown(query: Query): Promise<boolean> {
  const rows = await query.query<{ known: boolean }>(
    `SELECT EXISTS (SELECT FROM provisioned) AND NOT EXISTS (SELECT FROM provisioned WHERE adjustment_type_id IS NULL)
        AND (SELECT count(*) FROM poll_cursor WHERE model = ANY($1) AND completed > 0) = $2 AS known`,
    [needed, needed.length],
  );
  return rows[0]?.known === true;
}

/** Whether the opening balances went out: only then may anything be posted, or they would contain it. */
export async function areBalancesReported(query: Query): Promise<boolean> {
  return (await query.query(`SELECT 1 FROM opening_balances`)).length > 0;
}

/** Claims the one report of opening balances for this transaction; false when it was made. */
export async function claimBalances(tx: Transaction, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO opening_balances (reported_at, balances) VALUES ($1, 0) ON CONFLICT DO NOTHING RETURNING 1`,
    [at],
  );
  return rows.length > 0;
}

/** Notes how many balances were reported. */
export async function noteBalances(tx: Transaction, balances: number): Promise<void> {
  await tx.query(`UPDATE opening_balances SET balances = $1`, [balances]);
}
