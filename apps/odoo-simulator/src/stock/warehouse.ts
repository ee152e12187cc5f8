import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
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

async function furnish(env: Env, id: number, name: string, company: number): Promise<void> {
  const code = name.replaceAll(' ', '').toUpperCase();
  const location = async (values: Values): Promise<number> =>
    (await create(env, 'stock.location', [{ company_id: company, ...values }]))[0] ?? 0;
  const view = await location({ name, usage: 'view' });
  const stock = await location({ name: 'Stock', location_id: view, barcode: `${code}STOCK`, replenish_location: true });
  for (const [area, barcode] of [
    ['Input', 'INPUT'],
    ['Quality Control', 'QUALITY'],
    ['Output', 'OUTPUT'],
    ['Packing Zone', 'PACKING'],
  ]) {
    await location({ name: area ?? '', location_id: view, barcode: `${code}${barcode}`, active: false });
  }
  await write(env, 'stock.warehouse', [id], { view_location_id: view, lot_stock_id: stock });
  const base = { warehouse_id: id, company_id: company };
  const [incoming, outgoing, internal] = await create(env, 'stock.picking.type', [
    {
      ...base,
      name: 'Receipts',
      code: 'incoming',
      sequence_code: 'IN',
      sequence: 1,
      barcode: `${code}IN`,
      use_existing_lots: false,
    },
    { ...base, name: 'Delivery Orders', code: 'outgoing', sequence_code: 'OUT', sequence: 5, barcode: `${code}OUT` },
    {
      ...base,
      name: 'Internal Transfers',
      code: 'internal',
      sequence_code: 'INT',
      sequence: 7,
      barcode: `${code}INT`,
      use_create_lots: false,
      active: false,
    },
  ]);
  await write(env, 'stock.warehouse', [id], {
    in_type_id: incoming ?? null,
    out_type_id: outgoing ?? null,
    int_type_id: internal ?? null,
  });
}
