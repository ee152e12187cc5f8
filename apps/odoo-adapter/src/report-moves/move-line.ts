import { Decimal, OdooStockMoveReported, Topic, type LocalDate } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import type { RecordName } from '../master-data/master-record.store.js';
import { idOf, orNull, type Many2one } from '../odoo.js';
import { ledgerLocation } from '../posting/virtual-locations.js';

/** A done line as Odoo reads it (`stock.move.line`). */
export interface LineRow {
  readonly id: number;
  readonly write_date: string;
  readonly write_uid: Many2one;
  readonly date: string;
  readonly reference: string | false;
  readonly origin: string | false;
  readonly product_id: Many2one;
  readonly lot_id: Many2one;
  readonly location_id: Many2one;
  readonly location_dest_id: Many2one;
  readonly quantity_product_uom: number;
}

/** What a line moved, in Odoo's ids: what must not change once it is done. Quantity in the product's stock unit. */
export interface LineContent {
  readonly productId: number;
  readonly lotId: number | null;
  readonly fromId: number;
  readonly toId: number;
  readonly quantity: string;
}

/** The records that lines refer to, by id. */
export interface LineNames {
  readonly products: ReadonlyMap<number, RecordName>;
  readonly locations: ReadonlyMap<number, RecordName>;
  readonly lots: ReadonlyMap<number, RecordName>;
}

/** What a line moved. */
export function contentOf(row: LineRow): LineContent {
  return {
    productId: idOf(row.product_id) ?? 0,
    lotId: idOf(row.lot_id),
    fromId: idOf(row.location_id) ?? 0,
    toId: idOf(row.location_dest_id) ?? 0,
    quantity: new Decimal(String(row.quantity_product_uom)).toDecimalPlaces(6).toFixed(),
  };
}

/** Whether two contents say the same. */
export function isSame(a: LineContent, b: LineContent): boolean {
  const alike = a.productId === b.productId && a.lotId === b.lotId && a.fromId === b.fromId && a.toId === b.toId;
  return alike && new Decimal(a.quantity).equals(b.quantity);
}

/** Whether everything that contents refer to was read from Odoo. */
export function isNamed({ productId, lotId, fromId, toId }: LineContent, names: LineNames): boolean {
  const places = [fromId, toId].every((id) => names.locations.has(id));
  return places && names.products.has(productId) && (lotId === null || names.lots.has(lotId));
}

/**
 * The events of a line whose content is now `row`'s and was told as `told` before (null: never). A change is told as the
 * old content taken back and the new one done. What touches no shelf, or moves nothing, is not told.
 */
export function reportsOf(
  row: LineRow,
  told: LineContent | null,
  revision: number,
  names: LineNames,
  at: Date,
): BusinessEvent[] {
  const back = told === null ? [] : report(row, { ...told, fromId: told.toId, toId: told.fromId }, revision, names, at);
  return [...back, ...report(row, contentOf(row), revision, names, revision === 0 ? doneAt(row) : at)];
}

function report(row: LineRow, content: LineContent, revision: number, names: LineNames, at: Date): BusinessEvent[] {
  const [from, to] = [endOf(content.fromId, names), endOf(content.toId, names)];
  const product = names.products.get(content.productId);
  const shelf = [from, to].find((end) => end?.usage === 'internal');
  const quantity = new Decimal(content.quantity);
  if (!product || !from || !to || !shelf || from.location === to.location || quantity.isZero()) return [];
  const user = idOf(row.write_uid);
  const event = businessEvent(Topic.ErpChange, `${shelf.location}/${product.code}`, OdooStockMoveReported, {
    ...{ occurredAt: at, moveLineId: BigInt(row.id), revision, quantity },
    ...{ reference: orNull(row.reference) ?? '', userId: user === null ? null : BigInt(user) },
    ...{ productCode: product.code, unit: String(product.data['unit']), reason: orNull(row.origin) },
    ...{ fromLocation: from.location, fromUsage: from.usage, toLocation: to.location, toUsage: to.usage },
    ...lotOf(content.lotId, product, names),
  });
  return [event];
}

function endOf(id: number, names: LineNames): { readonly usage: string; readonly location: string } | undefined {
  const location = names.locations.get(id);
  if (location === undefined) return undefined;
  const usage = String(location.data['usage']);
  return { usage, location: ledgerLocation({ usage, code: location.code, name: String(location.data['name']) }) };
}

function lotOf(id: number | null, product: RecordName, names: LineNames) {
  const lot = names.lots.get(id ?? -1)?.data;
  const number = (lot?.['lotNumber'] as string | undefined) ?? null;
  const isSerial = product.data['tracking'] === 'SERIAL';
  return {
    lotNumber: isSerial ? null : number,
    serialNumber: isSerial ? number : null,
    expiryDate: (lot?.['expiryDate'] as LocalDate | null | undefined) ?? null,
  };
}

/** Odoo's date-times are UTC without saying so. */
function doneAt({ date }: LineRow): Date {
  return new Date(`${date.replace(' ', 'T')}Z`);
}
