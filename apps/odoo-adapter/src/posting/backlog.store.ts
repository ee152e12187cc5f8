import type { Query } from './posting.store.js';

/** What waits for Odoo. */
export interface Backlog {
  readonly pending: number;
  readonly oldestSeconds: number;
}

/** How much waits for Odoo and since when. */
export async function backlog(query: Query): Promise<Backlog> {
  const [row] = await query.query<{ pending: string; oldest: string | null }>(
    `SELECT count(*) AS pending, extract(epoch FROM now() - min(created_at)) AS oldest
       FROM posting WHERE state IN ('pending', 'posting')`,
  );
  return { pending: Number(row?.pending ?? 0), oldestSeconds: Number(row?.oldest ?? 0) };
}
