import type { Env } from '../orm/environment.js';
import { unlink } from '../orm/unlink.js';
import { updateEach } from '../orm/write.js';
import { restateTransfers } from './move-state.js';
import { assignMoves } from './reserve.js';
import { bypassesReservation, movesWhere, type Move } from './transfer.store.js';

/** Confirms draft moves: alike ones of a transfer become one unless told, and what can be set aside at once is. */
export async function confirmMoves(env: Env, ids: readonly number[], alike: 'merge' | 'keep' = 'merge'): Promise<void> {
  if (ids.length === 0) return;
  const drafts = (await movesWhere(env, 'm.id = ANY($1)', ids)).filter((move) => move.state === 'draft');
  if (drafts.length === 0) return;
  await updateEach(
    env,
    'stock.move',
    drafts.map(({ id }) => ({ id, state: 'confirmed' })),
  );
  const kept = alike === 'merge' ? await mergeAlike(env, drafts) : drafts;
  const atOnce = kept.filter(
    (move) => bypassesReservation(move.source_usage) || !move.is_storable || move.reservation_method === 'at_confirm',
  );
  await assignMoves(
    env,
    atOnce.map((move) => move.id),
  );
  await restateTransfers(
    env,
    drafts.flatMap((move) => (move.picking_id === null ? [] : [move.picking_id])),
  );
}

/** Moves of one transfer that differ in nothing but quantity. */
const likeness = (move: Move): string =>
  [move.picking_id, move.product_id, move.location_id, move.location_dest_id, move.product_uom, move.price_unit].join(
    '/',
  );

async function mergeAlike(env: Env, confirmed: readonly Move[]): Promise<Move[]> {
  const transfers = [...new Set(confirmed.flatMap((move) => (move.picking_id === null ? [] : [move.picking_id])))];
  const all = await movesWhere(env, 'm.picking_id = ANY($1)', transfers);
  const open = all.filter((move) => !['draft', 'done', 'cancel'].includes(move.state));
  const gone = new Set<number>();
  for (const [first, ...others] of Map.groupBy(open, likeness).values()) {
    if (!first || others.length === 0) continue;
    const demand = [first, ...others].reduce((sum, move) => sum + move.product_uom_qty, 0);
    await updateEach(env, 'stock.move', [
      { id: first.id, product_uom_qty: demand, picked: [first, ...others].some((move) => move.picked) },
    ]);
    const doubles = others.map((move) => move.id);
    await env.tx.query('UPDATE stock_move_line SET move_id = $2 WHERE move_id = ANY($1)', [doubles, first.id]);
    doubles.forEach((id) => gone.add(id));
  }
  if (gone.size > 0) await unlink(env, 'stock.move', [...gone]);
  return confirmed.filter((move) => !gone.has(move.id));
}
