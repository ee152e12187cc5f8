import { Decimal, type EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';
import type { Balance, PostingLeg, StockReport } from './stock-report.js';

/** The last report: its number, when it began, and since when postings may not all be in a report. */
export interface LastReport {
  readonly sequence: bigint;
  readonly begun: Date;
  readonly postingsSince: Date;
}

/** A posting's transaction is over long before this; so long its ends are remembered as reported. */
const longestTransactionMs = 600_000;

/** The last report; null before the first. */
export async function lastReport(query: Query): Promise<LastReport | null> {
  const [row] = await query.query<{ sequence: string; begun: Date; postings_since: Date }>(
    `SELECT sequence, begun, postings_since FROM stock_report`,
  );
  if (row === undefined) return null;
  return { sequence: BigInt(row.sequence), begun: row.begun, postingsSince: row.postings_since };
}

const unreported = `
SELECT p.event_id, leg.location, p.movement->>'productCode' AS product,
       coalesce(p.movement->>'lotNumber', p.movement->>'serialNumber', '') AS lot,
       CASE WHEN p.state = 'posted' THEN p.posted_at END AS posted_at
  FROM posting p
 CROSS JOIN LATERAL (VALUES (p.movement->>'fromLocation'), (p.movement->>'toLocation')) AS leg (location)
 WHERE (p.state = 'posted' AND p.posted_at >= $1
        AND NOT EXISTS (SELECT FROM reported_leg r WHERE r.event_id = p.event_id AND r.location = leg.location)
        OR p.state = 'posting' OR (p.state = 'pending' AND p.document IS NOT NULL))
   AND EXISTS (SELECT FROM master_record m WHERE m.model = 'stock.location' AND m.code = leg.location
                AND m.data->>'usage' = 'internal')`;

/**
 * The ends at internal locations of what was posted and is in no report of them yet, and of what may or may not be in
 * Odoo: its document is fixed and its outcome not known.
 */
export async function unreportedLegs(query: Query, last: LastReport | null): Promise<PostingLeg[]> {
  const since = last === null ? new Date(0) : new Date(last.postingsSince.getTime() - longestTransactionMs);
  const rows = await query.query<{
    event_id: EventId;
    location: string;
    product: string;
    lot: string;
    posted_at: Date | null;
  }>(unreported, [since]);
  return rows.map(({ event_id: eventId, location, product, lot, posted_at: postedAt }) => {
    return { eventId, locationCode: location, productCode: product, lotNumber: lot, postedAt };
  });
}

/** What was last told of every balance that is not zero. */
export async function toldBalances(query: Query): Promise<Balance[]> {
  const rows = await query.query<{
    location_code: string;
    product_code: string;
    lot_number: string;
    is_serial: boolean;
    quantity: string;
    unit: string;
  }>(`SELECT * FROM reported_balance`);
  return rows.map((row) => ({
    locationCode: row.location_code,
    productCode: row.product_code,
    lotNumber: row.lot_number,
    isSerial: row.is_serial,
    quantity: new Decimal(row.quantity),
    unit: row.unit,
  }));
}

/** Which of these transfers are ours, by Odoo's ids. */
export async function ownPickings(query: Query, ids: readonly number[]): Promise<Set<number>> {
  const rows = await query.query<{ record_id: string }>(
    `SELECT DISTINCT record_id FROM posting WHERE model = 'stock.picking' AND record_id = ANY($1::bigint[])`,
    [ids],
  );
  return new Set(rows.map(({ record_id: id }) => Number(id)));
}

/** The kind of each location by its code, and codes by Odoo's ids. */
export async function locationUsages(
  query: Query,
): Promise<Map<number, { readonly code: string; readonly usage: string }>> {
  const rows = await query.query<{ odoo_id: string; code: string; usage: string }>(
    `SELECT odoo_id, code, data->>'usage' AS usage FROM master_record WHERE model = 'stock.location'`,
  );
  return new Map(rows.map(({ odoo_id: id, code, usage }) => [Number(id), { code, usage }]));
}

/** Notes a report: what it told of each balance, which ends of postings it contains, and where the next one goes on. */
export async function noteReport(tx: Transaction, report: StockReport, postingsSince: Date): Promise<void> {
  await noteBalances(
    tx,
    report.lines.map(({ balance }) => balance),
  );
  const legs = report.lines.flatMap((line) => line.legs);
  await tx.query(
    `INSERT INTO reported_leg (event_id, location, posted_at)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) ON CONFLICT DO NOTHING`,
    [legs.map((leg) => leg.eventId), legs.map((leg) => leg.locationCode), legs.map((leg) => leg.postedAt)],
  );
  await tx.query(`DELETE FROM reported_leg WHERE posted_at < $1`, [
    new Date(postingsSince.getTime() - 2 * longestTransactionMs),
  ]);
  await tx.query(
    `INSERT INTO stock_report (sequence, begun, postings_since) VALUES ($1, $2, $3)
     ON CONFLICT (singleton) DO UPDATE SET sequence = excluded.sequence, begun = excluded.begun,
       postings_since = excluded.postings_since`,
    [String(report.sequence), report.begun, postingsSince],
  );
}

async function noteBalances(tx: Transaction, balances: readonly Balance[]): Promise<void> {
  await tx.query(
    `INSERT INTO reported_balance (location_code, product_code, lot_number, quantity, unit, is_serial)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::text[], $6::boolean[])
     ON CONFLICT (location_code, product_code, lot_number) DO UPDATE
       SET quantity = excluded.quantity, unit = excluded.unit, is_serial = excluded.is_serial`,
    [
      balances.map(({ locationCode }) => locationCode),
      balances.map(({ productCode }) => productCode),
      balances.map(({ lotNumber }) => lotNumber),
      balances.map(({ quantity }) => quantity.toFixed()),
      balances.map(({ unit }) => unit),
      balances.map(({ isSerial }) => isSerial),
    ],
  );
  await tx.query(`DELETE FROM reported_balance WHERE quantity = 0`);
}
