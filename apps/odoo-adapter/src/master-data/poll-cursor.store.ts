import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';

/** How far the reading of one model, or of one feed of it, got. A scan goes by id, so that rows of one moment page well. */
export interface PollCursor {
  readonly name: string;
  /** Rows written since are of interest; null reads everything. */
  readonly since: Date | null;
  /** When the scan in progress began; null between scans. */
  readonly scanBegan: Date | null;
  /** Id of the last row that the scan in progress has read. */
  readonly lastId: number;
  /** Scans completed. */
  readonly completed: number;
}

/** The cursor of a name; a fresh one reads everything. */
export async function loadCursor(query: Query, name: string): Promise<PollCursor> {
  const [row] = await query.query<{ since: Date | null; scan_began: Date | null; last_id: string; completed: string }>(
    `SELECT since, scan_began, last_id, completed FROM poll_cursor WHERE model = $1`,
    [name],
  );
  if (row === undefined) return { name, since: null, scanBegan: null, lastId: 0, completed: 0 };
  return {
    name,
    since: row.since,
    scanBegan: row.scan_began,
    lastId: Number(row.last_id),
    completed: Number(row.completed),
  };
}

/** Stores a cursor. */
export async function saveCursor(
  tx: Transaction,
  { name, since, scanBegan, lastId, completed }: PollCursor,
): Promise<void> {
  await tx.query(
    `INSERT INTO poll_cursor (model, since, scan_began, last_id, completed) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (model) DO UPDATE SET since = excluded.since, scan_began = excluded.scan_began, last_id = excluded.last_id,
       completed = excluded.completed`,
    [name, since, scanBegan, lastId, completed],
  );
}

/** Lets models be read from the beginning again at the next poll. */
export async function readAnew(tx: Transaction, names: readonly string[]): Promise<void> {
  await tx.query(`UPDATE poll_cursor SET since = NULL, scan_began = NULL, last_id = 0 WHERE model = ANY($1)`, [names]);
}
