import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';
import type { LineHead } from './move-reading.js';
import type { LineContent } from './move-line.js';

/** own: posted by Wardline; told: published; waiting: for a product, lot or location to be read; held: see ADR 0019. */
export type LineState = 'own' | 'told' | 'waiting' | 'held';

/**
 * A done line as it was last seen. `content` of a waiting one is what was told of it before: null when nothing was; that of
 * a held one is what would be.
 */
export interface KnownLine {
  readonly lineId: number;
  readonly writeDate: string;
  readonly state: LineState;
  readonly content: LineContent | null;
  readonly revision: number;
}

/** Those of a page that are in no opening balance and are new or were written since they were last seen. */
export async function freshLines(query: Query, heads: readonly LineHead[]): Promise<number[]> {
  const rows = await query.query<{ id: string }>(
    `SELECT head.id FROM unnest($1::bigint[], $2::text[]) AS head (id, write_date)
      WHERE NOT EXISTS (SELECT FROM opening_balances o WHERE o.moves @> head.id)
        AND NOT EXISTS (SELECT FROM odoo_move_line l WHERE l.line_id = head.id AND l.write_date = head.write_date)
      ORDER BY head.id`,
    [heads.map(({ id }) => id), heads.map(({ write_date: at }) => at)],
  );
  return rows.map(({ id }) => Number(id));
}

/** Lines that wait for what they name, longest known first. */
export async function waitingLines(query: Query, limit: number): Promise<number[]> {
  const rows = await query.query<{ line_id: string }>(
    `SELECT line_id FROM odoo_move_line WHERE state = 'waiting' ORDER BY line_id LIMIT $1`,
    [limit],
  );
  return rows.map(({ line_id: id }) => Number(id));
}

/** How lines were last seen, by id. */
export async function knownLines(query: Query, ids: readonly number[]): Promise<Map<number, KnownLine>> {
  const rows = await query.query<{
    line_id: string;
    write_date: string;
    state: LineState;
    content: LineContent | null;
    revision: number;
  }>(`SELECT * FROM odoo_move_line WHERE line_id = ANY($1::bigint[])`, [ids]);
  return new Map(
    rows.map(({ line_id: id, write_date: writeDate, state, content, revision }) => [
      Number(id),
      { lineId: Number(id), writeDate, state, content, revision },
    ]),
  );
}

/** Notes how lines were seen. */
export async function noteLines(tx: Transaction, lines: readonly KnownLine[]): Promise<void> {
  await tx.query(
    `INSERT INTO odoo_move_line (line_id, write_date, state, content, revision)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::jsonb[], $5::int[])
     ON CONFLICT (line_id) DO UPDATE SET write_date = excluded.write_date, state = excluded.state,
       content = excluded.content, revision = excluded.revision`,
    [
      lines.map(({ lineId }) => lineId),
      lines.map(({ writeDate }) => writeDate),
      lines.map(({ state }) => state),
      lines.map(({ content }) => (content === null ? null : JSON.stringify(content))),
      lines.map(({ revision }) => revision),
    ],
  );
}

/** When the opening balances were told, and whether it was noted which moves they contain; null before they were. */
export async function openingOf(query: Query): Promise<{ readonly at: Date; readonly isNoted: boolean } | null> {
  const [row] = await query.query<{ reported_at: Date; noted: boolean }>(
    `SELECT reported_at, moves IS NOT NULL AS noted FROM opening_balances`,
  );
  return row === undefined ? null : { at: row.reported_at, isNoted: row.noted };
}

/** Notes which moves the opening balances contain. */
export async function noteOpeningMoves(tx: Transaction, ids: Iterable<number>): Promise<void> {
  await tx.query(
    `UPDATE opening_balances SET moves = coalesce(
       (SELECT range_agg(int8range(id, id, '[]')) FROM unnest($1::bigint[]) AS line (id)), '{}')`,
    [[...ids]],
  );
}
