import { notSimulated, userError } from '../odoo-error.js';
import type { Env } from '../orm/environment.js';
import { nowInSeconds } from '../orm/environment.js';
import type { Value, Values } from '../orm/field.js';
import type { Hooks } from '../orm/model.js';
import { restateMoves } from './move-state.js';
import { setQuantities } from './set-quantity.js';
import { movesWhere } from './transfer.store.js';

interface TransferRow {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly company_id: number;
  readonly picking_type_id: number;
  readonly location_id: number;
  readonly location_dest_id: number;
}

/** What Odoo does around a move: what its transfer says, and lines for a quantity given on the move. */
export const moveRules: Hooks = {
  beforeCreate: completeMoves,
  async afterCreate(env, ids, records) {
    const filled = records.flatMap((record, at) =>
      record['quantity'] && !hasLines(record) ? [{ id: ids[at] ?? 0, quantity: Number(record['quantity']) }] : [],
    );
    await setQuantities(env, filled);
    const picked = ids.filter((_id, at) => records[at]?.['picked'] === true);
    if (picked.length > 0) await pick(env, picked, true);
  },
  async beforeWrite(env, ids, values) {
    if (!('quantity' in values)) return;
    const moves = await movesWhere(env, 'm.id = ANY($1)', ids);
    if (moves.some((move) => move.state === 'cancel')) {
      throw userError('You cannot change a cancelled stock move, create a new line instead.');
    }
    if (moves.some((move) => move.state === 'done')) throw notSimulated('changing the quantity of a done move');
  },
  async afterWrite(env, ids, values) {
    if ('quantity' in values)
      await setQuantities(
        env,
        ids.map((id) => ({ id, quantity: Number(values['quantity']) })),
      );
    if ('picked' in values) await pick(env, ids, Boolean(values['picked']));
    if ('quantity' in values || 'product_uom_qty' in values) await restateMoves(env, ids);
  },
  async beforeUnlink(env, ids) {
    const moves = await movesWhere(env, 'm.id = ANY($1)', ids);
    const done = moves.filter((move) => move.state === 'done');
    if (done.length > 0) throw userError('You can not delete moves linked to another operation');
    const lines = await env.tx.query<{ id: number }>('SELECT id FROM stock_move_line WHERE move_id = ANY($1)', [ids]);
    await env.models.get('stock.move.line').hooks?.beforeUnlink?.(
      env,
      lines.map((line) => line.id),
    );
  },
};

const hasLines = (record: Values): boolean =>
  Array.isArray(record['move_line_ids']) && record['move_line_ids'].length > 0;

async function pick(env: Env, ids: number[], picked: boolean): Promise<void> {
  await env.tx.query('UPDATE stock_move_line SET picked = $2 WHERE move_id = ANY($1)', [ids, picked]);
}

async function completeMoves(env: Env, records: Values[]): Promise<void> {
  const transfers = await rowsById<TransferRow>(
    env,
    'SELECT id, name, state, company_id, picking_type_id, location_id, location_dest_id FROM stock_picking WHERE id = ANY($1)',
    records.map((record) => record['picking_id']),
  );
  const units = await rowsById<{ id: number; uom_id: number }>(
    env,
    'SELECT p.id, t.uom_id FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id WHERE p.id = ANY($1)',
    records.map((record) => record['product_id']),
  );
  for (const record of records) {
    const transfer = transfers.get(Number(record['picking_id']));
    if (transfer?.state === 'done') throw notSimulated('adding a move to a transfer that is done');
    record['date'] ||= nowInSeconds(env);
    record['company_id'] ||= transfer?.company_id ?? env.companyId;
    record['product_uom'] ||= units.get(Number(record['product_id']))?.uom_id ?? null;
    if (!transfer) continue;
    record['reference'] = transfer.name;
    record['picking_type_id'] = transfer.picking_type_id;
    record['location_id'] ||= transfer.location_id;
    record['location_dest_id'] ||= transfer.location_dest_id;
  }
}

/** Rows by id, for the ids that are numbers. */
export async function rowsById<Row extends { id: number }>(
  env: Env,
  sql: string,
  ids: readonly Value[],
): Promise<Map<number, Row>> {
  const wanted = [...new Set(ids.filter((id) => Number.isInteger(id)))];
  if (wanted.length === 0) return new Map();
  const rows = await env.tx.query<Row>(sql, [wanted]);
  return new Map(rows.map((row) => [row.id, row]));
}
