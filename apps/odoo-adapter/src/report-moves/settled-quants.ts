import type { QuantRow } from '../master-data/opening-balances.js';
import { readContext } from '../master-data/master-model.js';
import type { Odoo } from '../odoo.js';
import { doneLines, linesSince, productsOf } from './move-reading.js';

/** Quants of internal locations, and the done lines that they contain: all others came after. */
export interface SettledQuants {
  readonly quants: readonly QuantRow[];
  readonly moves: ReadonlySet<number>;
}

const pageSize = 2_000;

/**
 * Reads what Odoo holds, such that one can say of every move whether it is in it: pages are read one after the other while
 * people go on moving, so the products of moves that were done meanwhile are read again until none was. `since`: before
 * the reading by more than Odoo's longest transaction and the difference of the clocks.
 */
export async function settledQuants(odoo: Odoo, since: Date): Promise<SettledQuants> {
  const moves = await doneLines(odoo);
  let quants = await internalQuants(odoo);
  for (;;) {
    const meanwhile: number[] = [];
    for await (const page of linesSince(odoo, since, pageSize))
      meanwhile.push(...page.map(({ id }) => id).filter((id) => !moves.has(id)));
    if (meanwhile.length === 0) return { quants, moves };
    for (const id of meanwhile) moves.add(id);
    const products = await productsOf(odoo, meanwhile);
    const again = await internalQuants(odoo, products);
    quants = [...quants.filter(({ product_id: product }) => !product || !products.includes(product[0])), ...again];
  }
}

async function internalQuants(odoo: Odoo, products?: readonly number[]): Promise<QuantRow[]> {
  const quants: QuantRow[] = [];
  for (let lastId = 0; ;) {
    const page = await odoo.searchRead<QuantRow>('stock.quant', {
      domain: [
        ['location_id.usage', '=', 'internal'],
        ['quantity', '!=', 0],
        ['id', '>', lastId],
        ...(products === undefined ? [] : [['product_id', 'in', [...products]]]),
      ],
      fields: ['product_id', 'location_id', 'lot_id', 'quantity'],
      order: 'id',
      limit: pageSize,
      context: readContext,
    });
    quants.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return quants;
    lastId = last.id;
  }
}
