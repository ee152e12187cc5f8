import { products, stores, supplier, wards, propofolNdc, gtinOf } from '../hospital.ts';
import { hour, productOf, type DayInProgress, type Draft, type Item } from './day-in-progress.ts';
import type { DayRecord, What } from './record.ts';
import type { Sender } from './senders.ts';
import type { Story } from './story.ts';

const tells =
  (...whats: What[]) =>
  (sender: Sender): boolean =>
    whats.every((what) => sender.tells.includes(what));

/** What happens on any day, and is right. */
export const everyday: readonly Story[] = [
  { kind: 'use', weight: 60, fits: tells('USED'), play: (day, sender) => void use(day, sender) },
  { kind: 'reversal', weight: 4, fits: tells('USED', 'REVERSED'), play: reversal },
  { kind: 'late', weight: 2, fits: tells('USED'), play: late },
  { kind: 'receipt', weight: 6, fits: tells('RECEIVED'), play: receipt },
  { kind: 'transfer', weight: 8, fits: tells('TRANSFERRED'), play: transfer },
  { kind: 'shipment', weight: 4, fits: tells('SHIPPED'), play: shipment },
  { kind: 'count', weight: 3, fits: tells('COUNTED'), play: count },
  { kind: 'quarantine', weight: 2, fits: tells('RECEIVED', 'QUARANTINED', 'RELEASED'), play: quarantine },
  { kind: 'write-off', weight: 2, fits: tells('WRITTEN_OFF'), play: writeOff },
  { kind: 'return to supplier', weight: 1, fits: tells('RETURNED_TO_SUPPLIER'), play: giveBack },
  { kind: 'handling reversed', weight: 2, fits: tells('RECEIVED', 'REVERSED'), play: handlingReversed },
  { kind: 'new lot', weight: 1, fits: tells('RECEIVED'), play: newLot },
];

/** Something of the shelves that a sender may tell of. */
export function itemFor(day: DayInProgress, { trackings, piecesOnly }: Sender, place: string): Item {
  const known = products.filter(
    ({ tracking, unit }) =>
      tracking !== 'serial' && trackings.includes(tracking) && !(piecesOnly && unit.endsWith('milliliter')),
  );
  if (trackings.includes('serial') && (day.chance(0.06) || known.length === 0))
    return day.newPiece(day.pick(products.filter(({ tracking }) => tracking === 'serial')), place);
  const product = day.pick(known);
  const lots = product.lots.filter(({ expiresInDays }) => expiresInDays > 0);
  return { product, lot: lots.length === 0 ? null : day.pick(lots).name, serial: null };
}

/** The wards of a sender: nothing is used in a store. */
export function placesOfUse({ places }: Sender): readonly string[] {
  return places.filter((place) => (wards as readonly string[]).includes(place));
}

/** One of the ways in which a source may name a product. */
export function nameFor(day: DayInProgress, { names }: Sender, { product }: Item): DayRecord['product'] {
  const { supplierItem } = product;
  if (product.code === 'PROPOFOL-20' && names.includes('NDC') && day.chance(0.3))
    return { scheme: 'NDC', value: propofolNdc };
  if (supplierItem !== undefined && names.includes('SUPPLIER_ITEM') && day.chance(0.2))
    return { scheme: 'SUPPLIER_ITEM', value: `${supplier.code}:${supplierItem}` };
  return names.includes('GTIN') && day.chance(0.4)
    ? { scheme: 'GTIN', value: gtinOf(product) }
    : { scheme: 'INTERNAL', value: product.code };
}

/** An everyday use, waste or return. */
export function use(day: DayInProgress, sender: Sender, given: Partial<Draft> = {}): DayRecord {
  const place = given.place ?? day.pick(placesOfUse(sender));
  const item = given.item ?? itemFor(day, sender, place);
  const isPiece = item.serial !== null;
  const what = !isPiece && day.chance(0.06) ? 'WASTED' : !isPiece && day.chance(0.05) ? 'RETURNED' : 'USED';
  const meant = sender.tells.includes(what) ? what : 'USED';
  const kind = { USED: 'use', WASTED: 'waste', RETURNED: 'return' }[meant];
  const quantity = isPiece ? '1' : String(day.between(1, 4));
  const reason = meant === 'WASTED' ? 'dropped' : null;
  return day.add(sender, {
    kind,
    what: meant,
    place,
    item,
    named: nameFor(day, sender, item),
    quantity,
    reason,
    ...given,
  });
}

/** A record that takes `original` back. */
export function takeBack(day: DayInProgress, sender: Sender, original: DayRecord, given: Partial<Draft> = {}): void {
  const { product: named, lot, serial, place, quantity, unit } = original;
  const item = { product: productOf('GLOVE-M'), lot, serial };
  const same = { named, item, place, quantity, unit, reverses: original, reason: 'entered in error' };
  day.add(sender, { kind: 'reversal', what: 'REVERSED', ...same, ...given });
}

function reversal(day: DayInProgress, sender: Sender): void {
  takeBack(day, sender, use(day, sender));
}

function late(day: DayInProgress, sender: Sender): void {
  use(day, sender, { kind: 'late', at: new Date(day.nextTime().getTime() - day.between(2, 9) * 24 * hour) });
}

const [north, south] = stores;
const untracked = products.filter(({ tracking }) => tracking === 'none');
const good = ({ lots }: Item['product']): Item['lot'] =>
  lots.find(({ expiresInDays }) => expiresInDays > 0)?.name ?? null;
const onShelves = products.filter(({ tracking }) => tracking !== 'serial');

function stocked(day: DayInProgress): Item {
  const product = day.pick(onShelves);
  return { product, lot: good(product), serial: null };
}

function handled(day: DayInProgress, sender: Sender, given: Partial<Draft> & Pick<Draft, 'kind' | 'what'>): DayRecord {
  return day.add(sender, { place: north, item: stocked(day), quantity: String(day.between(2, 20)), ...given });
}

function receipt(day: DayInProgress, sender: Sender): void {
  handled(day, sender, { kind: 'receipt', what: 'RECEIVED', document: `PO-${day.between(100, 999)}` });
}

function transfer(day: DayInProgress, sender: Sender): void {
  const what = day.pick(['TRANSFERRED', 'PUT_AWAY'] as const);
  const kind = what === 'PUT_AWAY' ? 'put-away' : 'transfer';
  handled(day, sender, { kind, what, toPlace: day.pick(wards), quantity: String(day.between(1, 6)) });
}

/** Shipped by one, arriving in one or two parts as another tells it. */
function shipment(day: DayInProgress, sender: Sender): void {
  const arriving = day.pick(day.senders.filter(tells('ARRIVED')));
  const toPlace = day.pick(wards);
  const document = `TR-${day.options.seed}-${day.records.length + 1}`;
  const quantity = day.between(2, 8);
  const { lot } = handled(day, sender, {
    kind: 'shipment',
    what: 'SHIPPED',
    toPlace,
    document,
    quantity: `${quantity}`,
  });
  const shipped = day.records.at(-1)!;
  const item = { product: productOf(shipped.product.value), lot, serial: null };
  const first = day.chance(0.4) ? day.between(1, quantity - 1) : quantity;
  for (const part of [first, quantity - first].filter((one) => one > 0))
    day.add(arriving, { kind: 'arrival', what: 'ARRIVED', place: toPlace, item, document, quantity: `${part}` });
}

/** Each shelf that is counted belongs to one sender, so that counts of it come in their order. */
function count(day: DayInProgress, sender: Sender): void {
  const counting = day.senders.filter(tells('COUNTED')).map(({ name }) => name);
  const own = untracked.filter((_, index) => counting[index % counting.length] === sender.name);
  if (own.length === 0) return;
  const item = { product: day.pick(own), lot: null, serial: null };
  const before = day.onShelf(south, item);
  const found = before.plus(day.chance(0.3) ? 0 : day.between(-20, 20));
  const movements = found.equals(before) ? 0 : 1;
  const expect = { end: 'accepted', movements } as const;
  // After the opening balances: a count is compared with what the ledger had at its time.
  const at = new Date(day.options.end.getTime() + day.records.length);
  const counted = { what: 'COUNTED', place: south, item, quantity: found.toString(), reason: 'cycle count' } as const;
  day.add(sender, { kind: 'count', ...counted, at, expect });
}

/** A lot that came in this morning, which nothing else of the day touches. */
export function receiveLot(day: DayInProgress, sender: Sender, place: string, prefix: string): Item {
  const product = productOf(day.pick(['SUTURE-4-0', 'HEPARIN-5', 'SALINE-500']));
  const item = { product, lot: `${prefix}${day.options.seed}${day.records.length + 1}`, serial: null };
  const expiry = new Date(day.options.end.getTime() + 300 * 24 * hour).toISOString().slice(0, 10);
  day.add(sender, { kind: 'receipt', what: 'RECEIVED', place, item, expiry, quantity: '40', document: 'PO-77' });
  return item;
}

function quarantine(day: DayInProgress, sender: Sender): void {
  const item = receiveLot(day, sender, south, 'Q');
  const of = { place: south, item, quantity: '15', reason: 'suspected defect' };
  day.add(sender, { kind: 'quarantine', what: 'QUARANTINED', ...of });
  day.add(sender, { kind: 'release', what: 'RELEASED', ...of, quantity: '10', reason: 'inspected' });
}

function writeOff(day: DayInProgress, sender: Sender): void {
  handled(day, sender, { kind: 'write-off', what: 'WRITTEN_OFF', reason: 'damaged', quantity: '2' });
}

function giveBack(day: DayInProgress, sender: Sender): void {
  handled(day, sender, {
    kind: 'return to supplier',
    what: 'RETURNED_TO_SUPPLIER',
    reason: 'wrong item',
    quantity: '3',
  });
}

function handlingReversed(day: DayInProgress, sender: Sender): void {
  const original = handled(day, sender, { kind: 'receipt', what: 'RECEIVED' });
  takeBack(day, sender, original, { kind: 'handling reversed' });
}

/** A lot that somebody uses on the ward while Odoo does not know it yet: the use waits by itself. */
function newLot(day: DayInProgress, sender: Sender): void {
  const place = day.pick(wards);
  const item = receiveLot(day, sender, place, 'N');
  const using = day.pick(
    day.senders.filter(
      (one) =>
        one.tells.includes('USED') &&
        one.places.includes(place) &&
        one.trackings.includes('lot') &&
        one.edge !== 'epcis',
    ),
  );
  use(day, using, {
    kind: 'use of a new lot',
    what: 'USED',
    place,
    item,
    named: { scheme: 'INTERNAL', value: item.product.code },
  });
}
