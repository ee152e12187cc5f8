import { Decimal, type EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';
import type { Balance, PostingLeg, StockReport } from './stock-report.js';

/** The last report: its number, and when it began. */
export interface LastReport {
  readonly sequence: bigint;
  readonly begun: Date;
}

/** The last report; null before the first. */
export async function lastReport(query: Query): Promise<LastReport | null> {
  const [row] = await query.query<{ sequence: string; begun: Date }>(`SELECT sequence, begun FROM stock_report`);
  return row === undefined ? null : { sequence: BigInt(row.sequence), begun: row.begun };
}

// Open postings by themselves first: Postgres would rather go through every document there ever was.
const unreported = `
WITH open AS MATERIALIZED (
  SELECT event_id, movement, document FROM posting WHERE state IN ('pending', 'posting')
), leg AS (
  SELECT event_id, location, product_code AS product, lot_number AS lot, posted_at FROM unreported_leg
  UNION ALL
  SELECT event_id, ends.location, movement->>'productCode', coalesce(movement->>'lotNumber', movement->>'serialNumber', ''), NULL
    FROM open CROSS JOIN LATERAL (VALUES (movement->>'fromLocation'), (movement->>'toLocation')) AS ends (location)
   WHERE document IS NOT NULL
)
SELECT leg.*, coalesce(named.unit, '') AS unit, coalesce(named.is_serial, false) AS is_serial
  FROM leg LEFT JOIN LATERAL (
    SELECT p.data->>'unit' AS unit, p.data->>'tracking' = 'SERIAL' AS is_serial FROM master_record p
     WHERE p.model = 'product.product' AND p.code = leg.product ORDER BY p.active DESC, p.odoo_id LIMIT 1
  ) AS named ON true
 WHERE EXISTS (SELECT FROM master_record m WHERE m.model = 'stock.location' AND m.code = leg.location
                AND m.data->>'usage' = 'internal')`;

/**
 * The ends at internal locations of what was posted and is in no report of them yet, and of what may or may not be in
 * Odoo: its document is fixed and its outcome not known.
 */
export async function unreportedLegs(query: Query): Promise<PostingLeg[]> {
  const rows = await query.query<{
    event_id: EventId;
    location: string;
    product: string;
    lot: string;
    unit: string;
    is_serial: boolean;
    posted_at: Date | null;
  }>(unreported);
  return rows.map(({ event_id: eventId, location, product, lot, unit, is_serial: isSerial, posted_at: postedAt }) => {
    return { eventId, locationCode: location, productCode: product, lotNumber: lot, isSerial, unit, postedAt };
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

const nowReported = `
DELETE FROM unreported_leg u USING unnest($1::uuid[], $2::text[]) AS reported (event_id, location)
 WHERE (u.event_id, u.location) = (reported.event_id, reported.location)`;

const neverReported = `
DELETE FROM unreported_leg u USING master_record m
 WHERE m.model = 'stock.location' AND m.code = u.location AND m.data->>'usage' <> 'internal'`;

/**
 * Notes a report: what it told of each balance, and which ends of postings it contains. Ends at places that turned out to be
 * no internal ones are in no report ever.
 */
export async function noteReport(tx: Transaction, { lines, sequence, begun }: StockReport): Promise<void> {
  await noteBalances(
    tx,
    lines.map(({ balance }) => balance),
  );
  const legs = lines.flatMap((line) => line.legs);
  await tx.query(nowReported, [legs.map((leg) => leg.eventId), legs.map((leg) => leg.locationCode)]);
  await tx.query(neverReported);
  await tx.query(
    `INSERT INTO stock_report (sequence, begun) VALUES ($1, $2)
     ON CONFLICT (singleton) DO UPDATE SET sequence = excluded.sequence, begun = excluded.begun`,
    [String(sequence), begun],
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
