import { Decimal } from 'decimal.js';
import { userError, validationError } from '../odoo-error.js';
import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import { nowInSeconds } from '../orm/environment.js';
import { unlink } from '../orm/unlink.js';
import { updateEach } from '../orm/write.js';
import { splitShortMoves } from './back-order.js';
import { cancelMoves } from './cancel.js';
import { refuseForeignCompanies } from './company-check.js';
import { confirmMoves } from './confirm.js';
import { freeReservations } from './free-reservation.js';
import { inWords } from './product-rules.js';
import { closeBook, openBook } from './quant.store.js';
import { bypassesReservation, linesOfMoves, movesWhere, type Line, type Move } from './transfer.store.js';

/**
 * Makes moves done: quants change, states change, all in this transaction.
 * @param remainder what happens to demand that was not met
 * @throws UserError for a missing lot or a foreign company, ValidationError for a serial number that is already there
 */
export async function finishMoves(env: Env, ids: readonly number[], remainder: 'cancel' | 'back order'): Promise<void> {
  await confirmMoves(env, ids, 'keep');
  const found = await movesWhere(env, 'm.id = ANY($1)', ids);
  const moves = found.filter((move) => !['done', 'cancel'].includes(move.state));
  await dropUnpicked(env, moves, await linesOfMoves(env, idsOf(moves)));
  const idle = moves.filter((move) => (move.quantity <= 0 || !move.picked) && !move.is_inventory);
  const cancelled = idle.filter((move) => move.product_uom_qty === 0 || remainder === 'cancel');
  await cancelMoves(env, idsOf(cancelled));
  const todo = moves.filter((move) => !idle.includes(move));
  await refuseForeignCompanies(env, idsOf(todo));
  if (remainder === 'back order') await confirmMoves(env, await splitShortMoves(env, todo), 'keep');
  await finishLines(env, todo);
  await updateEach(
    env,
    'stock.move',
    todo.map((move) => ({ id: move.id, state: 'done', date: nowInSeconds(env) })),
  );
  await refuseDoubleSerials(env, todo);
}

const idsOf = (rows: readonly { id: number }[]): number[] => rows.map((row) => row.id);

async function dropUnpicked(env: Env, moves: readonly Move[], lines: readonly Line[]): Promise<void> {
  const picked = new Set(moves.filter((move) => move.picked).map((move) => move.id));
  const left = lines.filter((line) => picked.has(line.move_id ?? 0) && !line.picked);
  await unlink(env, 'stock.move.line', idsOf(left));
}

async function finishLines(env: Env, moves: readonly Move[]): Promise<void> {
  const byId = new Map(moves.map((move) => [move.id, move]));
  const found = await linesOfMoves(env, [...byId.keys()]);
  const empty = found.filter((line) => line.quantity === 0 && !byId.get(line.move_id ?? 0)?.is_inventory);
  await unlink(env, 'stock.move.line', idsOf(empty));
  const lines = await withLots(
    env,
    found.filter((line) => !empty.includes(line)),
    byId,
  );
  await moveStock(
    env,
    lines.filter((line) => byId.get(line.move_id ?? 0)?.is_storable && line.quantity_product_uom !== 0),
  );
  await updateEach(
    env,
    'stock.move.line',
    lines.map((line) => ({ id: line.id, date: nowInSeconds(env) })),
  );
}

async function moveStock(env: Env, storable: readonly Line[]): Promise<void> {
  const book = await openBook(
    env,
    storable.map((line) => line.product_id),
    storable.flatMap((line) => [line.location_id, line.location_dest_id]),
  );
  const owed: Line[] = [];
  for (const line of storable) {
    const quantity = new Decimal(line.quantity_product_uom);
    if (!bypassesReservation(line.source_usage))
      book.reserve(line.product_id, line.location_id, line.lot_id, quantity.negated(), nowInSeconds(env));
    const { available } = book.move(
      { productId: line.product_id, lotId: line.lot_id, quantity, from: line.location_id, to: line.location_dest_id },
      nowInSeconds(env),
    );
    if (available.lt(0) && !bypassesReservation(line.source_usage)) owed.push(line);
  }
  await closeBook(env, book);
  await freeReservations(env, owed, book);
}

/** Lines of tracked products get their lot: found or made by name where the operation type allows it. */
async function withLots(env: Env, lines: readonly Line[], moves: ReadonlyMap<number, Move>): Promise<Line[]> {
  const moveOf = (line: Line): Move | undefined => moves.get(line.move_id ?? 0);
  const needy = lines.filter((line) => {
    const move = moveOf(line);
    if (!move || move.tracking === 'none' || line.lot_id || move.is_inventory) return false;
    return move.picking_type_id === null || Boolean(move.use_create_lots || move.use_existing_lots);
  });
  const nameless = needy.filter((line) => !line.lot_name || !moveOf(line)?.use_create_lots);
  if (nameless.length > 0) {
    const names = nameless.map((line) => `- ${moveOf(line)?.product_name ?? ''}`);
    throw userError(`You need to supply a Lot/Serial Number for product:\n${names.join('\n')}`);
  }
  const lots = new Map<number, number>();
  for (const line of needy) lots.set(line.id, await lotNamed(env, line, moveOf(line)?.company_id ?? env.companyId));
  await updateEach(
    env,
    'stock.move.line',
    [...lots].map(([id, lot]) => ({ id, lot_id: lot })),
  );
  return lines.map((line) => ({ ...line, lot_id: lots.get(line.id) ?? line.lot_id }));
}

async function lotNamed(env: Env, line: Line, company: number): Promise<number> {
  const rows = await env.tx.query<{ id: number }>(
    'SELECT id FROM stock_lot WHERE product_id = $1 AND name = $2 AND (company_id IS NULL OR company_id = $3) ORDER BY id LIMIT 1',
    [line.product_id, line.lot_name, company],
  );
  if (rows[0]) return rows[0].id;
  const expiry = line.expiration_date ? { expiration_date: line.expiration_date.slice(0, 19) } : {};
  const [id] = await create({ ...env, context: {} }, 'stock.lot', [
    { name: line.lot_name, product_id: line.product_id, ...expiry },
  ]);
  return id ?? 0;
}

/** A serial may be only once in any place below a move's destination; losses are not looked at. */
async function refuseDoubleSerials(env: Env, moves: readonly Move[]): Promise<void> {
  const serials = moves.filter((move) => move.tracking === 'serial');
  if (serials.length === 0) return;
  const rows = await env.tx.query<{ product: string; serial: string }>(
    `SELECT ${env.models.get('product.product').displayName('p')} AS product, b.name AS serial
      FROM stock_quant q JOIN stock_lot b ON b.id = q.lot_id JOIN product_product p ON p.id = q.product_id
      JOIN stock_location l ON l.id = q.location_id AND l.usage <> 'inventory'
      WHERE b.id IN (SELECT lot_id FROM stock_move_line WHERE move_id = ANY($1))
        AND EXISTS (SELECT 1 FROM stock_move m JOIN stock_location d ON d.id = m.location_dest_id
          WHERE m.id = ANY($1) AND l.parent_path LIKE d.parent_path || '%')
      GROUP BY p.id, b.name, q.location_id HAVING abs(sum(q.quantity)) > 1 LIMIT 1`,
    [serials.map((move) => move.id)],
  );
  if (!rows[0]) return;
  throw validationError(
    `The serial number has already been assigned: \n Product: ${rows[0].product}, Serial Number: ${inWords([rows[0].serial])}`,
  );
}
