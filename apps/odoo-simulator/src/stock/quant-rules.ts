import { Decimal } from 'decimal.js';
import { userError, validationError } from '../odoo-error.js';
import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import { nowInSeconds } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
import type { Hooks, Method } from '../orm/model.js';
import { requireExisting, updateEach } from '../orm/write.js';
import { finishMoves } from './finish.js';

const counted = 'inventory_quantity';
const autoApplied = 'inventory_quantity_auto_apply';
const creatable = new Set([
  'product_id',
  'location_id',
  'lot_id',
  'package_id',
  'owner_id',
  counted,
  autoApplied,
  'inventory_date',
  'user_id',
]);
const protectedFields = ['product_id', 'location_id', 'lot_id', 'package_id', 'owner_id'];

const countingMode = (env: Env): boolean => Boolean(env.context['inventory_mode']);

/** What Odoo does around a quant: company of its location, no quants in views, counts kept beside the quantity. */
export const quantRules: Hooks = {
  async beforeCreate(env, records) {
    for (const record of records) {
      record['in_date'] ||= nowInSeconds(env);
      record['quantity'] ??= 0;
      if (counted in record) noteCount(record, Number(record['quantity']));
    }
    await followLocation(env, records);
  },
  async beforeWrite(env, ids, values) {
    if (countingMode(env) && protectedFields.some((name) => name in values)) {
      throw userError("Quant's editing is restricted, you can't do this operation.");
    }
    if (!(counted in values)) return;
    const rows = await quantRows(env, ids);
    await updateEach(
      env,
      'stock.quant',
      rows.map((row) => ({ id: row.id, ...difference(Number(values[counted]), row.quantity) })),
    );
    values['inventory_quantity_set'] = true;
  },
  async afterWrite(env, ids, values) {
    if (!(autoApplied in values) || !countingMode(env)) return;
    const rows = await quantRows(env, ids);
    await updateEach(
      env,
      'stock.quant',
      rows.map((row) => ({
        id: row.id,
        [counted]: Number(values[autoApplied]),
        ...difference(Number(values[autoApplied]), row.quantity),
      })),
    );
    await applyCounts(env, ids);
  },
};

const difference = (count: number, quantity: number): Values => ({
  inventory_diff_quantity: new Decimal(count).minus(quantity).toNumber(),
});

function noteCount(record: Values, quantity: number): void {
  Object.assign(record, difference(Number(record[counted]), quantity), { inventory_quantity_set: true });
}

async function followLocation(env: Env, records: Values[]): Promise<void> {
  const rows = await env.tx.query<{ id: number; company_id: number | null; usage: string; name: string }>(
    'SELECT id, company_id, usage, name FROM stock_location WHERE id = ANY($1)',
    [[...new Set(records.map((record) => Number(record['location_id'] || 0)))]],
  );
  const locations = new Map(rows.map((row) => [row.id, row]));
  for (const record of records) {
    const location = locations.get(Number(record['location_id']));
    if (location?.usage === 'view') {
      throw validationError(
        `You cannot take products from or deliver products to a location of type "view" (${location.name}).`,
      );
    }
    record['company_id'] = location?.company_id ?? null;
  }
}

interface QuantRow {
  readonly id: number;
  readonly product_id: number;
  readonly location_id: number;
  readonly lot_id: number | null;
  readonly company_id: number | null;
  readonly quantity: number;
  readonly inventory_quantity: number;
  readonly inventory_diff_quantity: number;
  readonly inventory_quantity_set: boolean;
  readonly uom_id: number;
  readonly loss_id: number;
}

async function quantRows(env: Env, ids: readonly number[]): Promise<QuantRow[]> {
  return env.tx.query<QuantRow>(
    `SELECT q.id, q.product_id, q.location_id, q.lot_id, q.company_id, COALESCE(q.quantity, 0) AS quantity,
        COALESCE(q.inventory_quantity, 0) AS inventory_quantity, COALESCE(q.inventory_diff_quantity, 0) AS inventory_diff_quantity,
        q.inventory_quantity_set, t.uom_id,
        (SELECT l.id FROM stock_location l WHERE l.usage = 'inventory' AND l.company_id = COALESCE(q.company_id, $2) ORDER BY l.id LIMIT 1) AS loss_id
      FROM stock_quant q JOIN product_product p ON p.id = q.product_id JOIN product_template t ON t.id = p.product_tmpl_id
      WHERE q.id = ANY($1) ORDER BY q.id`,
    [ids, env.companyId],
  );
}

/** Creates quants; in counting mode a quant of the same place and lot is counted instead of made again. */
async function createQuants(env: Env, given: readonly Values[]): Promise<number[]> {
  const ids: number[] = [];
  for (const values of given) {
    const isCount = countingMode(env) && (counted in values || autoApplied in values);
    ids.push(isCount ? await countOne(env, values) : ((await create(env, 'stock.quant', [values]))[0] ?? 0));
  }
  return ids;
}

async function countOne(env: Env, values: Values): Promise<number> {
  if (Object.keys(values).some((name) => !name.startsWith('x_') && !creatable.has(name))) {
    throw userError("Quant's creation is restricted, you can't do this operation.");
  }
  const { [counted]: count, [autoApplied]: applied, ...place } = values;
  const rows = await env.tx.query<{ id: number }>(
    'SELECT id FROM stock_quant WHERE product_id = $1 AND location_id = $2 AND lot_id IS NOT DISTINCT FROM $3::int AND owner_id IS NULL ORDER BY id LIMIT 1',
    [place['product_id'], place['location_id'], place['lot_id'] || null],
  );
  const id = rows[0]?.id ?? (await create(env, 'stock.quant', [place]))[0] ?? 0;
  const [quant] = await quantRows(env, [id]);
  const quantity = Number((applied ?? count) || 0);
  await updateEach(env, 'stock.quant', [
    {
      id,
      [counted]: quantity,
      ...difference(quantity, quant?.quantity ?? 0),
      inventory_quantity_set: true,
      inventory_date: env.now.slice(0, 10),
      user_id: env.uid,
    },
  ]);
  if (applied !== undefined) await applyCounts(env, [id]);
  return id;
}

/** Turns counts into done moves from or to the company's inventory adjustment location. */
async function applyCounts(env: Env, ids: readonly number[]): Promise<unknown> {
  const quants = await quantRows(env, ids);
  const outdated = quants.filter(
    (quant) =>
      quant.inventory_quantity_set &&
      difference(quant.inventory_quantity, quant.quantity)['inventory_diff_quantity'] !== quant.inventory_diff_quantity,
  );
  if (outdated.length > 0) return conflict(env, ids, outdated);
  const moves = await create(
    { ...env, context: {} },
    'stock.move',
    quants.map((quant) => adjustment(env, quant)),
  );
  await finishMoves(env, moves, 'cancel');
  const yearEnd = `${env.now.slice(0, 4)}-12-31`;
  await updateEach(
    env,
    'stock.quant',
    quants.map(({ id }) => ({
      id,
      [counted]: 0,
      inventory_diff_quantity: 0,
      inventory_quantity_set: false,
      inventory_date: yearEnd,
    })),
  );
  return null;
}

function adjustment(env: Env, quant: QuantRow): Values {
  const gained = quant.inventory_diff_quantity > 0;
  const quantity = Math.abs(quant.inventory_diff_quantity);
  const places = {
    location_id: gained ? quant.loss_id : quant.location_id,
    location_dest_id: gained ? quant.location_id : quant.loss_id,
    company_id: quant.company_id ?? env.companyId,
  };
  const common = { product_id: quant.product_id, ...places, picked: true };
  return {
    ...common,
    product_uom: quant.uom_id,
    product_uom_qty: quantity,
    is_inventory: true,
    state: 'confirmed',
    reference: quantity === 0 ? 'Product Quantity Confirmed' : 'Product Quantity Updated',
    move_line_ids: [[0, 0, { ...common, product_uom_id: quant.uom_id, quantity, lot_id: quant.lot_id }]],
  };
}

const conflict = (env: Env, ids: readonly number[], outdated: readonly QuantRow[]): unknown => ({
  name: 'Conflict in Inventory Adjustment',
  type: 'ir.actions.act_window',
  view_mode: 'form',
  views: [[false, 'form']],
  res_model: 'stock.inventory.conflict',
  target: 'new',
  context: { ...env.context, default_quant_ids: [...ids], default_quant_to_fix_ids: outdated.map((quant) => quant.id) },
});

/** Methods of `stock.quant`. */
export const quantMethods: Record<string, Method> = {
  create: {
    parameters: ['vals_list!'],
    on: 'model',
    run: (env, _ids, args) => {
      const given = args['vals_list'];
      return createQuants(env, (Array.isArray(given) ? given : [given]) as Values[]);
    },
  },
  action_apply_inventory: {
    parameters: ['date'],
    on: 'records',
    run: async (env, ids) => {
      await requireExisting(env, env.models.get('stock.quant'), ids);
      return applyCounts(env, ids);
    },
  },
};
