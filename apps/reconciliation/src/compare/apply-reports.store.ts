import type { Transaction } from '@wardline/event-handling';

interface ReportRow {
  readonly report_id: string;
  readonly begun: Date;
  readonly whole: boolean;
  readonly unsettled: string[];
}

const nextComplete = `
SELECT r.report_id, r.begun, r.whole, r.unsettled FROM report r
  LEFT JOIN (SELECT sequence, begun FROM report WHERE ordinal IS NOT NULL ORDER BY ordinal DESC LIMIT 1) AS last ON true
 WHERE r.ordinal IS NULL AND (last.begun IS NULL OR r.begun > last.begun)
   AND (r.whole OR r.sequence = last.sequence + 1)
   AND r.balances = (SELECT count(*) FROM report_line l WHERE l.report_id = r.report_id)
 ORDER BY r.begun LIMIT 1`;

const latestBalances = `
INSERT INTO balance (location, product_code, lot, is_serial, unit, odoo, odoo_unit)
SELECT DISTINCT ON (location, product_code, lot) location, product_code, lot, is_serial, unit, quantity, unit
  FROM report_line WHERE ordinal = $1 ORDER BY location, product_code, lot, read_at DESC
ON CONFLICT (location, product_code, lot) DO UPDATE SET odoo = excluded.odoo, odoo_unit = excluded.odoo_unit`;

const goneBalances = `
UPDATE balance b SET odoo = 0
 WHERE odoo <> 0 AND NOT (b.location || '/' || b.product_code = ANY ($2))
   AND NOT EXISTS (SELECT FROM report_line l WHERE l.report_id = $1
     AND (l.location, l.product_code, l.lot) = (b.location, b.product_code, b.lot))`;

const postingsOf = `
SELECT DISTINCT ON (c.event_id, l.location) c.event_id, l.location, l.product_code, l.lot, l.ordinal, l.read_at
  FROM report_line l CROSS JOIN LATERAL unnest(l.postings) AS c (event_id) WHERE l.ordinal = $1
 ORDER BY c.event_id, l.location, l.read_at`;

/**
 * Takes every report that is complete, in order: one after the other, or from a whole one when something between is
 * missing. Each gets the next ordinal; what it says of balances counts from then on.
 */
export async function applyReports(tx: Transaction): Promise<number> {
  for (let applied = 0; ; applied += 1) {
    const [report] = await tx.query<ReportRow>(nextComplete);
    if (report === undefined) return applied;
    const [next] = await tx.query<{ ordinal: string }>(
      `UPDATE report SET ordinal = (SELECT coalesce(max(ordinal), 0) + 1 FROM report) WHERE report_id = $1 RETURNING ordinal`,
      [report.report_id],
    );
    const ordinal = next!.ordinal;
    await tx.query(`UPDATE report_line SET ordinal = $1 WHERE ordinal IS NULL AND read_at <= $2`, [
      ordinal,
      report.begun,
    ]);
    await tx.query(latestBalances, [ordinal]);
    if (report.whole) await tx.query(goneBalances, [report.report_id, report.unsettled]);
    await tx.query(`INSERT INTO ahead ${postingsOf} ON CONFLICT DO NOTHING`, [ordinal]);
  }
}

const meetAhead = `
WITH met AS (
  DELETE FROM ahead a USING leg l WHERE (l.event_id, l.location) = (a.event_id, a.location) RETURNING a.*
)
UPDATE leg SET contained_in = met.ordinal FROM met
 WHERE (leg.event_id, leg.location) = (met.event_id, met.location) AND leg.contained_in IS NULL`;

const meetOdoo = `
UPDATE leg SET contained_in = (
  SELECT min(r.ordinal) FROM report r
   WHERE r.ordinal IS NOT NULL AND r.begun >= leg.occurred_at
     AND NOT (leg.location || '/' || leg.product_code = ANY (r.unsettled)))
 WHERE of_odoo AND contained_in IS NULL`;

const nowhereReported = `DELETE FROM leg USING location l WHERE contained_in IS NULL AND l.code = leg.location AND l.usage <> 'internal'`;

/** What an old interface did instead of us is in the first report after it. */
const meetElsewhere = `
UPDATE leg SET contained_in = (
  SELECT min(r.ordinal) FROM report r
   WHERE r.ordinal IS NOT NULL AND r.begun >= p.moved_at
     AND NOT (leg.location || '/' || leg.product_code = ANY (r.unsettled)))
  FROM posting p
 WHERE p.event_id = leg.event_id AND p.state = 'ELSEWHERE' AND leg.contained_in IS NULL`;

/**
 * Puts together what came on different topics, in whatever order: postings in Odoo and the movements they are of, movements
 * that Odoo knew without a posting and the first report after them, openings and records and the movements they led to. What
 * a movement did to a place that was told of later, and is no internal one, waits for no report.
 */
export async function meetMovements(tx: Transaction): Promise<void> {
  await tx.query(nowhereReported);
  await tx.query(meetAhead);
  await tx.query(meetOdoo);
  await tx.query(meetElsewhere);
  await tx.query(`DELETE FROM awaited a USING movement m WHERE m.causation_id = a.cause_id`);
  await tx.query(
    `UPDATE accepted_record SET movement = m.event_id FROM movement m WHERE accepted_record.movement IS NULL AND m.causation_id = accepted_record.event_id`,
  );
}

/** One replica compares at a time, for the length of a transaction; false when another does. */
export async function takeTurn(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtext('reconciliation')) AS taken`,
  );
  return row?.taken === true;
}

/** The report that counts now. */
export async function lastTaken(
  query: Pick<Transaction, 'query'>,
): Promise<{ readonly sequence: bigint; readonly begun: Date; readonly held: number } | null> {
  const [row] = await query.query<{ sequence: string; begun: Date; held: number }>(
    `SELECT sequence, begun, held FROM report WHERE ordinal IS NOT NULL ORDER BY ordinal DESC LIMIT 1`,
  );
  return row === undefined ? null : { sequence: BigInt(row.sequence), begun: row.begun, held: row.held };
}
