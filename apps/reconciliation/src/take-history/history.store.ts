import type {
  ConsumptionAccepted,
  OdooStockReportCompleted,
  OdooStockReported,
  OpeningBalanceReported,
  PostingRefused,
  PostingSucceeded,
  StockMoved,
} from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import { changedAfterDone, correctionReference, lotOf } from '../place.js';

const takeMovements = `
WITH given AS (
  SELECT * FROM jsonb_populate_recordset(NULL::movement, $1)
), fresh AS (
  INSERT INTO movement SELECT * FROM given ORDER BY event_id ON CONFLICT (event_id) DO NOTHING RETURNING *
), ends AS (
  SELECT m.*, e.location, e.effect,
         m.interface = 'odoo' OR coalesce(m.document_reference, '') LIKE '${correctionReference}%' AS of_odoo,
         m.interface = 'odoo' AND (m.movement_type = 'ADJUSTMENT' AND m.reason IS DISTINCT FROM 'opening balance'
           OR coalesce(m.reason, '') LIKE '${changedAfterDone}%') AS unapproved
    FROM fresh m CROSS JOIN LATERAL (VALUES (m.from_location, -m.quantity), (m.to_location, m.quantity)) AS e (location, effect)
), legs AS (
  INSERT INTO leg (event_id, location, product_code, lot, quantity, of_odoo, occurred_at)
  SELECT event_id, location, product_code, lot, effect, of_odoo, occurred_at FROM ends
   WHERE NOT EXISTS (SELECT FROM location l WHERE l.code = ends.location AND l.usage <> 'internal')
), booked AS (
  UPDATE accepted_record SET compared = false WHERE compared AND event_id = ANY (ARRAY(SELECT causation_id FROM fresh))
)
INSERT INTO balance (location, product_code, lot, is_serial, unit, ledger, unapproved)
SELECT location, product_code, lot, bool_or(is_serial), min(unit), sum(effect),
       coalesce(sum(effect) FILTER (WHERE unapproved), 0)
  FROM ends GROUP BY location, product_code, lot ORDER BY location, product_code, lot
ON CONFLICT (location, product_code, lot) DO UPDATE
  SET ledger = balance.ledger + excluded.ledger, unapproved = balance.unapproved + excluded.unapproved`;

/**
 * Movements of the ledger, with what they do to each of their two locations. Odoo's reports tell of internal locations, so
 * at another one nothing waits for a report.
 */
export async function keepMovements(tx: Transaction, movements: readonly StockMoved[]): Promise<void> {
  const rows = movements.map((data) => ({
    ...{ event_id: data.eventId, causation_id: data.causationId, movement_type: data.movementType },
    ...{ product_code: data.productCode, from_location: data.fromLocation, to_location: data.toLocation },
    ...{ lot: lotOf(data), is_serial: data.serialNumber !== null, quantity: data.quantity.toFixed(), unit: data.unit },
    ...{ interface: data.interface, actor: data.actor, reason: data.reason },
    document_reference: data.documentReference,
    ...{ occurred_at: data.occurredAt, recorded_at: data.recordedAt },
  }));
  await tx.query(takeMovements, [JSON.stringify(rows)]);
}

const takePostings = `
INSERT INTO posting SELECT * FROM jsonb_populate_recordset(NULL::posting, $1) ORDER BY event_id
ON CONFLICT (event_id) DO UPDATE SET state = excluded.state, reference = excluded.reference, code = excluded.code,
  message = excluded.message, at = excluded.at
WHERE posting.state <> 'POSTED'`;

/** What became of postings; a posted one stays posted. */
export async function keepPostings(
  tx: Transaction,
  postings: readonly (PostingSucceeded | PostingRefused)[],
): Promise<void> {
  const rows = new Map(
    postings.map((data) => [
      data.sourceEventId,
      'code' in data
        ? {
            state: 'REFUSED',
            code: data.code,
            message: data.message,
            event_id: data.sourceEventId,
            at: data.occurredAt,
          }
        : { state: 'POSTED', reference: data.reference, event_id: data.sourceEventId, at: data.postedAt },
    ]),
  );
  await tx.query(takePostings, [JSON.stringify([...rows.values()])]);
}

const takeRecords = `
INSERT INTO accepted_record
SELECT * FROM jsonb_populate_recordset(NULL::accepted_record, $1) ORDER BY event_id
ON CONFLICT (event_id) DO NOTHING`;

/** Records that were accepted, each once: they come on two topics. */
export async function keepRecords(tx: Transaction, accepted: readonly ConsumptionAccepted[]): Promise<void> {
  const rows = accepted.map((data) => ({
    ...{ event_id: data.eventId, record_event_id: data.recordEventId, kind: data.kind, location: data.locationCode },
    ...{
      product_code: data.productCode,
      lot: lotOf(data),
      quantity: data.quantity.toFixed(),
      source: data.recordSource,
    },
    recorded_factor: data.recordedQuantity.isZero() ? null : data.quantity.div(data.recordedQuantity).toFixed(12),
    ...{ accepted_at: data.recordedAt, compared: false },
  }));
  await tx.query(takeRecords, [JSON.stringify(rows)]);
}

const takeOpenings = `
INSERT INTO awaited
SELECT * FROM jsonb_populate_recordset(NULL::awaited, $1) ORDER BY cause_id
ON CONFLICT (cause_id) DO NOTHING`;

/** Opening balances that the ledger will book: until it has, Odoo is ahead of it. */
export async function keepOpenings(tx: Transaction, reported: readonly OpeningBalanceReported[]): Promise<void> {
  const rows = reported
    .filter(({ quantity }) => !quantity.isZero())
    .map((data) => ({
      ...{ cause_id: data.eventId, location: data.locationCode, product_code: data.productCode, lot: lotOf(data) },
      since: data.occurredAt,
    }));
  await tx.query(takeOpenings, [JSON.stringify(rows)]);
}

const takeLines = `
INSERT INTO report_line SELECT * FROM jsonb_populate_recordset(NULL::report_line, $1) ORDER BY report_id, location, product_code, lot
ON CONFLICT DO NOTHING`;

/** Balances of reports of Odoo; they count when their report is complete. */
export async function keepReportLines(tx: Transaction, lines: readonly OdooStockReported[]): Promise<void> {
  const rows = lines.map((data) => ({
    ...{ report_id: data.reportId, location: data.locationCode, product_code: data.productCode, lot: lotOf(data) },
    ...{
      is_serial: data.serialNumber !== null,
      quantity: data.quantity.toFixed(),
      unit: data.unit,
      read_at: data.readAt,
    },
    postings: data.postings,
    changes: data.changes.map(({ lineId, userId, quantity, ...move }) => {
      return {
        ...move,
        quantity: quantity.toFixed(),
        lineId: String(lineId),
        userId: userId === null ? null : String(userId),
      };
    }),
  }));
  await tx.query(takeLines, [JSON.stringify(rows)]);
}

const takeReports = `
INSERT INTO report SELECT * FROM jsonb_populate_recordset(NULL::report, $1) ORDER BY report_id ON CONFLICT DO NOTHING`;

/** Reports of Odoo, by their completion. */
export async function keepReports(tx: Transaction, reports: readonly OdooStockReportCompleted[]): Promise<void> {
  const rows = reports.map(({ reportId, sequence, begun, whole, balances, held, unsettled }) => {
    return { report_id: reportId, sequence: String(sequence), begun, whole, balances, held, unsettled };
  });
  await tx.query(takeReports, [JSON.stringify(rows)]);
}
