import type { Transaction } from '@wardline/event-handling';
import type { Actor } from './operation.js';

/** Lets an operation begin that awaits approval; false when it awaits none, or was asked for by the same person. */
export async function approveOperation(
  tx: Transaction,
  operationId: string,
  { by, via }: Actor,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE delivery.operation SET state = 'running', approved_by = $2, approved_via = $3, approved_at = $4
      WHERE operation_id = $1 AND state = 'awaiting-approval' AND lower(requested_by) <> lower($2) RETURNING number`,
    [operationId, by, via, now],
  );
  return rows.length > 0;
}

/** Ends an operation before its time: what it has not begun is skipped. False when it has ended already. */
export async function cancelOperation(
  tx: Transaction,
  operationId: string,
  { by, via }: Actor,
  now: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE delivery.operation SET state = 'cancelled', cancelled_by = $2, cancelled_via = $3, finished_at = $4
      WHERE operation_id = $1 AND state IN ('awaiting-approval', 'running') RETURNING number`,
    [operationId, by, via, now],
  );
  if (rows.length === 0) return false;
  await tx.query(
    `UPDATE delivery.operation_item SET outcome = 'skipped', reason_code = 'CANCELLED', reason_message = $2, ended_at = $3
      WHERE operation_id = $1 AND outcome = 'planned'`,
    [operationId, `${by} cancelled the operation before its turn came.`, now],
  );
  return true;
}
