import { recordTypes } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import { maskedChanges } from './edited-record.js';
import type { ItemOutcome, Operation, OperationItem, OperationItemPage, OperationPage } from './operation.js';

type Reader = Pick<Transaction, 'query'>;
type OperationRow = Omit<Operation, 'counts'> &
  Record<ItemOutcome, number> & { readonly number: string; readonly recordType: string | null };
type ItemRow = Omit<OperationItem, 'reason'> & { parkedId: string; code: string | null; message: string | null };

/** Counts come from the items themselves: they cannot disagree with them. */
const selectOperations = `
SELECT number, operation_id AS "operationId", action, state, dry_run AS "dryRun", force, requested_by AS by, requested_via AS via,
       reason, changes, approved_by AS "approvedBy", cancelled_by AS "cancelledBy", requested_at AS "requestedAt", finished_at AS "finishedAt", counts.*,
       (SELECT i.record_type FROM delivery.operation_item i WHERE i.operation_id = o.operation_id AND o.action = 'edit') AS "recordType"
  FROM delivery.operation o CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE outcome = 'planned')::int AS planned, count(*) FILTER (WHERE outcome = 'done')::int AS done,
           count(*) FILTER (WHERE outcome = 'failed')::int AS failed, count(*) FILTER (WHERE outcome = 'skipped')::int AS skipped
      FROM delivery.operation_item i WHERE i.operation_id = o.operation_id) AS counts`;

/** One operation; null when there is none. */
export async function viewOperation(reader: Reader, operationId: string): Promise<Operation | null> {
  const rows = await reader.query<OperationRow>(`${selectOperations} WHERE operation_id = $1`, [operationId]);
  return rows[0] === undefined ? null : operation(rows[0]);
}

/** Which operations to list; absent fields do not restrict. */
export interface OperationFilter {
  readonly state?: readonly string[];
  /** Continue after this `cursor` of the previous page. */
  readonly after?: string;
  /** At most this many, 50 by default. */
  readonly limit?: number;
}

/** Lists operations, the newest first. */
export async function listOperations(reader: Reader, filter: OperationFilter): Promise<OperationPage> {
  const limit = filter.limit ?? 50;
  const rows = await reader.query<OperationRow>(
    `${selectOperations} WHERE ($1::bigint IS NULL OR number < $1) AND ($2::text[] IS NULL OR state = ANY($2))
      ORDER BY number DESC LIMIT $3`,
    [filter.after ?? null, filter.state ?? null, limit],
  );
  return { items: rows.map(operation), cursor: rows.length === limit ? rows.at(-1)!.number : null };
}

/** Which items of an operation to list. */
export interface ItemFilter {
  readonly outcome?: ItemOutcome;
  readonly after?: string;
  /** At most this many, 100 by default. */
  readonly limit?: number;
}

/** Lists the items of an operation in the order in which their messages were parked. */
export async function listItems(reader: Reader, operationId: string, filter: ItemFilter): Promise<OperationItemPage> {
  const limit = filter.limit ?? 100;
  const rows = await reader.query<ItemRow>(
    `SELECT parked_id AS "parkedId", exception_id AS "exceptionId", event_id AS "eventId", record_type AS "recordType", outcome,
            reason_code AS code, reason_message AS message, effect
       FROM delivery.operation_item
      WHERE operation_id = $1 AND ($2::text IS NULL OR outcome = $2) AND parked_id > $3 ORDER BY parked_id LIMIT $4`,
    [operationId, filter.outcome ?? null, filter.after ?? '0', limit],
  );
  return { items: rows.map(item), cursor: rows.length === limit ? rows.at(-1)!.parkedId : null };
}

function operation({ number: _, recordType, planned, done, failed, skipped, ...row }: OperationRow): Operation {
  const type = recordTypes.get(recordType ?? '');
  const changes = row.changes === null || type === undefined ? null : maskedChanges(type, row.changes);
  return { ...row, changes, counts: { planned, done, failed, skipped } };
}

function item({ parkedId: _, code, message, ...row }: ItemRow): OperationItem {
  return { ...row, reason: code === null ? null : { code, message: message ?? '' } };
}
