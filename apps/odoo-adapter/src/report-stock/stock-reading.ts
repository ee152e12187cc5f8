import { Decimal, type OdooMove } from '@wardline/event-contracts';
import { readContext } from '../master-data/master-model.js';
import { odooTime } from '../master-data/master-data-poller.js';
import { namesOf, type RecordName } from '../master-data/master-record.store.js';
import type { QuantRow } from '../master-data/opening-balances.js';
import { idOf, orNull, type Many2one, type Odoo } from '../odoo.js';
import type { Query } from '../posting/posting.store.js';
import { placeKey, type Balance, type PlaceChange } from './stock-report.js';
import { locationUsages, ownPickings } from './stock-report.store.js';

const pageSize = 2_000;
/** Looked back before the last report for moves: longer than a transaction of Odoo and the difference of the clocks. */
const overlapMs = 120_000;
/** Transfers of ours name their event as origin. A person may write the same: what is left out is asked of our postings too. */
const notOurs = [
  ...['|', ['picking_id', '=', false]],
  ...['|', ['picking_id.origin', '=', false], ['picking_id.origin', 'not like', 'wardline ']],
];

interface LineRow {
  readonly id: number;
  readonly product_id: Many2one;
  readonly location_id: Many2one;
  readonly location_dest_id: Many2one;
  readonly lot_id: Many2one;
  readonly picking_id: Many2one;
  readonly quantity_product_uom: number;
  readonly reference: string | false;
  readonly date: string;
  readonly write_uid?: Many2one;
}

/** When a quant of an internal location was last written, as Odoo says it; null when there is none. */
export async function newestWrite(odoo: Odoo): Promise<string | null> {
  const [row] = await odoo.searchRead<{ write_date: string }>('stock.quant', {
    domain: [['location_id.usage', '=', 'internal']],
    fields: ['write_date'],
    order: 'write_date desc, id desc',
    limit: 1,
    context: readContext,
  });
  return row?.write_date ?? null;
}

/** What Odoo holds at internal locations, of all products or some, one balance for each product, lot and location. */
export async function readBalances(odoo: Odoo, query: Query, products?: readonly string[]): Promise<Balance[]> {
  const narrowed = products === undefined ? [] : [['product_id.default_code', 'in', [...products]]];
  const quants: QuantRow[] = await pages(odoo, 'stock.quant', {
    domain: [['location_id.usage', '=', 'internal'], ['quantity', '!=', 0], ...narrowed],
    fields: ['product_id', 'location_id', 'lot_id', 'quantity'],
  });
  return balancesOf(quants, await namesIn(quants, query));
}

/**
 * Moves done since a moment that are not of our making, one line for each internal end. Odoo dates them to the second;
 * a reader knows a repeat by its line.
 */
export async function readChanges(odoo: Odoo, query: Query, since: Date): Promise<PlaceChange[]> {
  const lines: LineRow[] = await pages(odoo, 'stock.move.line', {
    domain: [['state', '=', 'done'], ['write_date', '>=', odooTime(new Date(since.getTime() - overlapMs))], ...notOurs],
    fields: [
      ...['product_id', 'location_id', 'location_dest_id', 'lot_id', 'picking_id', 'quantity_product_uom'],
      ...['reference', 'date', 'write_uid'],
    ],
  });
  const pickings = lines.flatMap(({ picking_id: picking }) => idOf(picking) ?? []);
  const ours = await ownPickings(query, pickings);
  const foreign = lines.filter(({ picking_id: picking }) => !ours.has(idOf(picking) ?? -1));
  if (foreign.length === 0) return [];
  const [names, locations] = await Promise.all([namesIn(foreign, query), locationUsages(query)]);
  return foreign.flatMap((line) => changesOf(line, names, locations));
}

async function pages<T extends { readonly id: number } | object>(
  odoo: Odoo,
  model: string,
  { domain, fields }: { readonly domain: readonly unknown[]; readonly fields: readonly string[] },
): Promise<T[]> {
  const rows: T[] = [];
  for (let lastId = 0; ;) {
    const page = await odoo.searchRead<T>(model, {
      domain: [['id', '>', lastId], ...domain],
      fields,
      order: 'id',
      limit: pageSize,
      context: readContext,
    });
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return rows;
    lastId = last.id;
  }
}

interface Names {
  readonly products: ReadonlyMap<number, RecordName>;
  readonly locations: ReadonlyMap<number, RecordName>;
  readonly lots: ReadonlyMap<number, RecordName>;
}

async function namesIn(
  rows: readonly Pick<QuantRow, 'product_id' | 'location_id' | 'lot_id'>[],
  query: Query,
): Promise<Names> {
  const of = (model: string, field: 'product_id' | 'location_id' | 'lot_id') =>
    namesOf(
      query,
      model,
      rows.map((row) => idOf(row[field])),
    );
  return {
    products: await of('product.product', 'product_id'),
    locations: await of('stock.location', 'location_id'),
    lots: await of('stock.lot', 'lot_id'),
  };
}

/** Sums quants (packages and owners apart in Odoo) by place; what is not in the master data yet is left out. */
export function balancesOf(quants: readonly QuantRow[], names: Names): Balance[] {
  const sums = new Map<string, Balance>();
  for (const quant of quants) {
    const product = names.products.get(idOf(quant.product_id) ?? -1);
    const location = names.locations.get(idOf(quant.location_id) ?? -1);
    if (product === undefined || location === undefined) continue;
    const place = { locationCode: location.code, productCode: product.code, lotNumber: lotOf(quant.lot_id, names) };
    const before = sums.get(placeKey(place))?.quantity ?? new Decimal(0);
    const what = { isSerial: product.data['tracking'] === 'SERIAL', unit: String(product.data['unit']) };
    const quantity = before.plus(String(quant.quantity)).toDecimalPlaces(6);
    sums.set(placeKey(place), { ...place, ...what, quantity });
  }
  return [...sums.values()].filter(({ quantity }) => !quantity.isZero());
}

function lotOf(reference: Many2one, names: Names): string {
  return (names.lots.get(idOf(reference) ?? -1)?.data['lotNumber'] as string | undefined) ?? '';
}

function changesOf(line: LineRow, names: Names, locations: Awaited<ReturnType<typeof locationUsages>>): PlaceChange[] {
  const productCode = names.products.get(idOf(line.product_id) ?? -1)?.code;
  const [from, to] = [line.location_id, line.location_dest_id].map((end) => locations.get(idOf(end) ?? -1));
  if (productCode === undefined || from === undefined || to === undefined) return [];
  const quantity = new Decimal(String(line.quantity_product_uom)).toDecimalPlaces(6);
  const end = (here: typeof from, other: typeof from, effect: Decimal): PlaceChange[] => {
    if (here.usage !== 'internal') return [];
    const place = { locationCode: here.code, productCode, lotNumber: lotOf(line.lot_id, names) };
    return [{ place, move: { ...moveOf(line), quantity: effect, otherLocation: other.code, otherUsage: other.usage } }];
  };
  return [...end(from, to, quantity.negated()), ...end(to, from, quantity)];
}

function moveOf(line: LineRow): Pick<OdooMove, 'lineId' | 'reference' | 'movedAt' | 'userId'> {
  const user = Array.isArray(line.write_uid) ? idOf(line.write_uid as Many2one) : null;
  return {
    lineId: BigInt(line.id),
    reference: orNull(line.reference) ?? '',
    movedAt: new Date(`${line.date.replace(' ', 'T')}Z`),
    userId: user === null ? null : BigInt(user),
  };
}
