import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import { parkedMessage, type ParkedMessage, type ParkedRow } from '../parking/parked.store.js';

/** An edited version of a parked message. */
export interface EditedVersion {
  readonly exceptionId: EventId;
  readonly payload: Buffer;
  readonly editedBy: string;
  readonly approvedBy: string | null;
  readonly now: Date;
}

/** Writes an edited version at the place of its original, which has to be settled as superseded in the same transaction. */
export async function insertVersion(
  tx: Transaction,
  original: ParkedMessage,
  version: EditedVersion,
): Promise<ParkedMessage> {
  const { exceptionId, payload, editedBy, approvedBy, now } = version;
  const rows = await tx.query<ParkedRow>(
    `INSERT INTO delivery.parked (exception_id, state, holds_key, topic, partition, record_offset, key, full_key, payload, headers,
       message_timestamp, received_at, event_id, correlation_id, record_type, next_attempt_at, parked_at, place, supersedes, edited_by, approved_by)
     SELECT $2, 'retrying', holds_key, topic, partition, record_offset, key, full_key, $3, headers,
       message_timestamp, received_at, event_id, correlation_id, record_type, $6, $6, place, exception_id, $4, $5
       FROM delivery.parked WHERE id = $1 RETURNING *`,
    [String(original.id), exceptionId, payload, editedBy, approvedBy, now],
  );
  return parkedMessage(rows[0]!);
}
