import { Decimal } from 'decimal.js';
import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
import { unlink } from '../orm/unlink.js';
import { updateEach } from '../orm/write.js';
import { restateMoves, restateTransfers } from './move-state.js';
import type { QuantBook } from './quant-book.js';
import { closeBook, openBook } from './quant.store.js';
import { bypassesReservation, linesOfMoves, linesWhere, movesWhere, type Line, type Move } from './transfer.store.js';

/** True when a line of this product from this place sets stock aside. */
export const reserves = (line: Pick<Line, 'source_usage'>, isStorable: boolean): boolean =>
  isStorable && !bypassesReservation(line.source_usage);

/** Sets aside (`+1`) or gives back (`-1`) what open lines hold. */
export async function reserveLines(env: Env, ids: readonly number[], sign: 1 | -1): Promise<void> {
  const lines = (await linesWhere(env, 'l.id = ANY($1)', ids)).filter(
    (line) =>
      line.state !== 'done' &&
      line.state !== 'cancel' &&
      line.quantity_product_uom !== 0 &&
      !bypassesReservation(line.source_usage),
  );
  const storable = await storableProducts(
    env,
    lines.map((line) => line.product_id),
  );
  const held = lines.filter((line) => storable.has(line.product_id));
  if (held.length === 0) return;
  const book = await openBook(
    env,
    held.map((line) => line.product_id),
    held.map((line) => line.location_id),
  );
  for (const line of held) {
    book.reserve(
      line.product_id,
      line.location_id,
      line.lot_id,
      new Decimal(line.quantity_product_uom).times(sign),
      env.now.slice(0, 19),
    );
  }
  await closeBook(env, book);
}

async function storableProducts(env: Env, ids: readonly number[]): Promise<Set<number>> {
  const rows = await env.tx.query<{ id: number }>(
    'SELECT p.id FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id WHERE p.id = ANY($1) AND t.is_storable',
    [[...new Set(ids)]],
  );
  return new Set(rows.map((row) => row.id));
}

/** Gives back what the moves set aside and removes their lines. */
export async function unreserveMoves(env: Env, ids: readonly number[]): Promise<void> {
  const lines = (await linesOfMoves(env, ids)).filter((line) => line.state !== 'done' && line.state !== 'cancel');
  if (lines.length > 0)
    await unlink(
      env,
      'stock.move.line',
      lines.map((line) => line.id),
    );
  const moves = await movesWhere(env, 'm.id = ANY($1)', ids);
  const waiting = moves.filter((move) => ['assigned', 'partially_available'].includes(move.state));
  await updateEach(
    env,
    'stock.move',
    waiting.map(({ id }) => ({ id, state: 'confirmed' })),
  );
  await restateTransfers(
    env,
    moves.flatMap((move) => (move.picking_id === null ? [] : [move.picking_id])),
  );
}

/** Finds stock for what confirmed moves still miss, oldest first, and writes it into lines. */
export async function assignMoves(env: Env, ids: readonly number[]): Promise<void> {
  const moves = (await movesWhere(env, 'm.id = ANY($1)', ids)).filter(
    (move) => !move.picked && ['confirmed', 'waiting', 'partially_available'].includes(move.state),
  );
  await coverMoves(
    env,
    moves.map((move) => ({ move, missing: move.product_uom_qty - move.quantity })),
    'only what is there',
  );
  await restateMoves(
    env,
    moves.map((move) => move.id),
  );
}

/** A move and how much it misses, in its own unit. */
export interface Want {
  readonly move: Move;
  readonly missing: number;
}

/** Writes lines for what moves miss: from quants first, the rest without one where that is allowed. */
export async function coverMoves(
  env: Env,
  wants: readonly Want[],
  how: 'only what is there' | 'whatever it takes',
): Promise<void> {
  const wanted = wants.filter((want) => want.missing > 0);
  if (wanted.length === 0) return;
  const below = await locationsBelow(
    env,
    wanted.map(({ move }) => move.location_id),
  );
  const book = await openBook(
    env,
    wanted.map(({ move }) => move.product_id),
    [...new Set([...below.values()].flat())],
  );
  const lines = wanted.flatMap(({ move, missing }) => {
    const need = new Decimal(missing).times(move.ratio).toDecimalPlaces(6);
    return bypassesReservation(move.source_usage) || !move.is_storable
      ? plainLines(move, need)
      : reservedLines(book, move, below.get(move.location_id) ?? [], need, how);
  });
  await create({ ...env, context: {} }, 'stock.move.line', lines);
}

/** Lines on the quants that are free, each taken from the book so that the next move does not see it. */
function reservedLines(
  book: QuantBook,
  move: Move,
  locations: readonly number[],
  need: Decimal,
  how: string,
): Values[] {
  let open = need;
  const lines: Values[] = [];
  for (const { locationId, lotId, free } of book.free(move.product_id, locations)) {
    const taken = Decimal.min(open, free);
    if (taken.lte(0)) break;
    lines.push({ ...lineOf(move, taken), location_id: locationId, lot_id: lotId });
    book.reserve(move.product_id, locationId, lotId, taken, '');
    open = open.minus(taken);
  }
  return how === 'whatever it takes' && open.gt(0) ? [...lines, ...plainLines(move, open)] : lines;
}

function plainLines(move: Move, need: Decimal): Values[] {
  if (move.tracking !== 'serial' || !(move.use_create_lots || move.use_existing_lots)) return [lineOf(move, need)];
  return Array.from({ length: need.floor().toNumber() }, () => lineOf(move, new Decimal(1)));
}

const lineOf = (move: Move, quantity: Decimal): Values => ({
  move_id: move.id,
  picking_id: move.picking_id,
  product_id: move.product_id,
  product_uom_id: move.tracking === 'serial' ? move.product_unit : move.product_uom,
  quantity: (move.tracking === 'serial' ? quantity : quantity.div(move.ratio)).toFixed(),
  location_id: move.location_id,
  location_dest_id: move.location_dest_id,
});

async function locationsBelow(env: Env, ids: readonly number[]): Promise<Map<number, number[]>> {
  const rows = await env.tx.query<{ top: number; id: number }>(
    `SELECT s.id AS top, c.id FROM stock_location s JOIN stock_location c ON c.parent_path LIKE s.parent_path || '%' WHERE s.id = ANY($1)`,
    [[...new Set(ids)]],
  );
  return new Map([...Map.groupBy(rows, (row) => row.top)].map(([top, below]) => [top, below.map((row) => row.id)]));
}
