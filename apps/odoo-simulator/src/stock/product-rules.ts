import { validationError } from '../odoo-error.js';
import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import type { Values } from '../orm/field.js';
import type { Hooks } from '../orm/model.js';

const shared = ['default_code', 'barcode', 'standard_price'] as const;

/** A template has one variant here; code, barcode and cost are kept on both, and both share `write_date`. */
export const templateRules: Hooks = {
  async beforeCreate(_env, records) {
    for (const record of records) {
      if (record['tracking'] && record['tracking'] !== 'none') record['is_storable'] = true;
    }
  },
  async afterCreate(env, ids, records) {
    if (env.context['create_product_product'] === false) return;
    const variants = ids.map((id, at): Values => ({
      product_tmpl_id: id,
      ...pick(records[at] ?? {}),
      active: records[at]?.['active'] ?? true,
    }));
    await create(env, 'product.product', variants);
  },
  async afterWrite(env, ids, values) {
    const given = pick(values);
    for (const name of ['active' as const, ...shared]) {
      if (!(name in values)) continue;
      const value = name === 'active' ? Boolean(values[name]) : (given[name] ?? null);
      await env.tx.query(`UPDATE product_product SET "${name}" = $2 WHERE product_tmpl_id = ANY($1)`, [
        ids,
        value === false && name !== 'active' ? null : value,
      ]);
    }
    await env.tx.query('UPDATE product_product SET write_date = $2::timestamp WHERE product_tmpl_id = ANY($1)', [
      ids,
      env.now,
    ]);
    if ('barcode' in values) await refuseDoubleBarcodes(env, await variantsOf(env, ids));
  },
};

/** Rules of a product: barcodes are unique among products and packagings. */
export const productRules: Hooks = {
  async afterCreate(env, ids, records) {
    await copyToTemplate(
      env,
      ids,
      records.some((record) => shared.some((name) => name in record)),
    );
    await refuseDoubleBarcodes(env, ids);
  },
  async afterWrite(env, ids, values) {
    await copyToTemplate(
      env,
      ids,
      shared.some((name) => name in values),
    );
    if ('active' in values) {
      await env.tx.query(
        `UPDATE product_template t SET active = $2, write_date = $3::timestamp FROM product_product p WHERE p.id = ANY($1) AND t.id = p.product_tmpl_id`,
        [ids, Boolean(values['active']), env.now],
      );
    }
    if ('barcode' in values) await refuseDoubleBarcodes(env, ids);
  },
  async afterUnlink(env) {
    await env.tx.query(
      'DELETE FROM product_template t WHERE NOT EXISTS (SELECT 1 FROM product_product p WHERE p.product_tmpl_id = t.id)',
    );
  },
};

const pick = (values: Values): Values =>
  Object.fromEntries(shared.filter((name) => name in values).map((name) => [name, values[name]]));

async function variantsOf(env: Env, templateIds: number[]): Promise<number[]> {
  const rows = await env.tx.query<{ id: number }>('SELECT id FROM product_product WHERE product_tmpl_id = ANY($1)', [
    templateIds,
  ]);
  return rows.map((row) => row.id);
}

async function copyToTemplate(env: Env, ids: number[], changed: boolean): Promise<void> {
  if (!changed) return;
  await env.tx.query(
    `UPDATE product_template t SET default_code = p.default_code, barcode = p.barcode, standard_price = p.standard_price
      FROM product_product p WHERE p.id = ANY($1) AND t.id = p.product_tmpl_id`,
    [ids],
  );
}

async function refuseDoubleBarcodes(env: Env, ids: number[]): Promise<void> {
  const doubles = await env.tx.query<{ barcode: string; products: string[] }>(
    `SELECT p.barcode, array_agg(${env.models.get('product.product').displayName('p')} ORDER BY p.id) AS products
      FROM product_product p WHERE p.active AND p.barcode IN (SELECT barcode FROM product_product WHERE id = ANY($1) AND barcode <> '')
      GROUP BY p.barcode HAVING count(*) > 1`,
    [ids],
  );
  if (doubles.length > 0) {
    const lines = doubles.map(
      ({ barcode, products }) => `- Barcode "${barcode}" already assigned to product(s): ${inWords(products)}`,
    );
    throw validationError(
      `Barcode(s) already assigned:\n\n${lines.join('\n')}\n\nNote: products that you don't have access to will not be shown above.`,
    );
  }
  const packaged = await env.tx.query(
    'SELECT 1 FROM product_uom u JOIN product_product p ON p.barcode = u.barcode WHERE p.id = ANY($1) LIMIT 1',
    [ids],
  );
  if (packaged.length > 0) throw validationError('A packaging already uses the barcode');
}

/** `A, B, and C`, as Odoo lists things in its messages. */
export function inWords(names: readonly string[]): string {
  return new Intl.ListFormat('en', { style: 'long', type: 'conjunction' }).format(names);
}

/** A packaging's barcode may not be a product's. */
export const packagingRules: Hooks = {
  async afterCreate(env, ids) {
    const taken = await env.tx.query(
      'SELECT 1 FROM product_uom u JOIN product_product p ON p.barcode = u.barcode WHERE u.id = ANY($1) LIMIT 1',
      [ids],
    );
    if (taken.length > 0) throw validationError('A product already uses the barcode');
  },
};

/** A supplier's offer belongs to a template and is counted in the product's unit unless told. */
export const supplierRules: Hooks = {
  async beforeCreate(env, records) {
    for (const record of records) {
      const rows = await env.tx.query<{ template: number; unit: number; variant: number | null }>(
        `SELECT t.id AS template, t.uom_id AS unit,
            (SELECT CASE WHEN count(*) = 1 THEN min(v.id) END FROM product_product v WHERE v.product_tmpl_id = t.id) AS variant
          FROM product_template t
          WHERE t.id = COALESCE($1::int, (SELECT p.product_tmpl_id FROM product_product p WHERE p.id = $2::int))`,
        [record['product_tmpl_id'] || null, record['product_id'] || null],
      );
      record['product_tmpl_id'] ||= rows[0]?.template ?? null;
      record['product_uom_id'] ||= rows[0]?.unit ?? null;
      record['product_id'] ||= rows[0]?.variant ?? null;
    }
  },
};

/** `factor` is how many of the root unit one unit is. */
export const unitRules: Hooks = {
  async beforeCreate(_env, records) {
    for (const record of records) record['factor'] = record['relative_factor'] ?? 1;
  },
  afterCreate: (env, ids) => refactor(env, ids),
  async afterWrite(env, ids, values) {
    if ('relative_factor' in values || 'relative_uom_id' in values) await refactor(env, ids);
  },
};

async function refactor(env: Env, ids: number[]): Promise<void> {
  await env.tx.query(
    `WITH RECURSIVE down AS (
      SELECT c.id, COALESCE(p.parent_path, '') || c.id || '/' AS path, c.relative_factor * COALESCE(p.factor, 1) AS factor
      FROM uom_uom c LEFT JOIN uom_uom p ON p.id = c.relative_uom_id WHERE c.id = ANY($1::int[])
      UNION ALL
      SELECT c.id, p.path || c.id || '/', c.relative_factor * p.factor FROM uom_uom c JOIN down p ON p.id = c.relative_uom_id
    ) UPDATE uom_uom t SET parent_path = down.path, factor = down.factor FROM down WHERE t.id = down.id`,
    [ids],
  );
}
