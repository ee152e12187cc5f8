import { readContext } from '../master-data/master-model.js';
import { odooTime } from '../master-data/master-data-poller.js';
import { idOf, type Many2one, type Odoo } from '../odoo.js';
import { externalModule } from '../posting/picking-document.js';
import type { LineRow } from './move-line.js';

/** A done line's id and when it was last written, to the second. */
export interface LineHead {
  readonly id: number;
  readonly write_date: string;
}

/** Lines that changed a quant: done, and of a product whose stock Odoo keeps. */
const done = [
  ['state', '=', 'done'],
  ['product_id.is_storable', '=', true],
];
const idsAtOnce = 50_000;
const lineFields = [
  ...['write_date', 'write_uid', 'date', 'reference', 'origin', 'product_id', 'lot_id'],
  ...['location_id', 'location_dest_id', 'quantity_product_uom'],
];

const writtenSince = (since: Date) => ['write_date', '>=', odooTime(since)];

/** Ids of all lines done so far; of those dated before a moment when one is given. */
export async function doneLines(odoo: Odoo, datedBefore?: Date): Promise<Set<number>> {
  const dated = datedBefore === undefined ? [] : [['date', '<', odooTime(datedBefore)]];
  const ids = new Set<number>();
  for (let lastId = 0; ;) {
    const page = await odoo.call<number[]>('stock.move.line', 'search', {
      domain: [...done, ...dated, ['id', '>', lastId]],
      order: 'id',
      limit: idsAtOnce,
      context: readContext,
    });
    for (const id of page) ids.add(id);
    const last = page.at(-1);
    if (last === undefined || page.length < idsAtOnce) return ids;
    lastId = last;
  }
}

/** Lines done and written since a moment, page by page in id order. */
export async function* linesSince(odoo: Odoo, since: Date, pageSize: number): AsyncGenerator<LineHead[]> {
  for (let lastId = 0; ;) {
    const page = await odoo.searchRead<LineHead>('stock.move.line', {
      domain: [...done, writtenSince(since), ['id', '>', lastId]],
      fields: ['write_date'],
      order: 'id',
      limit: pageSize,
      context: readContext,
    });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    lastId = last.id;
  }
}

/** The lines themselves, those that are still done. */
export async function readLines(odoo: Odoo, ids: readonly number[]): Promise<LineRow[]> {
  if (ids.length === 0) return [];
  return odoo.searchRead<LineRow>('stock.move.line', {
    domain: [...done, ['id', 'in', [...ids]]],
    fields: lineFields,
    order: 'id',
    context: readContext,
  });
}

/** Products of lines. */
export async function productsOf(odoo: Odoo, ids: readonly number[]): Promise<number[]> {
  const rows = await odoo.searchRead<{ product_id: Many2one }>('stock.move.line', {
    domain: [['id', 'in', [...ids]]],
    fields: ['product_id'],
    context: readContext,
  });
  return [...new Set(rows.flatMap(({ product_id: product }) => idOf(product) ?? []))];
}

/** Those among lines that Wardline made: its lines carry an external id, which a copy of them would not. */
export async function ownLines(odoo: Odoo, ids: readonly number[]): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const rows = await odoo.searchRead<{ res_id: number }>('ir.model.data', {
    domain: [
      ['module', '=', externalModule],
      ['model', '=', 'stock.move.line'],
      ['res_id', 'in', [...ids]],
    ],
    fields: ['res_id'],
  });
  return new Set(rows.map(({ res_id: id }) => id));
}
