import { Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';
import { virtualLocation } from '../movement.js';

/** A movement that took more than the ledger had: what was booked before its receipt. Quantities are decimal text. */
export interface TakenBelowZero {
  readonly position: string;
  readonly eventId: string;
  /** The record that it books. */
  readonly sourceEventId: string;
  readonly movementType: string;
  readonly quantity: string;
  /** How much of it was not there. */
  readonly uncovered: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** When the ledger had it again, and by which movement; null while it waits. */
  readonly settledAt: string | null;
  readonly settledBy: string | null;
}

/** A balance with the movements that took more than it had. */
export interface NettingLine {
  readonly location: string;
  readonly productCode: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly onHand: string;
  readonly unit: string;
  readonly movements: readonly TakenBelowZero[];
}

/** Which balances to look at; `settled` shows what has been settled instead of what waits. */
export interface NettingQuery {
  readonly location?: string | undefined;
  readonly product?: string | undefined;
  readonly settled: boolean;
  readonly limit: number;
}

const lines = `
SELECT b.location, b.product_code AS "productCode", nullif(b.lot_number, '') AS "lotNumber",
  nullif(b.serial_number, '') AS "serialNumber", b.quantity AS "onHand", b.unit, taken.movements
FROM (
  SELECT * FROM stock_balance
  WHERE (quantity < 0 OR $3) AND location <> ALL ($1::text[])
    AND ($4::text IS NULL OR location = $4) AND ($5::text IS NULL OR product_code = $5)
  ORDER BY location, product_code, lot_number, serial_number LIMIT $2
) AS b
CROSS JOIN LATERAL (
  SELECT json_agg(json_build_object('position', m.position::text, 'eventId', m.event_id, 'sourceEventId', m.source_event_id,
    'movementType', m.movement_type, 'quantity', m.quantity::text, 'uncovered', t.uncovered::text,
    'occurredAt', m.occurred_at, 'recordedAt', m.recorded_at, 'settledAt', s.recorded_at, 'settledBy', s.event_id)
    ORDER BY m.position) AS movements
  FROM stock_taken_below_zero(b.location, b.product_code, b.lot_number, b.serial_number) t
  JOIN stock_movement m ON m.position = t.movement_position
  LEFT JOIN stock_movement s ON s.position = t.settled_by
  WHERE (t.settled_by IS NOT NULL) = $3
) AS taken
WHERE taken.movements IS NOT NULL`;

const onTheWay = `
SELECT w.transfer_reference AS "transferReference", w.product_code AS "productCode",
  nullif(w.lot_number, '') AS "lotNumber", nullif(w.serial_number, '') AS "serialNumber", w.quantity, w.shipped, w.unit,
  w.since, w.shipped_from AS "from",
  ARRAY(SELECT DISTINCT o.to_location_code FROM stock_movement m JOIN stock_operation o ON o.event_id = m.source_event_id
        WHERE m.transfer_reference = w.transfer_reference AND o.operation = 'SHIPPED') AS "to"
FROM stock_on_the_way w
WHERE w.quantity <> 0 AND ($1::text IS NULL OR w.transfer_reference = $1) AND ($2::text IS NULL OR w.product_code = $2)
ORDER BY w.since, w.transfer_reference, w.product_code, w.lot_number, w.serial_number LIMIT $3`;

/** Of a transfer in two steps what has not arrived. */
export interface OnTheWayLine {
  readonly transferReference: string;
  readonly productCode: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  /** What has not arrived, of what was shipped. */
  readonly quantity: string;
  readonly shipped: string;
  readonly unit: string;
  readonly since: Date;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** Reads what the ledger waits for: receipts of what was taken before, arrivals of what was shipped. */
@Injectable()
export class NettingQueue {
  constructor(private readonly database: Database) {}

  /** Balances below zero with the movements that wait for a receipt, or those that have been settled. */
  async lines({ location, product, settled, limit }: NettingQuery): Promise<NettingLine[]> {
    const shelvesOnly = Object.values(virtualLocation);
    return this.database.query<NettingLine>(lines, [shelvesOnly, limit, settled, location, product]);
  }

  /** What is on the way, the oldest shipment first. */
  async onTheWay(transfer: string | undefined, product: string | undefined, limit: number): Promise<OnTheWayLine[]> {
    return this.database.query<OnTheWayLine>(onTheWay, [transfer, product, limit]);
  }
}
