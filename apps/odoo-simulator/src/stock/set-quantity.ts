import type { Env } from '../orm/environment.js';
import { unlink } from '../orm/unlink.js';
import { write } from '../orm/write.js';
import { coverMoves } from './reserve.js';
import { linesOfMoves, movesWhere, type Line } from './transfer.store.js';

/** Brings moves to a done quantity, in their own unit: more lines, from stock first, or less of the last ones. */
export async function setQuantities(env: Env, targets: readonly { id: number; quantity: number }[]): Promise<void> {
  if (targets.length === 0) return;
  const wanted = new Map(targets.map(({ id, quantity }) => [id, quantity]));
  const moves = await movesWhere(env, 'm.id = ANY($1)', [...wanted.keys()]);
  await coverMoves(
    env,
    moves.map((move) => ({ move, missing: (wanted.get(move.id) ?? 0) - move.quantity })),
    'whatever it takes',
  );
  for (const move of moves) {
    const surplus = move.quantity - (wanted.get(move.id) ?? 0);
    if (surplus > 0) await reduce(env, await linesOfMoves(env, [move.id]), surplus);
  }
}

async function reduce(env: Env, lines: readonly Line[], surplus: number): Promise<void> {
  let open = surplus;
  for (const line of [...lines].reverse()) {
    if (open <= 0) return;
    const taken = Math.min(line.quantity, open);
    open -= taken;
    if (taken === line.quantity) await unlink(env, 'stock.move.line', [line.id]);
    else await write(env, 'stock.move.line', [line.id], { quantity: line.quantity - taken });
  }
}
