import { notSimulated, userError, validationError } from '../odoo-error.js';
import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import { nowInSeconds } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
import type { Hooks } from '../orm/model.js';
import { rowsById } from './move-rules.js';
import { restateMoves } from './move-state.js';
import { reserveLines } from './reserve.js';
import { linesWhere, movesWhere, type Move } from './transfer.store.js';

const weighty = ['quantity', 'lot_id', 'location_id', 'product_uom_id', 'product_id'] as const;

/** What Odoo does around a line: it finds its move, sets stock aside, and keeps lot and product together. */
export const lineRules: Hooks = {
  async beforeCreate(env, records) {
    await joinMoves(env, records);
    await fromLots(env, records);
  },
  async afterCreate(env, ids) {
    await reserveLines(env, ids, 1);
    await afterChange(env, ids);
  },
  async beforeWrite(env, ids, values) {
    if (!weighty.some((name) => name in values)) return;
    const lines = await linesWhere(env, 'l.id = ANY($1)', ids);
    if (lines.some((line) => line.state === 'done')) throw notSimulated('changing a line of a done transfer');
    await reserveLines(env, ids, -1);
  },
  async afterWrite(env, ids, values) {
    if (weighty.some((name) => name in values)) {
      await refuseForeignLots(env, ids);
      await reserveLines(env, ids, 1);
    }
    await afterChange(env, ids);
  },
  async beforeUnlink(env, ids) {
    const lines = await linesWhere(env, 'l.id = ANY($1)', ids);
    if (lines.some((line) => line.state === 'done' || line.state === 'cancel')) {
      throw userError(
        'Deleting product moves after the transfer is done?\n\n' +
          "That would be like going back in time to revert all operations triggered after this move. Who knows what the end result would be, So let's not do it.\n\n" +
          'Try changing the “done” quantity to 0 instead.',
      );
    }
    await reserveLines(env, ids, -1);
    await env.tx.query('UPDATE stock_move_line SET quantity = 0 WHERE id = ANY($1)', [ids]);
    await restateMoves(
      env,
      lines.flatMap((line) => (line.move_id === null ? [] : [line.move_id])),
    );
  },
};

async function afterChange(env: Env, ids: readonly number[]): Promise<void> {
  const lines = await linesWhere(env, 'l.id = ANY($1)', ids);
  const moveIds = [...new Set(lines.flatMap((line) => (line.move_id === null ? [] : [line.move_id])))];
  await env.tx.query(
    `UPDATE stock_move m SET picked = o.picked FROM (SELECT move_id, bool_or(COALESCE(picked, FALSE)) AS picked FROM stock_move_line
      WHERE move_id = ANY($1) GROUP BY move_id) o WHERE o.move_id = m.id AND m.picked IS DISTINCT FROM o.picked`,
    [moveIds],
  );
  await restateReserving(env, moveIds);
}

/** Odoo restates a move by its lines only where lines set stock aside; others wait for confirmation. */
async function restateReserving(env: Env, moveIds: readonly number[]): Promise<void> {
  const moves = await movesWhere(env, 'm.id = ANY($1)', moveIds);
  const outside = ['supplier', 'customer', 'inventory', 'production'];
  const reserving = moves.filter(
    (move) => move.state !== 'draft' || (move.is_storable && !outside.includes(move.source_usage)),
  );
  await restateMoves(
    env,
    reserving.filter((move) => !['done', 'cancel'].includes(move.state)).map((move) => move.id),
  );
}

async function joinMoves(env: Env, records: Values[]): Promise<void> {
  const byTransfer = await movesOfTransfers(env, records);
  const given = await movesWhere(env, 'm.id = ANY($1)', ids(records.map((record) => record['move_id'])));
  const known = new Map([...given, ...[...byTransfer.values()].flat()].map((move) => [move.id, move]));
  const covered = new Map([...known.values()].map((move) => [move.id, move.quantity]));
  for (const record of records) {
    let move = known.get(Number(record['move_id'] || 0)) ?? linkable(record, byTransfer, covered);
    if (!move && record['picking_id']) move = await moveFor(env, record);
    if (move) follow(env, record, move, covered);
    record['date'] ||= nowInSeconds(env);
    record['company_id'] ||= env.companyId;
  }
}

const ids = (values: readonly unknown[]): number[] => [
  ...new Set(values.filter((id): id is number => Number.isInteger(id))),
];

async function movesOfTransfers(env: Env, records: readonly Values[]): Promise<Map<number | null, Move[]>> {
  const moves = await movesWhere(
    env,
    'm.picking_id = ANY($1)',
    ids(records.filter((record) => !record['move_id']).map((record) => record['picking_id'])),
  );
  return Map.groupBy(moves, (move) => move.picking_id);
}

/** The transfer's move of the same product, one that still misses something first. */
function linkable(
  record: Values,
  byTransfer: ReadonlyMap<number | null, Move[]>,
  covered: ReadonlyMap<number, number>,
): Move | undefined {
  const alike = (byTransfer.get(Number(record['picking_id'])) ?? []).filter(
    (move) => move.product_id === Number(record['product_id']),
  );
  return alike.find((move) => (covered.get(move.id) ?? 0) < move.product_uom_qty) ?? alike[0];
}

async function moveFor(env: Env, record: Values): Promise<Move | undefined> {
  const [id] = await create(env, 'stock.move', [
    {
      picking_id: record['picking_id'] ?? null,
      product_id: record['product_id'] ?? null,
      product_uom_qty: 0,
      ...(record['location_id'] ? { location_id: record['location_id'] } : {}),
      ...(record['location_dest_id'] ? { location_dest_id: record['location_dest_id'] } : {}),
      picked: record['picked'] ?? false,
    },
  ]);
  return (await movesWhere(env, 'm.id = ANY($1)', [id ?? 0]))[0];
}

function follow(env: Env, record: Values, move: Move, covered: Map<number, number>): void {
  if (move.state === 'done') throw notSimulated('adding a line to a move that is done');
  covered.set(move.id, (covered.get(move.id) ?? 0) + Number(record['quantity'] || 0));
  record['move_id'] = move.id;
  record['company_id'] = move.company_id || env.companyId;
  record['product_id'] ||= move.product_id;
  record['product_uom_id'] ||= move.product_uom;
  record['location_id'] ||= move.location_id;
  record['location_dest_id'] ||= move.location_dest_id;
  if (record['picked'] === undefined || move.picked) record['picked'] = move.picked;
}

async function fromLots(env: Env, records: Values[]): Promise<void> {
  const lots = await rowsById<{ id: number; name: string; product_id: number; expiration_date: string | null }>(
    env,
    'SELECT id, name, product_id, expiration_date FROM stock_lot WHERE id = ANY($1)',
    records.map((record) => record['lot_id']),
  );
  for (const record of records) {
    const lot = lots.get(Number(record['lot_id']));
    if (Number(record['quantity']) < 0) throw validationError('You can not enter negative quantities.');
    if (!lot) continue;
    if (lot.product_id !== Number(record['product_id'])) await refuseLot(env, lot.name, Number(record['product_id']));
    record['expiration_date'] = lot.expiration_date?.slice(0, 19) ?? record['expiration_date'] ?? false;
  }
}

async function refuseLot(env: Env, lot: string, productId: number): Promise<never> {
  const rows = await env.tx.query<{ name: string }>(
    `SELECT ${env.models.get('product.product').displayName('p')} AS name FROM product_product p WHERE p.id = $1`,
    [productId],
  );
  throw validationError(`This lot ${lot} is incompatible with this product ${rows[0]?.name ?? ''}`);
}

async function refuseForeignLots(env: Env, lineIds: readonly number[]): Promise<void> {
  const rows = await env.tx.query<{ lot: string; product_id: number }>(
    'SELECT b.name AS lot, l.product_id FROM stock_move_line l JOIN stock_lot b ON b.id = l.lot_id WHERE l.id = ANY($1) AND b.product_id <> l.product_id LIMIT 1',
    [lineIds],
  );
  if (rows[0]) await refuseLot(env, rows[0].lot, rows[0].product_id);
}
