import type { OutboundRecord } from '@wardline/event-handling';
import type pg from 'pg';
import { copyRows } from '../database/copied-rows.js';
import { parseSnapshot, type Snapshot } from './snapshot.js';

/** A row of the outbox on its way out. */
export interface OutboxRow extends OutboundRecord {
  readonly value: Buffer;
  readonly id: bigint;
}

interface StoredRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: Buffer;
  readonly headers: Record<string, string>;
}

const columns = 'id, topic, key, payload, headers';

/**
 * The present snapshot and what it sees beyond `prev`: rows of later transactions, and of those that were under way then.
 * What a statement sees is what its snapshot sees, so both come from one look. The bounds are parameters, not a CTE: the
 * planner would scan the table otherwise. `OFFSET 0` keeps the index condition from being merged away.
 */
const difference = `
SELECT pg_current_snapshot()::text AS cur, event.* FROM (VALUES (true)) AS look LEFT JOIN LATERAL (
  SELECT ${columns} FROM (
    SELECT ${columns} FROM delivery.outbox WHERE xid >= $1::xid8
    UNION ALL
    SELECT ${columns} FROM delivery.outbox WHERE xid = ANY($2::xid8[])
    OFFSET 0
  ) AS candidate
  ORDER BY id LIMIT $3
) AS event ON true ORDER BY id`;

/**
 * The rest of a large difference, page by page along the primary key with both snapshots fixed. A snapshot's text has digits,
 * colons and commas and nothing else ({@link parseSnapshot}).
 */
const byId = (afterId: bigint, prev: Snapshot, cur: Snapshot, limit: number): string => `
SELECT ${columns} FROM delivery.outbox
WHERE id > ${afterId} AND pg_visible_in_snapshot(xid, '${cur.text}') AND NOT pg_visible_in_snapshot(xid, '${prev.text}')
ORDER BY id LIMIT ${limit}`;

/** What the present snapshot sees beyond an earlier one, in id order, at most `limit` rows; the rest is read by {@link readPage}. */
export interface Difference {
  readonly cur: Snapshot;
  readonly rows: OutboxRow[];
}

/** Looks for what was committed since `prev`. Each committed row is in exactly one difference. */
export async function readDifference(client: pg.ClientBase, prev: Snapshot, limit: number): Promise<Difference> {
  const values = [String(prev.xmax), prev.inProgress.map(String), limit];
  const { rows } = await client.query<StoredRow & { cur: string }>({
    name: 'outbox-difference',
    text: difference,
    values,
  });
  return { cur: parseSnapshot(rows[0]!.cur), rows: rows.filter(({ id }) => id !== null).map(outboxRow) };
}

/** The page of a difference that follows `afterId`. */
export function readPage(
  client: pg.ClientBase,
  prev: Snapshot,
  cur: Snapshot,
  afterId: bigint,
  limit: number,
): Promise<OutboxRow[]> {
  return copyRows(client, byId(afterId, prev, cur, limit), (row) => ({
    id: row.int8(),
    topic: row.text(),
    key: row.text(),
    value: row.bytes(),
    headers: JSON.parse(row.text()) as Record<string, string>,
  }));
}

function outboxRow(row: StoredRow): OutboxRow {
  const { topic, key, payload: value, headers } = row;
  return { id: BigInt(row.id), topic, key, value, headers };
}
