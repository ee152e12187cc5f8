import { userError } from '../odoo-error.js';
import type { Env } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
import type { Hooks } from '../orm/model.js';
import { numberTree, renumber } from './tree.js';

const tree = { model: 'stock.location', parent: 'location_id', separator: '/', alone: `c.usage = 'view'` } as const;

/** What Odoo does and refuses when a location changes. */
export const locationRules: Hooks = {
  async beforeCreate(env, records) {
    for (const record of records) record['company_id'] ??= env.companyId;
  },
  ...numberTree(tree),
  async beforeWrite(env, ids, values) {
    if ('company_id' in values) await refuseOtherCompany(env, ids, values);
    if (typeof values['usage'] === 'string') await refuseStocked(env, ids, values['usage']);
    if (values['active'] === false) await refuseArchivingStock(env, ids);
  },
  async afterWrite(env, ids, values) {
    if ('name' in values || 'location_id' in values || 'usage' in values) await renumber(env, tree, ids);
  },
};

async function refuseOtherCompany(env: Env, ids: number[], values: Values): Promise<void> {
  const rows = await env.tx.query(
    'SELECT 1 FROM stock_location WHERE id = ANY($1) AND company_id IS DISTINCT FROM $2::int',
    [ids, values['company_id'] || null],
  );
  if (rows.length > 0) {
    throw userError(
      'Changing the company of this record is forbidden at this point, you should rather archive it and create a new one.',
    );
  }
}

async function refuseStocked(env: Env, ids: number[], usage: string): Promise<void> {
  const rows = await env.tx.query<{ quantity: number }>(
    `SELECT q.quantity FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
      WHERE l.id = ANY($1) AND (($2 = 'view') OR (l.usage <> $2 AND q.quantity > 0)) LIMIT 1`,
    [ids, usage],
  );
  if (rows.length === 0) return;
  throw userError(
    usage === 'view'
      ? "This location's usage cannot be changed to view as it contains products."
      : "Internal locations having stock can't be converted",
  );
}

async function refuseArchivingStock(env: Env, ids: number[]): Promise<void> {
  const rows = await env.tx.query<{ complete_name: string }>(
    `SELECT DISTINCT c.complete_name FROM stock_location s
      JOIN stock_location c ON c.parent_path LIKE s.parent_path || '%' AND c.usage = 'internal'
      JOIN stock_quant q ON q.location_id = c.id AND (q.quantity <> 0 OR q.reserved_quantity <> 0) WHERE s.id = ANY($1)`,
    [ids],
  );
  if (rows.length === 0) return;
  const names = rows.map((row) => row.complete_name).join(', ');
  throw userError(`You can't disable locations ${names} because they still contain products.`);
}
