import type { Transaction } from '@wardline/event-handling';
import { parseSnapshot } from './relay/snapshot.js';

/** How far a reader of the outbox is: it has what `seen` sees, and on the way to `target` what stands up to the last row. */
export interface ReadingPosition {
  /** A Postgres snapshot as text. */
  readonly seen: string;
  readonly target: string | null;
  readonly afterXid: string;
  readonly afterId: string;
}

/** The position of a reader that has read nothing. */
export const nothingRead: ReadingPosition = { seen: '1:1:', target: null, afterXid: '0', afterId: '0' };

/** Which rows to read, and how many at most. */
export interface WrittenQuery {
  readonly topics: readonly string[];
  readonly limit: number;
}

/** Rows that are new, and where the reader stands after them. */
export interface WrittenRows {
  readonly rows: readonly { readonly topic: string; readonly payload: Buffer }[];
  readonly position: ReadingPosition;
  /** The reader has everything that this transaction sees. */
  readonly complete: boolean;
}

interface Row {
  readonly xid: string;
  readonly id: string;
  readonly topic: string;
  readonly payload: Buffer;
}

const columns = 'xid, id, topic, payload';

/*
 * $1, $2 where to go on; $3, $4 below and in progress of the target; $5 topics; $6 most rows; $7 in progress when it was last
 * seen; $8, $9 the last row read. OFFSET 0 keeps the condition on the index, see `relay/outbox-reader.store.ts`.
 */
const writtenSince = `
SELECT xid::text, id::text, topic, payload FROM (
  (SELECT ${columns} FROM delivery.outbox
    WHERE xid >= $1::xid8 AND (xid, id) > ($1::xid8, $2::bigint) AND xid < $3::xid8 AND xid <> ALL ($4::xid8[])
      AND topic = ANY ($5::text[])
    ORDER BY xid, id LIMIT $6)
  UNION ALL
  (SELECT * FROM (SELECT ${columns} FROM delivery.outbox WHERE xid = ANY ($7::xid8[]) OFFSET 0) AS ended
    WHERE xid <> ALL ($4::xid8[]) AND (xid, id) > ($8::xid8, $9::bigint) AND topic = ANY ($5::text[])
    ORDER BY xid, id LIMIT $6)
) AS new ORDER BY xid, id LIMIT $6`;

/**
 * The next rows that were committed since a position, each exactly once whenever its transaction ends. The transaction must be
 * REPEATABLE READ. After a restore into another cluster (transaction ids went back) the reader goes on with what is new.
 */
export async function writtenRows(
  tx: Transaction,
  position: ReadingPosition,
  { topics, limit }: WrittenQuery,
): Promise<WrittenRows> {
  const now = await presentSnapshot(tx);
  const aim = position.target ?? now;
  const [seen, target] = [parseSnapshot(position.seen), parseSnapshot(aim)];
  if (parseSnapshot(now).xmax < target.xmax || target.xmax < seen.xmax)
    return { rows: [], position: { ...nothingRead, seen: now }, complete: true };
  const isOnPage = BigInt(position.afterXid) >= seen.xmax;
  const from = isOnPage ? [position.afterXid, position.afterId] : [String(seen.xmax), '0'];
  const rows = await tx.query<Row>(writtenSince, [
    ...[...from, String(target.xmax), target.inProgress.map(String), topics, limit],
    ...[seen.inProgress.map(String), position.afterXid, position.afterId],
  ]);
  const last = rows.at(-1);
  if (rows.length < limit || last === undefined)
    return { rows, position: { ...nothingRead, seen: aim }, complete: position.target === null };
  return {
    ...{ rows, complete: false },
    position: { seen: position.seen, target: aim, afterXid: last.xid, afterId: last.id },
  };
}

async function presentSnapshot(tx: Transaction): Promise<string> {
  const [row] = await tx.query<{ snapshot: string }>('SELECT pg_current_snapshot()::text AS snapshot');
  return row!.snapshot;
}
