import { Decimal } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';

/** A movement that Odoo ought to have and has not. */
export interface OpenMovement {
  readonly eventId: string;
  readonly location: string;
  readonly productCode: string;
  readonly lot: string;
  readonly isSerial: boolean;
  readonly unit: string;
  readonly quantity: Decimal;
  readonly recordedAt: Date;
  readonly posting: { readonly state: string; readonly code: string | null; readonly message: string | null } | null;
}

/** A record that was accepted and what the ledger made of it. */
export interface RecordBooking {
  readonly eventId: string;
  readonly recordEventId: string;
  readonly kind: string;
  readonly source: string;
  readonly location: string;
  readonly productCode: string;
  readonly lot: string;
  readonly quantity: Decimal;
  readonly factor: Decimal | null;
  readonly acceptedAt: Date;
  readonly movements: readonly { readonly eventId: string; readonly quantity: Decimal; readonly lot: string }[];
}

const most = 1_000;

const openMovements = `
SELECT m.event_id, e.location, m.product_code, m.lot, m.is_serial, m.unit, e.quantity, m.recorded_at, p.state, p.code, p.message
  FROM leg e JOIN movement m USING (event_id)
  JOIN location l ON l.code = e.location AND l.usage = 'internal'
  LEFT JOIN posting p USING (event_id)
 WHERE e.contained_in IS NULL AND NOT e.of_odoo AND (p.state IN ('REFUSED', 'ALONE')
    OR (m.recorded_at < $1 AND (coalesce(p.state, '') NOT IN ('WITHHELD', 'RELEASED') OR p.at < $1)))
 ORDER BY m.recorded_at, m.event_id LIMIT ${most}`;

/** Movements that Odoo refused, and those not in a report of Odoo though booked before a moment; the oldest thousand. */
export async function openSince(tx: Transaction, before: Date): Promise<OpenMovement[]> {
  const rows = await tx.query<{
    event_id: string;
    location: string;
    product_code: string;
    lot: string;
    is_serial: boolean;
    unit: string;
    quantity: string;
    recorded_at: Date;
    state: string | null;
    code: string | null;
    message: string | null;
  }>(openMovements, [before]);
  return rows.map((row) => ({
    ...{ eventId: row.event_id, location: row.location, productCode: row.product_code, lot: row.lot, unit: row.unit },
    ...{ isSerial: row.is_serial, quantity: new Decimal(row.quantity), recordedAt: row.recorded_at },
    posting: row.state === null ? null : { state: row.state, code: row.code, message: row.message },
  }));
}

const records = `
SELECT r.*, coalesce((SELECT json_agg(json_build_object('eventId', m.event_id, 'quantity', m.quantity::text, 'lot', m.lot)
         ORDER BY m.recorded_at, m.event_id) FROM movement m WHERE m.causation_id = r.event_id), '[]') AS movements
  FROM accepted_record r WHERE NOT r.compared AND (r.movement IS NOT NULL OR r.accepted_at < $1)
 ORDER BY r.accepted_at, r.event_id LIMIT ${most}`;

/** Records not found right yet that the ledger has booked, or should have. */
export async function recordsToCompare(tx: Transaction, before: Date): Promise<RecordBooking[]> {
  const rows = await tx.query<{
    event_id: string;
    record_event_id: string;
    kind: string;
    source: string;
    location: string;
    product_code: string;
    lot: string;
    quantity: string;
    recorded_factor: string | null;
    accepted_at: Date;
    movements: { eventId: string; quantity: string; lot: string }[];
  }>(records, [before]);
  return rows.map((row) => ({
    ...{ eventId: row.event_id, recordEventId: row.record_event_id, kind: row.kind, source: row.source, lot: row.lot },
    ...{ location: row.location, productCode: row.product_code, quantity: new Decimal(row.quantity) },
    factor: row.recorded_factor === null ? null : new Decimal(row.recorded_factor),
    acceptedAt: row.accepted_at,
    movements: row.movements.map((movement) => ({ ...movement, quantity: new Decimal(movement.quantity) })),
  }));
}

/** Notes records that the ledger booked as they were accepted. */
export async function noteCompared(tx: Transaction, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length > 0)
    await tx.query(`UPDATE accepted_record SET compared = true WHERE event_id = ANY($1::uuid[])`, [eventIds]);
}

/** Postings in Odoo since before a moment whose movement the ledger never told of. */
export async function unknownPostings(
  tx: Transaction,
  before: Date,
): Promise<{ eventId: string; location: string; productCode: string; lot: string; since: Date }[]> {
  const rows = await tx.query<{ event_id: string; location: string; product_code: string; lot: string; since: Date }>(
    `SELECT * FROM ahead WHERE since < $1 ORDER BY since LIMIT ${most}`,
    [before],
  );
  return rows.map(({ event_id: eventId, product_code: productCode, location, lot, since }) => {
    return { eventId, productCode, location, lot, since };
  });
}
