import { userError } from '../odoo-error.js';
import type { Env } from '../orm/environment.js';
import { nowInSeconds } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
import type { Hooks, Method } from '../orm/model.js';
import { requireExisting } from '../orm/write.js';
import { cancelMoves } from './cancel.js';
import { confirmMoves } from './confirm.js';
import { assignMoves, unreserveMoves } from './reserve.js';
import { nextNames } from './sequence.js';
import { restateTransfers } from './move-state.js';
import { movesWhere, transfersOf } from './transfer.store.js';
import { validateTransfers } from './validate.js';

interface TypeRow {
  readonly id: number;
  readonly sequence_id: number | null;
  readonly default_location_src_id: number;
  readonly default_location_dest_id: number;
  readonly company_id: number;
  readonly move_type: string;
}

/** What Odoo does around a transfer: number, company and places from its operation type. */
export const pickingRules: Hooks = {
  beforeCreate: completeTransfers,
  async afterCreate(env, ids) {
    await confirmFilled(env, ids);
    await restateTransfers(env, ids);
  },
  async beforeWrite(env, ids, values) {
    const transfers = await transfersOf(env, ids);
    const closed = transfers.some(({ state }) => state === 'done' || state === 'cancel');
    if (values['picking_type_id'] && closed)
      throw userError('Changing the operation type of this record is forbidden at this point.');
  },
  async afterWrite(env, ids, values) {
    if ('date_done' in values) await backdate(env, ids, values);
    if ('location_id' in values || 'location_dest_id' in values) await moveAlong(env, ids);
    if ('move_ids' in values || 'move_line_ids' in values) await confirmFilled(env, ids);
    await restateTransfers(env, ids);
  },
  async beforeUnlink(env, ids) {
    const moves = (await movesWhere(env, 'm.picking_id = ANY($1)', ids)).map((move) => move.id);
    await cancelMoves(env, moves);
    await env.tx.query(
      'DELETE FROM ir_model_data d USING stock_move_line l WHERE d.model = $2 AND d.res_id = l.id AND l.picking_id = ANY($1)',
      [ids, 'stock.move.line'],
    );
    await env.tx.query('DELETE FROM ir_model_data WHERE model = $2 AND res_id = ANY($1)', [moves, 'stock.move']);
    await env.tx.query('DELETE FROM stock_move WHERE id = ANY($1)', [moves]);
  },
};

async function completeTransfers(env: Env, records: Values[]): Promise<void> {
  const rows = await env.tx.query<TypeRow>(
    `SELECT id, sequence_id, default_location_src_id, default_location_dest_id, company_id, move_type FROM stock_picking_type WHERE id = ANY($1)`,
    [[...new Set(records.map((record) => Number(record['picking_type_id'] || 0)))]],
  );
  const types = new Map(rows.map((row) => [row.id, row]));
  for (const type of rows) await giveNames(env, type, records);
  for (const record of records) {
    const type = types.get(Number(record['picking_type_id']));
    record['scheduled_date'] ||= nowInSeconds(env);
    if (!type) continue;
    record['company_id'] ||= type.company_id;
    record['location_id'] ||= type.default_location_src_id;
    record['location_dest_id'] ||= type.default_location_dest_id;
  }
}

async function giveNames(env: Env, type: TypeRow, records: Values[]): Promise<void> {
  const nameless = records.filter(
    (record) => Number(record['picking_type_id']) === type.id && (record['name'] ?? '/') === '/',
  );
  if (!type.sequence_id || nameless.length === 0) return;
  const names = await nextNames(env, type.sequence_id, nameless.length);
  nameless.forEach((record, at) => (record['name'] = names[at] ?? '/'));
}

/** Draft moves that already have a quantity are confirmed by themselves. */
async function confirmFilled(env: Env, ids: number[]): Promise<void> {
  const moves = await movesWhere(env, 'm.picking_id = ANY($1)', ids);
  await confirmMoves(
    env,
    moves.filter((move) => move.state === 'draft' && move.quantity > 0).map((move) => move.id),
  );
}

async function backdate(env: Env, ids: number[], values: Values): Promise<void> {
  for (const table of ['stock_move m', 'stock_move_line m']) {
    const of =
      table === 'stock_move m' ? 'm.picking_id' : '(SELECT o.picking_id FROM stock_move o WHERE o.id = m.move_id)';
    await env.tx.query(
      `UPDATE ${table} SET date = $2::timestamp, write_date = $3::timestamp FROM stock_picking k WHERE k.id = ${of} AND k.id = ANY($1) AND k.state = 'done'`,
      [ids, values['date_done'] || null, env.now],
    );
  }
}

async function moveAlong(env: Env, ids: number[]): Promise<void> {
  await env.tx.query(
    `UPDATE stock_move m SET location_id = k.location_id, location_dest_id = k.location_dest_id, write_date = $2::timestamp
      FROM stock_picking k WHERE k.id = m.picking_id AND k.id = ANY($1) AND m.state NOT IN ('done', 'cancel')
      AND (m.location_id, m.location_dest_id) IS DISTINCT FROM (k.location_id, k.location_dest_id)`,
    [ids, env.now],
  );
}

const onTransfers = (run: (env: Env, ids: number[]) => Promise<unknown>): Method => ({
  parameters: [],
  on: 'records',
  run: async (env, ids) => {
    await requireExisting(env, env.models.get('stock.picking'), ids);
    return run(env, ids);
  },
});

const moveIds = async (env: Env, ids: number[], ...states: string[]): Promise<number[]> =>
  (await movesWhere(env, 'm.picking_id = ANY($1)', ids))
    .filter((move) => states.length === 0 || states.includes(move.state))
    .map((move) => move.id);

/** Methods of `stock.picking`. */
export const pickingMethods: Record<string, Method> = {
  action_confirm: onTransfers(async (env, ids) => {
    await confirmMoves(env, await moveIds(env, ids, 'draft'));
    await restateTransfers(env, ids);
    return true;
  }),
  action_assign: onTransfers(async (env, ids) => {
    await confirmMoves(env, await moveIds(env, ids, 'draft'));
    const open = await moveIds(env, ids, 'waiting', 'confirmed', 'partially_available', 'assigned');
    if (open.length === 0) throw userError('Nothing to check the availability for.');
    await assignMoves(env, open);
    return true;
  }),
  do_unreserve: onTransfers(async (env, ids) => {
    await unreserveMoves(env, await moveIds(env, ids, 'confirmed', 'partially_available', 'assigned'));
    return null;
  }),
  action_cancel: onTransfers(async (env, ids) => {
    await cancelMoves(env, await moveIds(env, ids));
    await env.tx.query(
      `UPDATE stock_picking SET state = 'cancel', write_date = $2::timestamp WHERE id = ANY($1) AND state <> 'cancel'`,
      [ids, env.now],
    );
    return true;
  }),
  button_validate: onTransfers(validateTransfers),
};
