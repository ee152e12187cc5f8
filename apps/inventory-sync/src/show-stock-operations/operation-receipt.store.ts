import { Injectable } from '@nestjs/common';
import { Topic } from '@wardline/event-contracts';
import { Database } from '@wardline/outbox';

/** What became of a stock operation record; nobody's pseudonym is shown. */
export interface OperationReceipt {
  readonly recordEventId: string;
  readonly outcome: 'accepted' | 'refused' | 'held';
  readonly at: Date;
  readonly operation: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
  readonly owner: string | null;
  readonly movementEventId: string | null;
  readonly reversedBy: string | null;
  readonly warnings: readonly string[];
}

/** The delivery library keeps what is parked in this service's own database; it is only read here. */
const receipt = `
SELECT event_id AS "recordEventId", outcome, settled_at AS at, operation, code, message, remedy, owner,
  movement_event_id AS "movementEventId", reversed_by AS "reversedBy", warnings
FROM stock_operation WHERE event_id = $1
UNION ALL
SELECT event_id, 'held', parked_at, NULL, coalesce(code, 'WAITS_BEHIND'),
  coalesce(message, 'An earlier record of the same location and product waits.'), NULL, owner, NULL, NULL, '{}'
FROM delivery.parked WHERE event_id = $1 AND topic = $2 AND state IN ('waiting', 'parked', 'retrying') LIMIT 1`;

/** Answers for one record whether it was taken. */
@Injectable()
export class OperationReceipts {
  constructor(private readonly database: Database) {}

  /** Null when no such record has arrived. */
  async of(eventId: string): Promise<OperationReceipt | null> {
    return (await this.database.query<OperationReceipt>(receipt, [eventId, Topic.WarehouseScan]))[0] ?? null;
  }
}
