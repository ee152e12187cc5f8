import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@wardline/event-contracts';
import { Database } from '@wardline/outbox';

/** What became of a record that has its terminal receipt. Quantities are decimal text. */
export type SettledReceipt = AcceptedReceipt | RefusedReceipt;

interface AcceptedReceipt {
  readonly recordEventId: string;
  readonly outcome: 'accepted';
  readonly settledAt: Date;
  readonly kind: string;
  readonly reverses: string | null;
  readonly reversedBy: string | null;
  readonly productCode: string;
  readonly locationCode: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  readonly quantity: string;
  readonly unit: string;
  readonly warnings: readonly string[];
}

interface RefusedReceipt {
  readonly recordEventId: string;
  readonly outcome: 'refused';
  readonly settledAt: Date;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly owner: string;
}

/** Where a record stands that has no terminal receipt yet. */
export interface PendingReceipt {
  readonly recordEventId: string;
  readonly outcome: 'held';
  readonly since: Date;
  readonly code: string;
  readonly message: string;
  readonly owner: string;
}

const accepted = `
SELECT event_id AS "recordEventId", outcome, settled_at AS "settledAt", kind, reverses, reversed_by AS "reversedBy",
  product_code AS "productCode", location_code AS "locationCode", lot_number AS "lotNumber", serial_number AS "serialNumber",
  expiry_date AS "expiryDate", quantity, unit, warnings
FROM consumption_record WHERE event_id = $1 AND outcome = 'accepted'`;

const refused = `
SELECT event_id AS "recordEventId", outcome, settled_at AS "settledAt", code, message, remedy, owner
FROM consumption_record WHERE event_id = $1 AND outcome = 'refused'`;

/** The delivery library keeps what is parked in this service's own database; it is only read here. */
const pending = `
SELECT event_id AS "recordEventId", 'held' AS outcome, parked_at AS since, coalesce(code, 'WAITS_BEHIND') AS code,
  coalesce(message, 'An earlier record of the same location and product waits.') AS message, coalesce(owner, 'master-data') AS owner
FROM delivery.parked WHERE event_id = $1 AND topic = $2 AND state IN ('waiting', 'parked', 'retrying') LIMIT 1`;

/** Reads what became of records; nobody's pseudonym is kept, so none can be shown. */
@Injectable()
export class ReceiptStore {
  constructor(private readonly database: Database) {}

  async settled(eventId: string): Promise<SettledReceipt | null> {
    const [receipt] = [
      ...(await this.database.query<AcceptedReceipt>(accepted, [eventId])),
      ...(await this.database.query<RefusedReceipt>(refused, [eventId])),
    ];
    return receipt ?? null;
  }

  async pending(eventId: string, topic: string): Promise<PendingReceipt | null> {
    return (await this.database.query<PendingReceipt>(pending, [eventId, topic]))[0] ?? null;
  }
}
