import { Decimal } from 'decimal.js';
import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import { updateEach } from '../orm/write.js';
import { confirmMoves } from './confirm.js';
import { restateTransfers } from './move-state.js';
import { movesWhere, transfersOf, type Move } from './transfer.store.js';

/** Splits the part of each move that was not done into a move of its own; answers the new moves. */
export async function splitShortMoves(env: Env, moves: readonly Move[]): Promise<number[]> {
  const short = moves.filter((move) => move.quantity < move.product_uom_qty);
  if (short.length === 0) return [];
  await updateEach(
    env,
    'stock.move',
    short.map((move) => ({ id: move.id, product_uom_qty: move.quantity })),
  );
  return create(
    { ...env, context: {} },
    'stock.move',
    short.map((move) => ({
      picking_id: move.picking_id,
      product_id: move.product_id,
      product_uom: move.product_uom,
      product_uom_qty: new Decimal(move.product_uom_qty).minus(move.quantity).toFixed(),
      location_id: move.location_id,
      location_dest_id: move.location_dest_id,
      company_id: move.company_id,
    })),
  );
}

/** Moves what a validated transfer left open into a transfer of its own, which names the first as `backorder_id`. */
export async function moveBackOrders(env: Env, transferIds: readonly number[]): Promise<void> {
  const moves = await movesWhere(env, 'm.picking_id = ANY($1)', transferIds);
  const byTransfer = Map.groupBy(moves, (move) => move.picking_id ?? 0);
  for (const transfer of await transfersOf(env, transferIds)) {
    const all = byTransfer.get(transfer.id) ?? [];
    const open = all.filter((move) => move.state !== 'done' && move.state !== 'cancel');
    if (open.length === 0 || open.length === all.length) continue;
    const origin = await env.tx.query<{ origin: string | null; partner_id: number | null }>(
      'SELECT origin, partner_id FROM stock_picking WHERE id = $1',
      [transfer.id],
    );
    const [id] = await create({ ...env, context: {} }, 'stock.picking', [
      {
        picking_type_id: transfer.picking_type_id,
        location_id: transfer.location_id,
        location_dest_id: transfer.location_dest_id,
        company_id: transfer.company_id,
        backorder_id: transfer.id,
        origin: origin[0]?.origin ?? null,
        partner_id: origin[0]?.partner_id ?? null,
      },
    ]);
    await hand(env, open, id ?? 0);
  }
}

async function hand(env: Env, moves: readonly Move[], transferId: number): Promise<void> {
  const ids = moves.map((move) => move.id);
  await env.tx.query(
    `UPDATE stock_move SET picking_id = $2, reference = (SELECT name FROM stock_picking WHERE id = $2), write_date = $3::timestamp WHERE id = ANY($1)`,
    [ids, transferId, env.now],
  );
  await env.tx.query('UPDATE stock_move_line SET picking_id = $2 WHERE move_id = ANY($1)', [ids, transferId]);
  await confirmMoves(env, ids);
  await restateTransfers(env, [transferId]);
}
