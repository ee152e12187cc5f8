import type { Env } from '../orm/environment.js';
import { updateEach } from '../orm/write.js';
import { bypassesReservation, movesWhere, transfersOf, type Move, type Transfer } from './transfer.store.js';

/** The state of a move that is neither done nor cancelled, from how much of its demand is covered. */
export function coveredState(move: Pick<Move, 'state' | 'quantity' | 'product_uom_qty'>): string {
  if (['done', 'cancel'].includes(move.state) || (move.state === 'draft' && move.quantity === 0)) return move.state;
  if (move.quantity >= move.product_uom_qty) return 'assigned';
  return move.quantity > 0 ? 'partially_available' : 'confirmed';
}

type Stated = Pick<Move, 'state' | 'product_uom_qty' | 'dest_usage'>;

/** The state of a transfer, from those of its moves. */
export function transferState(
  transfer: Pick<Transfer, 'source_usage' | 'move_type'>,
  moves: readonly Stated[],
): string {
  if (moves.length === 0 || moves.some((move) => move.state === 'draft')) return 'draft';
  if (moves.every((move) => move.state === 'cancel')) return 'cancel';
  const open = moves.filter((move) => move.state !== 'done' && move.state !== 'cancel');
  if (open.length === 0) return 'done';
  if (bypassesReservation(transfer.source_usage)) return 'assigned';
  return openState(transfer, open);
}

const weight: Record<string, number> = { assigned: 4, waiting: 3, partially_available: 2, confirmed: 1 };

function openState(transfer: Pick<Transfer, 'move_type'>, open: readonly Stated[]): string {
  const wanted = open.filter((move) => !(move.state === 'assigned' && move.product_uom_qty === 0));
  const sorted = [...wanted].sort(
    (a, b) => (weight[a.state] ?? 0) - (weight[b.state] ?? 0) || a.product_uom_qty - b.product_uom_qty,
  );
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  if (!least || !greatest) return 'assigned';
  if (transfer.move_type === 'one') return least.state === 'partially_available' ? 'confirmed' : least.state;
  if (least.state !== 'assigned' && sorted.some((move) => ['assigned', 'partially_available'].includes(move.state)))
    return 'assigned';
  return greatest.state === 'partially_available' ? 'assigned' : greatest.state;
}

/** Writes the states of moves after their lines changed, then those of their transfers. */
export async function restateMoves(env: Env, moveIds: readonly number[]): Promise<void> {
  const moves = await movesWhere(env, 'm.id = ANY($1)', moveIds);
  const changed = moves
    .map((move) => ({ id: move.id, state: coveredState(move), was: move.state }))
    .filter((move) => move.state !== move.was);
  await updateEach(
    env,
    'stock.move',
    changed.map(({ id, state }) => ({ id, state })),
  );
  await restateTransfers(
    env,
    moves.flatMap((move) => (move.picking_id === null ? [] : [move.picking_id])),
  );
}

/** Writes the states of transfers where their moves say otherwise. */
export async function restateTransfers(env: Env, ids: readonly number[]): Promise<void> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return;
  const transfers = await transfersOf(env, unique);
  const moves = await movesWhere(env, 'm.picking_id = ANY($1)', unique);
  const byTransfer = Map.groupBy(moves, (move) => move.picking_id);
  const changed = transfers
    .map((transfer) => ({
      id: transfer.id,
      was: transfer.state,
      state: transferState(transfer, byTransfer.get(transfer.id) ?? []),
    }))
    .filter(({ was, state }) => was !== state);
  await updateEach(
    env,
    'stock.picking',
    changed.map(({ id, state }) => ({ id, state })),
  );
}
