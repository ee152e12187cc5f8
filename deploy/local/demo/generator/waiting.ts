import { gtinOf, lateProduct, products, stores, wards, type DemoProduct } from '../hospital.ts';
import { stockUnitOf, type DayInProgress } from './day-in-progress.ts';
import type { DayRecord } from './record.ts';
import type { Sender } from './senders.ts';
import type { Story } from './story.ts';
import { and, story, tells, waits, wrong } from './telling.ts';

/** Records that nothing is wrong with, and that somebody else has to do something for first. */
export const waiting: readonly Story[] = [
  story('unknown item', 1, tells('USED'), unknownItem),
  story('item entered later', 0.5, tells('USED'), enteredLater),
  story(
    'unknown place',
    0.7,
    and(tells('USED'), ({ edge, places }) => edge !== 'epcis' && places.length > 1),
    unknownPlace,
  ),
  story('arrived, never shipped', 1, tells('ARRIVED', 'kafka'), neverShipped),
  story('count without approval', 1, tells('COUNTED', 'kafka'), unapproved),
];

/** A trade item number that no product has; one of its own for each record, so that none waits behind another. */
function unknownItem(day: DayInProgress, sender: Sender, kind: string): void {
  const number = String(day.records.length + 1).padStart(5, '0');
  const value = gtinOf({ ...lateProduct, gtinBase: `04099999${number}` });
  wrong(day, sender, { kind, named: { scheme: 'GTIN', value }, expect: waits('UNKNOWN_PRODUCT') });
}

/** Nobody has entered it in Odoo yet; somebody does in the course of the day. */
function enteredLater(day: DayInProgress, sender: Sender, kind: string): void {
  const byGtin = { scheme: 'GTIN', value: gtinOf(lateProduct) } as const;
  const named = sender.names.includes('GTIN') ? byGtin : ({ scheme: 'INTERNAL', value: lateProduct.code } as const);
  const item = { product: lateProduct, lot: null, serial: null };
  wrong(day, sender, { kind, item, named, expect: { end: 'accepted' } });
}

function unknownPlace(day: DayInProgress, sender: Sender, kind: string): void {
  wrong(day, sender, { kind, place: `WARD-${day.records.length + 1}`, expect: waits('UNKNOWN_LOCATION') });
}

/** Under a name of the product that nothing else of the day uses, so that nothing waits behind it. */
function aside(product: DemoProduct): DayRecord['product'] {
  return { scheme: 'GTIN', value: gtinOf(product).slice(1) };
}

const untracked = products.filter(({ tracking }) => tracking === 'none');
const onceEach = wards.flatMap((place) => untracked.map((product) => ({ place, product })));

function neverShipped(day: DayInProgress, sender: Sender, kind: string): void {
  const shelf = onceEach[day.records.filter((one) => one.kind === kind).length];
  if (shelf === undefined) return;
  const { place, product } = shelf;
  const item = { product, lot: null, serial: null };
  const document = `LOST-${day.records.length + 1}`;
  const expect = waits('NOT_SHIPPED_YET', 'stores');
  day.add(sender, { kind, what: 'ARRIVED', place, item, named: aside(product), document, expect });
}

/** The difference is more than one person may book alone. */
function unapproved(day: DayInProgress, sender: Sender, kind: string): void {
  const product = untracked[day.records.filter((one) => one.kind === kind).length];
  if (product === undefined) return;
  const item = { product, lot: null, serial: null };
  const counted = { what: 'COUNTED', place: stores[1], quantity: '500', unit: stockUnitOf(product) } as const;
  const expect = waits('APPROVAL_MISSING', 'approver');
  const at = new Date(day.options.end.getTime() + day.records.length);
  day.add(sender, { kind, at, ...counted, item, named: aside(product), expect });
}
