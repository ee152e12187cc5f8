import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import { type Values, textOf } from '../orm/field.js';
import type { Hooks } from '../orm/model.js';

interface Home {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly lot_stock_id: number | null;
}

/** An operation type gets its own sequence and, where none are given, the locations its kind suggests. */
export const pickingTypeRules: Hooks = {
  async beforeCreate(env, records) {
    for (const record of records) await complete(env, record);
  },
};

async function complete(env: Env, record: Values): Promise<void> {
  const company = Number(record['company_id'] || env.companyId);
  record['company_id'] = company;
  const home = await warehouseOf(env, record, company);
  if (record['warehouse_id'] === undefined) record['warehouse_id'] = home?.id ?? false;
  const prefix = `${home && record['warehouse_id'] ? `${home.code}/` : ''}${textOf(record['sequence_code'])}/`;
  if (!record['sequence_id'] && record['sequence_code']) {
    const name = `${home?.name ?? ''} Sequence ${textOf(record['sequence_code'])}`.trim();
    const [sequence] = await create(env, 'ir.sequence', [{ name, prefix, padding: 5, company_id: company }]);
    record['sequence_id'] = sequence ?? null;
  }
  const stock = home?.lot_stock_id ?? null;
  const outside = async (usage: string): Promise<number | null> => firstLocation(env, usage);
  record['default_location_src_id'] ??= record['code'] === 'incoming' ? await outside('supplier') : stock;
  record['default_location_dest_id'] ??= record['code'] === 'outgoing' ? await outside('customer') : stock;
}

async function warehouseOf(env: Env, record: Values, company: number): Promise<Home | undefined> {
  if (record['warehouse_id'] === false) return undefined;
  const rows = await env.tx.query<Home>(
    `SELECT id, code, name, lot_stock_id FROM stock_warehouse
      WHERE CASE WHEN $1::int IS NULL THEN company_id = $2 ELSE id = $1 END ORDER BY sequence, id LIMIT 1`,
    [record['warehouse_id'] ?? null, company],
  );
  return rows[0];
}

async function firstLocation(env: Env, usage: string): Promise<number | null> {
  const rows = await env.tx.query<{ id: number }>(
    'SELECT id FROM stock_location WHERE usage = $1 ORDER BY id LIMIT 1',
    [usage],
  );
  return rows[0]?.id ?? null;
}
