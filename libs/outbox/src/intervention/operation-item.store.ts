import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Effect, ItemReason, Operation, OperationAction } from './operation.js';

/** What the runner has to know of a running operation. */
export interface RunningOperation extends Pick<Operation, 'by' | 'via' | 'reason' | 'force' | 'dryRun' | 'approvedBy'> {
  readonly operationId: EventId;
  readonly action: OperationAction;
  /** Of an edit: the merge patch. */
  readonly changes: Readonly<Record<string, unknown>> | null;
}

/** An item that is still to do, locked. */
export interface PlannedItem {
  readonly parkedId: string;
  readonly exceptionId: EventId;
  readonly eventId: EventId;
  /** What the message had failed with when it was seen. */
  readonly code: string | null;
  /** `changed_xid` of the message as it was seen. */
  readonly seenXid: string;
}

/** How an item ended. */
export interface ItemEnd {
  readonly outcome: 'done' | 'failed' | 'skipped';
  readonly reason?: ItemReason;
  readonly effect?: Effect;
}

/** Operations with something to do, the oldest first. */
export function runningOperations(reader: Pick<Transaction, 'query'>): Promise<RunningOperation[]> {
  return reader.query<RunningOperation>(
    `SELECT operation_id AS "operationId", action, dry_run AS "dryRun", force, requested_by AS by, requested_via AS via,
            reason, changes, approved_by AS "approvedBy"
       FROM delivery.operation WHERE state = 'running' ORDER BY number`,
  );
}

/**
 * Locks the next item of a running operation, by place; null when there is none, or others have them. An item whose key
 * has an earlier one still to do is left for later, so that instances side by side keep the order of a key. The subquery
 * keeps its index whatever the plan; as an anti-join it was planned to walk all that is still to do.
 */
export async function lockNextItem(tx: Transaction, operationId: EventId): Promise<PlannedItem | null> {
  const rows = await tx.query<PlannedItem>(
    `SELECT i.parked_id AS "parkedId", i.exception_id AS "exceptionId", i.event_id AS "eventId", i.code, i.seen_xid AS "seenXid"
       FROM delivery.operation_item i JOIN delivery.operation o USING (operation_id)
      WHERE i.operation_id = $1 AND i.outcome = 'planned' AND o.state = 'running'
        AND (i.key IS NULL OR i.place = (
          SELECT min(e.place) FROM delivery.operation_item e
           WHERE e.operation_id = i.operation_id AND e.topic = i.topic AND e.key = i.key AND e.outcome = 'planned'))
      ORDER BY i.place LIMIT 1 FOR UPDATE OF i SKIP LOCKED`,
    [operationId],
  );
  return rows[0] ?? null;
}

/** Locks the items of the same operation and key that come after one, by place; none for a message that holds no key. */
export function lockFollowers(tx: Transaction, operationId: EventId, parkedId: string): Promise<PlannedItem[]> {
  return tx.query<PlannedItem>(
    `SELECT i.parked_id AS "parkedId", i.exception_id AS "exceptionId", i.event_id AS "eventId", i.code, i.seen_xid AS "seenXid"
       FROM delivery.operation_item i
      WHERE i.operation_id = $1 AND i.outcome = 'planned'
        AND i.topic = (SELECT topic FROM delivery.operation_item WHERE operation_id = $1 AND parked_id = $2)
        AND i.key = (SELECT key FROM delivery.operation_item WHERE operation_id = $1 AND parked_id = $2)
        AND i.place > (SELECT place FROM delivery.operation_item WHERE operation_id = $1 AND parked_id = $2)
      ORDER BY i.place FOR UPDATE OF i`,
    [operationId, parkedId],
  );
}

/** Writes how an item ended; one that has ended stays as it is. */
export function endItem(tx: Transaction, operationId: EventId, parkedId: string, end: ItemEnd, now: Date): void {
  tx.write(
    `UPDATE delivery.operation_item SET outcome = $3, reason_code = $4, reason_message = $5, effect = $6, ended_at = $7
      WHERE operation_id = $1 AND parked_id = $2 AND outcome = 'planned'`,
    [
      ...[operationId, parkedId, end.outcome, end.reason?.code ?? null, end.reason?.message ?? null],
      ...[end.effect === undefined ? null : JSON.stringify(end.effect), now],
    ],
  );
}

/** Ends a running operation that has nothing left to do; false when it has, or has ended already. */
export async function finishOperation(tx: Transaction, operationId: EventId, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE delivery.operation o SET state = 'finished', finished_at = $2
      WHERE operation_id = $1 AND state = 'running' AND NOT EXISTS (
        SELECT 1 FROM delivery.operation_item i WHERE i.operation_id = o.operation_id AND i.outcome = 'planned') RETURNING number`,
    [operationId, now],
  );
  return rows.length > 0;
}

/** How often people had this event tried again when it had failed with this code; dry runs do not count. */
export async function triesByPeople(tx: Transaction, eventId: EventId, code: string): Promise<number> {
  const [row] = await tx.query<{ tries: number }>(
    `SELECT count(*)::int AS tries FROM delivery.operation_item i JOIN delivery.operation o USING (operation_id)
      WHERE i.event_id = $1 AND i.code = $2 AND i.outcome IN ('done', 'failed') AND o.action IN ('retry', 'edit') AND NOT o.dry_run`,
    [eventId, code],
  );
  return row!.tries;
}
