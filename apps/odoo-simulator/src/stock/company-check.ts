import { userError } from '../odoo-error.js';
import type { Env } from '../orm/environment.js';

interface Foreign {
  readonly record: string;
  readonly company: string;
  readonly label: string;
  readonly field: string;
  readonly value: string;
}

/** Product, places and lots of a move must belong to the move's company or to none. */
export async function refuseForeignCompanies(env: Env, moveIds: readonly number[]): Promise<void> {
  if (moveIds.length === 0) return;
  const found = await env.tx.query<Foreign>(
    `WITH links AS (
      SELECT m.id, m.company_id, 'Source Location' AS label, 'location_id' AS field, l.complete_name AS value, l.company_id AS other, 3 AS place
        FROM stock_move m JOIN stock_location l ON l.id = m.location_id WHERE m.id = ANY($1)
      UNION ALL SELECT m.id, m.company_id, 'Intermediate Location', 'location_dest_id', l.complete_name, l.company_id, 4
        FROM stock_move m JOIN stock_location l ON l.id = m.location_dest_id WHERE m.id = ANY($1)
      UNION ALL SELECT m.id, m.company_id, 'Product', 'product_id', ${env.models.get('product.product').displayName('p')}, t.company_id, 1
        FROM stock_move m JOIN product_product p ON p.id = m.product_id JOIN product_template t ON t.id = p.product_tmpl_id WHERE m.id = ANY($1)
      UNION ALL SELECT m.id, m.company_id, 'Transfer', 'picking_id', k.name, k.company_id, 5
        FROM stock_move m JOIN stock_picking k ON k.id = m.picking_id WHERE m.id = ANY($1)
      UNION ALL SELECT m.id, m.company_id, 'Lot/Serial Number', 'lot_id', b.name, b.company_id, 6
        FROM stock_move m JOIN stock_move_line l ON l.move_id = m.id JOIN stock_lot b ON b.id = l.lot_id WHERE m.id = ANY($1)
    ) SELECT ${env.models.get('stock.move').displayName('m')} AS record, c.name AS company, links.label, links.field, links.value
      FROM links JOIN stock_move m ON m.id = links.id JOIN res_company c ON c.id = links.company_id
      WHERE links.other IS NOT NULL AND links.other <> links.company_id ORDER BY m.id, links.place LIMIT 6`,
    [moveIds],
  );
  if (found.length === 0) return;
  const lines = found
    .slice(0, 5)
    .map(
      ({ record, company, label, field, value }) =>
        `- “${record}” belongs to company “${company}” while “${label}” (${field}: ${value}) belongs to another company.`,
    );
  throw userError(
    ['Uh-oh! You’ve got some company inconsistencies here:', ...lines, ...(found.length > 5 ? ['…'] : [])].join('\n'),
  );
}
