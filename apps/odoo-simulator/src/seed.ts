import { create } from './orm/create.js';
import type { Env } from './orm/environment.js';
import type { Values } from './orm/field.js';

/** The modules that a call for installed modules shows. */
const modules = [
  'base',
  'mail',
  'product',
  'product_expiry',
  'purchase',
  'purchase_stock',
  'rpc',
  'stock',
  'stock_account',
  'uom',
  'web',
];

const precisions: readonly [string, number][] = [
  ['Product Unit', 2],
  ['Percentage Analytic', 2],
  ['Product Price', 2],
  ['Discount', 2],
  ['Stock Weight', 2],
  ['Volume', 2],
  ['Payment Terms', 6],
];

/** External id, name, how many of which other unit, active; in Odoo's order, so that ids agree with a fresh Odoo. */
const units: readonly (readonly [string, string, number, string | null, boolean])[] = [
  ['unit', 'Units', 1, null, true],
  ['pack_6', 'Pack of 6', 6, 'unit', true],
  ['dozen', 'Dozens', 12, 'unit', true],
  ['hour', 'Hours', 1, null, true],
  ['day', 'Days', 8, 'hour', true],
  ['minute', 'Minutes', 0.0166667, 'hour', true],
  ['millimeter', 'mm', 1, null, true],
  ['cm', 'cm', 10, 'millimeter', true],
  ['meter', 'm', 100, 'cm', true],
  ['km', 'km', 1000, 'meter', true],
  ['square_meter', 'm²', 1, null, true],
  ['milliliter', 'ml', 1, null, true],
  ['litre', 'L', 1000, 'milliliter', true],
  ['cubic_meter', 'm³', 1000, 'litre', true],
  ['gram', 'g', 1, null, true],
  ['kgm', 'kg', 1000, 'gram', true],
  ['ton', 'Ton', 1000, 'kgm', true],
  ['oz', 'oz', 28.3495, 'gram', false],
  ['lb', 'lb', 16, 'oz', false],
  ['inch', 'in', 2.54, 'cm', false],
  ['foot', 'ft', 12, 'inch', false],
  ['yard', 'yd', 3, 'foot', false],
  ['mile', 'mi', 1760, 'yard', false],
  ['square_foot', 'ft²', 0.092903, 'square_meter', false],
  ['floz', 'fl oz (US)', 0.0295735, 'litre', false],
  ['qt', 'qt (US)', 32, 'floz', false],
  ['gal', 'gal (US)', 4, 'qt', false],
  ['cubic_inch', 'in³', 0.0163871, 'litre', false],
  ['cubic_foot', 'ft³', 1728, 'cubic_inch', false],
  ['kwh', 'KWH', 1, null, true],
];

/** Fills an empty database with what a fresh Odoo with stock and expiry has; a filled one is left alone. */
export async function seed(env: Env): Promise<void> {
  const present = await env.tx.query('SELECT 1 FROM res_company LIMIT 1');
  if (present.length > 0) return;
  await create(
    env,
    'decimal.precision',
    precisions.map(([name, digits]) => ({ name, digits })),
  );
  await create(env, 'res.currency', [
    { id: 'base.USD', name: 'USD', symbol: '$' },
    { id: 'base.EUR', name: 'EUR', symbol: '€' },
  ]);
  await create(
    env,
    'ir.module.module',
    modules.map((name) => ({ name, state: 'installed', latest_version: '19.0.1.0' })),
  );
  await seedUnits(env);
  await create(env, 'product.category', [
    { id: 'product.product_category_goods', name: 'Goods' },
    { id: 'product.product_category_expenses', name: 'Expenses' },
    { id: 'product.product_category_services', name: 'Services' },
  ]);
  await seedCompany(env);
}

async function seedUnits(env: Env): Promise<void> {
  const ids = new Map<string, number>();
  for (const [key, name, factor, relative, active] of units) {
    const [id] = await create(env, 'uom.uom', [
      {
        id: `uom.product_uom_${key}`,
        name,
        relative_factor: factor,
        relative_uom_id: ids.get(relative ?? '') ?? null,
        active,
      },
    ]);
    ids.set(key, id ?? 0);
  }
}

async function seedCompany(env: Env): Promise<void> {
  const partner = async (values: Values): Promise<number> => (await create(env, 'res.partner', [values]))[0] ?? 0;
  const house = await partner({ id: 'base.main_partner', name: 'My Company', is_company: true });
  await create(env, 'stock.location', [
    { id: 'stock.stock_location_suppliers', name: 'Vendors', usage: 'supplier', company_id: false },
    { id: 'stock.stock_location_customers', name: 'Customers', usage: 'customer', company_id: false },
    { id: 'stock.stock_location_inter_company', name: 'Inter-company transit', usage: 'transit', company_id: false },
  ]);
  await create(env, 'res.company', [
    { id: 'base.main_company', name: 'My Company', partner_id: house },
    {
      id: 'stock.res_company_1',
      name: 'My Company (Chicago)',
      partner_id: await partner({ name: 'My Company (Chicago)', is_company: true }),
    },
  ]);
  await seedUsers(env, partner);
  await nameFirstWarehouse(env);
}

async function seedUsers(env: Env, partner: (values: Values) => Promise<number>): Promise<void> {
  const common = { company_id: 1, company_ids: [[6, 0, [1, 2]]] };
  const robot = await partner({ name: 'OdooBot' });
  const person = await partner({ id: 'base.partner_admin', name: 'Administrator' });
  await create(env, 'res.users', [
    { ...common, id: 'base.user_root', name: 'OdooBot', login: '__system__', partner_id: robot, active: false },
    { ...common, id: 'base.user_admin', name: 'Administrator', login: 'admin', partner_id: person },
  ]);
}

async function nameFirstWarehouse(env: Env): Promise<void> {
  await env.tx.query(
    `INSERT INTO ir_model_data (module, name, model, res_id, noupdate, create_date, write_date)
      SELECT 'stock', named.name, named.model, named.res_id, true, $1::timestamp, $1::timestamp FROM stock_warehouse w,
        LATERAL (VALUES ('warehouse0', 'stock.warehouse', w.id), ('stock_location_stock', 'stock.location', w.lot_stock_id),
          ('picking_type_in', 'stock.picking.type', w.in_type_id), ('picking_type_out', 'stock.picking.type', w.out_type_id),
          ('picking_type_internal', 'stock.picking.type', w.int_type_id)) AS named(name, model, res_id)
      WHERE w.company_id = 1`,
    [env.now],
  );
}
