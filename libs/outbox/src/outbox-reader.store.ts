import type { OutboundRecord } from '@wardline/event-handling';
import type pg from 'pg';
import { finishedSince, type Snapshot } from './snapshot.js';

/** A row of the outbox on its way out. */
export interface OutboxRow extends OutboundRecord {
  readonly value: Buffer;
  readonly id: bigint;
  readonly createdAt: Date;
}

interface StoredRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: Buffer;
  readonly headers: Record<string, string>;
  readonly created_at: Date;
}

const columns = 'id, topic, key, payload, headers, created_at';

/**
 * The difference of two snapshots in id order, found through the xid index. The bounds are parameters, not a CTE: the
 * planner would scan the table otherwise. `OFFSET 0` keeps the index condition from being merged away.
 */
const byTransaction = `
SELECT ${columns} FROM (
  SELECT ${columns}, xid FROM delivery.outbox WHERE xid >= $1::xid8 AND xid < $2::xid8
  UNION ALL
  SELECT ${columns}, xid FROM delivery.outbox WHERE xid = ANY($3::xid8[])
  OFFSET 0
) AS candidate
WHERE pg_visible_in_snapshot(xid, $4::pg_snapshot)
ORDER BY id LIMIT $5`;

/** The rest of a large difference, page by page along the primary key with both snapshots fixed. */
const byId = `
SELECT ${columns} FROM delivery.outbox
WHERE id > $1 AND pg_visible_in_snapshot(xid, $2::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, $3::pg_snapshot)
ORDER BY id LIMIT $4`;

/** Rows that `cur` sees and `prev` does not, in id order, at most `limit`. Each committed row is in exactly one difference. */
export async function readDifference(
  client: pg.ClientBase,
  prev: Snapshot,
  cur: Snapshot,
  limit: number,
): Promise<OutboxRow[]> {
  const finished = finishedSince(prev, cur).map(String);
  const values = [String(prev.xmax), String(cur.xmax), finished, cur.text, limit];
  const result = await client.query<StoredRow>({ name: 'outbox-difference', text: byTransaction, values });
  return result.rows.map(outboxRow);
}

/** The page of a difference that follows `afterId`. */
export async function readPage(
  client: pg.ClientBase,
  prev: Snapshot,
  cur: Snapshot,
  afterId: bigint,
  limit: number,
): Promise<OutboxRow[]> {
  const values = [String(afterId), cur.text, prev.text, limit];
  const result = await client.query<StoredRow>({ name: 'outbox-page', text: byId, values });
  return result.rows.map(outboxRow);
}

function outboxRow(row: StoredRow): OutboxRow {
  const { topic, key, payload: value, headers } = row;
  return { id: BigInt(row.id), topic, key, value, headers, createdAt: row.created_at };
}
