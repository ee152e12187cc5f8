import { userError } from '../odoo-error.js';
import type { Env } from '../orm/environment.js';
import { updateEach } from '../orm/write.js';
import { restateTransfers } from './move-state.js';
import { unreserveMoves } from './reserve.js';
import { movesWhere } from './transfer.store.js';

/**
 * Cancels moves and gives back what they set aside.
 * @throws UserError when one of them is done
 */
export async function cancelMoves(env: Env, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const moves = await movesWhere(env, 'm.id = ANY($1)', ids);
  if (moves.some((move) => move.state === 'done')) {
    throw userError(
      "You cannot cancel a stock move that has been set to 'Done'. Create a return in order to reverse the moves which took place.",
    );
  }
  const open = moves.filter((move) => move.state !== 'cancel');
  await unreserveMoves(
    env,
    open.map((move) => move.id),
  );
  await updateEach(
    env,
    'stock.move',
    open.map(({ id }) => ({ id, state: 'cancel' })),
  );
  await restateTransfers(
    env,
    open.flatMap((move) => (move.picking_id === null ? [] : [move.picking_id])),
  );
}
