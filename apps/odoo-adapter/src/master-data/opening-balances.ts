import { Decimal, OpeningBalanceReported, Topic, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent, type Clock } from '@wardline/event-handling';
import type { Database, Outbox } from '@wardline/outbox';
import { holdLease, type Lease } from '../lease.store.js';
import { idOf, type Many2one, type Odoo } from '../odoo.js';
import { movesCursor } from '../report-moves/move-reporter.js';
import { noteOpeningMoves } from '../report-moves/move-line.store.js';
import { settledQuants } from '../report-moves/settled-quants.js';
import { namesOf, type RecordName } from './master-record.store.js';
import { loadCursor, saveCursor } from './poll-cursor.store.js';
import { areBalancesReported, claimBalances, noteBalances } from './readiness.store.js';

/** Stock of one product and lot at one place, as Odoo reads it; several rows may say it in parts (packages, owners). */
export interface QuantRow {
  readonly product_id: Many2one;
  readonly location_id: Many2one;
  readonly lot_id: Many2one;
  readonly quantity: number;
}

/** The records that quants refer to, by id. */
export interface QuantNames {
  readonly products: ReadonlyMap<number, RecordName>;
  readonly locations: ReadonlyMap<number, RecordName>;
  readonly lots: ReadonlyMap<number, RecordName>;
}

const eventsAtOnce = 2_000;

/**
 * Tells once what Odoo held before Wardline posted anything; the ledger starts from it. Notes which moves that contains, so
 * that later ones are told and these are not. Answers how many balances it told.
 */
export async function reportOpeningBalances(
  odoo: Odoo,
  parts: { readonly database: Database; readonly outbox: Outbox; readonly clock: Clock },
  lease: Lease,
  overlapMs: number,
): Promise<number> {
  const { database, outbox, clock } = parts;
  if (await areBalancesReported(database)) return 0;
  const since = new Date(clock.now().getTime() - overlapMs);
  const { quants, moves } = await settledQuants(odoo, since);
  const names = await namesIn(quants, database);
  const at = clock.now();
  const events = openingBalances(quants, names, at);
  return database.transaction(async (tx) => {
    await holdLease(tx, lease);
    if (!(await claimBalances(tx, at))) return 0;
    for (let from = 0; from < events.length; from += eventsAtOnce)
      await outbox.add(tx, events.slice(from, from + eventsAtOnce));
    await noteBalances(tx, events.length);
    await noteOpeningMoves(tx, moves);
    await saveCursor(tx, { ...(await loadCursor(tx, movesCursor)), since });
    return events.length;
  });
}

async function namesIn(quants: readonly QuantRow[], database: Database): Promise<QuantNames> {
  const of = (model: string, field: 'product_id' | 'location_id' | 'lot_id') =>
    namesOf(
      database,
      model,
      quants.map((quant) => idOf(quant[field])),
    );
  return {
    products: await of('product.product', 'product_id'),
    locations: await of('stock.location', 'location_id'),
    lots: await of('stock.lot', 'lot_id'),
  };
}

/** The opening balances that quants add up to, one per product, lot and location; those of unknown products (services) are left out. */
export function openingBalances(quants: readonly QuantRow[], names: QuantNames, at: Date): BusinessEvent[] {
  const sums = new Map<string, { quant: QuantRow; quantity: Decimal }>();
  for (const quant of quants) {
    const place = [quant.product_id, quant.location_id, quant.lot_id].map((reference) => idOf(reference)).join('/');
    const sum = sums.get(place)?.quantity ?? new Decimal(0);
    sums.set(place, { quant, quantity: sum.plus(String(quant.quantity)) });
  }
  return [...sums.values()].flatMap(({ quant, quantity }) => balance(quant, quantity.toDecimalPlaces(6), names, at));
}

function balance(quant: QuantRow, quantity: Decimal, names: QuantNames, at: Date): BusinessEvent[] {
  const product = names.products.get(idOf(quant.product_id) ?? -1);
  const location = names.locations.get(idOf(quant.location_id) ?? -1);
  if (product === undefined || location === undefined || quantity.isZero()) return [];
  const lot = names.lots.get(idOf(quant.lot_id) ?? -1)?.data;
  const number = (lot?.['lotNumber'] as string | undefined) ?? null;
  const isSerial = product.data['tracking'] === 'SERIAL';
  const event = businessEvent(Topic.ErpChange, `${location.code}/${product.code}`, OpeningBalanceReported, {
    occurredAt: at,
    productCode: product.code,
    locationCode: location.code,
    lotNumber: isSerial ? null : number,
    serialNumber: isSerial ? number : null,
    expiryDate: (lot?.['expiryDate'] as LocalDate | null | undefined) ?? null,
    quantity,
    unit: String(product.data['unit']),
  });
  return [event];
}
