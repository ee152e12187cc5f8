import { userError, validationError } from '../odoo-error.js';
import type { Env } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
import type { Hooks } from '../orm/model.js';

/** What Odoo does and refuses when a lot changes: unique per product and company, dates from the product's lead times. */
export const lotRules: Hooks = {
  async beforeCreate(env, records) {
    for (const record of records) {
      if (!record['expiration_date'] && record['product_id']) await giveDefaultExpiry(env, record);
    }
  },
  async afterCreate(env, ids) {
    await refuseDoubles(env, ids);
    await deriveDates(env, ids);
  },
  async beforeWrite(env, ids, values) {
    if ('product_id' in values) await refuseOtherProduct(env, ids, Number(values['product_id']));
  },
  async afterWrite(env, ids, values) {
    if ('name' in values || 'product_id' in values || 'company_id' in values) await refuseDoubles(env, ids);
    if ('expiration_date' in values) await deriveDates(env, ids);
  },
};

async function giveDefaultExpiry(env: Env, record: Values): Promise<void> {
  const rows = await env.tx.query<{ expiry: string }>(
    `SELECT to_char($2::timestamp + t.expiration_time * interval '1 day', 'YYYY-MM-DD HH24:MI:SS') AS expiry
      FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id
      WHERE p.id = $1 AND t.use_expiration_date`,
    [record['product_id'], env.now],
  );
  if (rows[0]) record['expiration_date'] = rows[0].expiry;
}

async function deriveDates(env: Env, ids: number[]): Promise<void> {
  await env.tx.query(
    `UPDATE stock_lot b SET
        use_date = b.expiration_date - t.use_time * interval '1 day',
        removal_date = b.expiration_date - t.removal_time * interval '1 day',
        alert_date = b.expiration_date - t.alert_time * interval '1 day'
      FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id
      WHERE b.id = ANY($1) AND p.id = b.product_id AND t.use_expiration_date`,
    [ids],
  );
}

async function refuseDoubles(env: Env, ids: number[]): Promise<void> {
  const rows = await env.tx.query<{ product: string; name: string }>(
    `SELECT DISTINCT ${env.models.get('product.product').displayName('p')} AS product, a.name
      FROM stock_lot a JOIN product_product p ON p.id = a.product_id
      JOIN stock_lot b ON b.product_id = a.product_id AND b.name = a.name AND b.id <> a.id
        AND (b.company_id IS NOT DISTINCT FROM a.company_id OR a.company_id IS NULL OR b.company_id IS NULL)
      WHERE a.id = ANY($1)`,
    [ids],
  );
  if (rows.length === 0) return;
  const lines = rows.map((row) => ` - Product: ${row.product}, Lot/Serial Number: ${row.name}`).join('\n');
  throw validationError(
    'The combination of lot/serial number and product must be unique within a company including when no company is defined.\n' +
      `The following combinations contain duplicates:\n${lines}`,
  );
}

async function refuseOtherProduct(env: Env, ids: number[], productId: number): Promise<void> {
  const rows = await env.tx.query(
    `SELECT 1 FROM stock_move_line l JOIN stock_lot b ON b.id = l.lot_id WHERE b.id = ANY($1) AND b.product_id <> $2 LIMIT 1`,
    [ids, productId],
  );
  if (rows.length > 0) {
    throw userError(
      'You are not allowed to change the product linked to a serial or lot number if some stock moves have already been created with that number. This would lead to inconsistencies in your stock.',
    );
  }
}
