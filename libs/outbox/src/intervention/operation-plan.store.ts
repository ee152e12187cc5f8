import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import { criteriaCondition, criteriaValues, openCondition, statesOf } from '../parking/parked-view.store.js';
import type { Actor, GroupChoice, OperationAction, OperationState } from './operation.js';
import type { SeenSet } from './seen-set.js';

/** An operation to write; its items follow in the same transaction. */
export interface NewOperation extends Actor {
  readonly operationId: EventId;
  readonly action: OperationAction;
  readonly state: OperationState;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly reason: string | null;
  /** Of an edit: the merge patch. */
  readonly changes: object | null;
  readonly now: Date;
}

/** Writes an operation; false when there is one with this id already. */
export async function insertOperation(tx: Transaction, operation: NewOperation): Promise<boolean> {
  const { operationId, action, state, dryRun, force, reason, changes, by, via, now } = operation;
  const rows = await tx.query(
    `INSERT INTO delivery.operation (operation_id, action, state, dry_run, force, reason, changes, requested_by, requested_via, requested_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (operation_id) DO NOTHING RETURNING number`,
    [operationId, action, state, dryRun, force, reason, changes && JSON.stringify(changes), by, via, now],
  );
  return rows.length > 0;
}

/** What a row that was seen in an end, or that changed since it was seen, comes to at once. */
const planned = (changed: string, seenState: string): string => `
  CASE WHEN ${seenState} IN ('done', 'abandoned', 'superseded') OR ${changed} THEN 'skipped' ELSE 'planned' END,
  CASE WHEN ${seenState} IN ('done', 'abandoned', 'superseded') THEN 'ALREADY_SETTLED' WHEN ${changed} THEN 'CHANGED_SINCE' END,
  CASE WHEN ${seenState} IN ('done', 'abandoned', 'superseded') THEN 'It is ' || p.state || ' already: nothing is left to decide.'
       WHEN ${changed} THEN 'It has changed since it was seen and is ' || p.state || coalesce(' with ' || p.code, '') || ' now: look again.' END`;

const itemColumns = `operation_id, parked_id, place, topic, key, exception_id, event_id, record_type, code, seen_xid,
  outcome, reason_code, reason_message`;

const itemValues = `p.id, p.place, p.topic, CASE WHEN p.holds_key THEN p.key END, p.exception_id, p.event_id, p.record_type`;

/** Rows as they were at a moment: those unchanged since, and of the others the first version that was replaced after it. */
const planSeen = (condition: string): string => `
WITH seen AS (
  SELECT p.id, p.state, p.class, p.code, p.owner, false AS changed FROM delivery.parked p
   WHERE ${condition} AND pg_visible_in_snapshot(p.changed_xid, $9::pg_snapshot)
  UNION ALL
  SELECT id, state, class, code, owner, true FROM (
    SELECT DISTINCT ON (v.parked_id) v.parked_id AS id, v.state, v.class, v.code, v.owner FROM delivery.parked_past v
     WHERE v.until_xid >= pg_snapshot_xmin($9::pg_snapshot) AND NOT pg_visible_in_snapshot(v.until_xid, $9::pg_snapshot)
     ORDER BY v.parked_id, v.id) AS past
)
INSERT INTO delivery.operation_item (${itemColumns})
SELECT $8::uuid, ${itemValues}, seen.code, p.changed_xid, ${planned('seen.changed', 'seen.state')}
  FROM seen JOIN delivery.parked p USING (id)
 WHERE pg_visible_in_snapshot(p.born_xid, $9::pg_snapshot) AND ${criteriaCondition('seen')}
   AND p.id > $10::bigint AND ($11::bigint IS NULL OR p.id <= $11)
   AND ($12::text[] IS NULL OR EXISTS (
     SELECT 1 FROM unnest($12::text[], $13::text[], $14::text[]) AS g (record_type, class, code)
      WHERE g.record_type IS NOT DISTINCT FROM p.record_type AND g.class = seen.class AND g.code = seen.code))`;

/** Plans an item for each message of a set that a person saw; what has changed since is skipped at once. */
export async function planSeenSet(
  tx: Transaction,
  operationId: EventId,
  seen: SeenSet,
  groups: readonly GroupChoice[] | null,
): Promise<void> {
  const { criteria, after, through, at } = seen;
  await tx.query(planSeen(openCondition(statesOf(criteria))), [
    ...criteriaValues(criteria),
    ...[operationId, at, after ?? '0', through],
    groups?.map(({ recordType }) => recordType) ?? null,
    groups?.map((group) => group.class) ?? null,
    groups?.map(({ code }) => code) ?? null,
  ]);
}

/** Plans an item for each message named; answers those that do not exist. */
export async function planNamed(
  tx: Transaction,
  operationId: EventId,
  exceptionIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ exception_id: string }>(
    `INSERT INTO delivery.operation_item (${itemColumns})
     SELECT $1::uuid, ${itemValues}, p.code, p.changed_xid, ${planned('false', 'p.state')}
       FROM delivery.parked p WHERE p.exception_id = ANY($2::uuid[]) RETURNING exception_id`,
    [operationId, exceptionIds],
  );
  const found = new Set(rows.map((row) => row.exception_id));
  return exceptionIds.filter((exceptionId) => !found.has(exceptionId.toLowerCase()));
}

/** Whether a snapshot can have been taken from this database as it is: after a restore, or elsewhere, it may not. */
export async function knowsMoment(tx: Transaction, at: string): Promise<boolean> {
  const [row] = await tx.query<{ known: boolean }>(
    `SELECT pg_snapshot_xmax($1::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot()) AS known`,
    [at],
  );
  return row!.known;
}
