import { Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import type { ToldMovement } from './movement-event.js';

/** Which movements to tell, in order of position. A time from is included, a time to is not. */
export interface ToldQuery {
  readonly recordedFrom: Date | null;
  readonly recordedTo: Date | null;
  readonly occurredFrom: Date | null;
  readonly occurredTo: Date | null;
  readonly eventId: string | null;
  readonly gtin: string | null;
  /** A lot or serial number. */
  readonly lot: string | null;
  /** Go on after this position. */
  readonly after: string;
  readonly limit: number;
}

/* `m` is a line of the ledger, `e` the movement that it tells of: itself, or the one that it takes back. */
const told = `
SELECT m.position, e.event_id AS "eventId", e.movement_type AS "movementType", e.product_code AS "productCode", p.gtin,
  nullif(e.lot_number, '') AS "lotNumber", nullif(e.serial_number, '') AS "serialNumber",
  e.from_location AS "fromLocation", e.to_location AS "toLocation", e.quantity, e.unit,
  e.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt", e.transfer_reference AS "transferReference",
  e.document_reference AS "documentReference",
  CASE WHEN m.reverses IS NOT NULL THEN m.recorded_at END AS "undoneAt"
FROM stock_movement m
JOIN stock_movement e ON e.event_id = coalesce(m.reverses, m.event_id)
LEFT JOIN product p ON p.product_code = e.product_code
WHERE m.position > $1
  AND ($2::timestamptz IS NULL OR m.recorded_at >= $2) AND ($3::timestamptz IS NULL OR m.recorded_at < $3)
  AND ($4::timestamptz IS NULL OR e.occurred_at >= $4) AND ($5::timestamptz IS NULL OR e.occurred_at < $5)
  AND ($6::uuid IS NULL OR e.event_id = $6) AND ($7::text IS NULL OR p.gtin = $7)
  AND ($8::text IS NULL OR $8 IN (e.lot_number, e.serial_number))
ORDER BY m.position LIMIT $9`;

/** Reads the ledger for trading partners. */
@Injectable()
export class ToldMovements {
  constructor(private readonly database: Database) {}

  async read(query: ToldQuery): Promise<ToldMovement[]> {
    const { after, recordedFrom, recordedTo, occurredFrom, occurredTo, eventId, gtin, lot, limit } = query;
    const times = [recordedFrom, recordedTo, occurredFrom, occurredTo];
    return this.database.query<ToldMovement>(told, [after, ...times, eventId, gtin, lot, limit]);
  }
}
