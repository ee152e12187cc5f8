import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';
import type { OldPosting, OldReport } from './old-posting.js';

/** Holds lines back; what is held and was changed in Odoo counts as it is now. */
export async function holdLines(tx: Transaction, lines: readonly OldPosting[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `INSERT INTO old_posting (line_id, checkpoint_id, report, moved_at, state)
     SELECT *, 'open' FROM unnest($1::bigint[], $2::uuid[], $3::jsonb[], $4::timestamptz[])
     ON CONFLICT (line_id) DO UPDATE SET report = excluded.report, moved_at = excluded.moved_at WHERE old_posting.state = 'open'`,
    [
      lines.map(({ lineId }) => lineId),
      lines.map(({ checkpointId }) => checkpointId),
      lines.map(({ report }) => JSON.stringify(report)),
      lines.map(({ movedAt }) => movedAt),
    ],
  );
}

/** Lines that no movement of ours was found for, since a moment, and those that are held still. */
export async function unpairedLines(
  query: Query,
  since: Date,
): Promise<(OldPosting & { readonly state: 'open' | 'alone' })[]> {
  const rows = await query.query<{
    line_id: string;
    checkpoint_id: EventId;
    report: OldReport;
    moved_at: Date;
    state: 'open' | 'alone';
  }>(`SELECT * FROM old_posting WHERE state = 'open' OR (state = 'alone' AND moved_at > $1) ORDER BY moved_at`, [
    since,
  ]);
  return rows.map(({ line_id: id, checkpoint_id: checkpointId, report, moved_at: movedAt, state }) => {
    return { lineId: Number(id), checkpointId, report, movedAt, state };
  });
}

/** Settles lines; what Odoo's lines say counts as told from then on, so that a later change of one is. */
export async function settleLines(
  tx: Transaction,
  ids: readonly number[],
  state: 'paired' | 'alone',
  at: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(`UPDATE old_posting SET state = $2, settled_at = $3 WHERE line_id = ANY($1::bigint[])`, [
    ids,
    state,
    at,
  ]);
  await tx.query(`UPDATE odoo_move_line SET state = 'told' WHERE line_id = ANY($1::bigint[]) AND state = 'held'`, [
    ids,
  ]);
}
