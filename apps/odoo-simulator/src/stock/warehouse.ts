import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import { write } from '../orm/write.js';

/** A new company gets its virtual locations and a first warehouse, as in Odoo. */
export async function createWarehouses(env: Env, companyIds: number[]): Promise<void> {
  const rows = await env.tx.query<{ id: number; name: string }>(
    'SELECT id, name FROM res_company WHERE id = ANY($1) ORDER BY id',
    [companyIds],
  );
  for (const company of rows) {
    await create(env, 'stock.location', [
      { name: 'Inter-warehouse transit', usage: 'transit', company_id: company.id, active: false },
      { name: 'Inventory adjustment', usage: 'inventory', company_id: company.id },
      { name: 'Production', usage: 'production', company_id: company.id },
      { name: 'Scrap', usage: 'inventory', company_id: company.id },
    ]);
    await create(env, 'stock.warehouse', [{ name: company.name, code: codeOf(company), company_id: company.id }]);
    await env.tx.query(
      'INSERT INTO res_users_company_ids_rel (source_id, target_id) SELECT id, $1 FROM res_users ON CONFLICT DO NOTHING',
      [company.id],
    );
  }
}

const codeOf = (company: { id: number; name: string }): string => (company.id === 1 ? 'WH' : company.name.slice(0, 5));

/** A new warehouse gets its locations and its three kinds of operation. */
export async function createWarehouseParts(env: Env, ids: number[]): Promise<void> {
  for (const id of ids) {
    const rows = await env.tx.query<{ code: string; company_id: number }>(
      'SELECT code, company_id FROM stock_warehouse WHERE id = $1',
      [id],
    );
    const home = rows[0];
    if (home) await furnish(env, id, home.code, home.company_id);
  }
}

const areas = [
  ['Input', 'INPUT'],
  ['Quality Control', 'QUALITY'],
  ['Output', 'OUTPUT'],
  ['Packing Zone', 'PACKING'],
] as const;

const kinds = [
  { name: 'Receipts', code: 'incoming', sequence_code: 'IN', sequence: 1, use_existing_lots: false },
  { name: 'Delivery Orders', code: 'outgoing', sequence_code: 'OUT', sequence: 5 },
  {
    name: 'Internal Transfers',
    code: 'internal',
    sequence_code: 'INT',
    sequence: 7,
    use_create_lots: false,
    active: false,
  },
] as const;

async function furnish(env: Env, id: number, name: string, company: number): Promise<void> {
  const code = name.replaceAll(' ', '').toUpperCase();
  const common = { company_id: company };
  const [view = 0] = await create(env, 'stock.location', [{ ...common, name, usage: 'view' }]);
  const [stock = 0] = await create(env, 'stock.location', [
    { ...common, name: 'Stock', location_id: view, barcode: `${code}STOCK`, replenish_location: true },
    ...areas.map(([area, barcode]) => ({
      ...common,
      name: area,
      location_id: view,
      barcode: `${code}${barcode}`,
      active: false,
    })),
  ]);
  await write(env, 'stock.warehouse', [id], { view_location_id: view, lot_stock_id: stock });
  const operations = kinds.map((kind) => ({
    ...common,
    ...kind,
    warehouse_id: id,
    barcode: `${code}${kind.sequence_code}`,
  }));
  const [incoming = 0, outgoing = 0, internal = 0] = await create(env, 'stock.picking.type', operations);
  await write(env, 'stock.warehouse', [id], { in_type_id: incoming, out_type_id: outgoing, int_type_id: internal });
}
