import {
  entryFor,
  itemCode,
  type CrosswalkCase,
  type CrosswalkEntry,
  type CrosswalkKind,
} from '../crosswalk/crosswalk.js';
import type { KnownProduct } from '../master-data.store.js';
import { unitOfCode } from '@wardline/units-of-measure';
import { isConsumption } from './scan-events.js';
import type { Scan } from './scan.js';
import type { ScannedPlace, ScanReading } from './scan-reading.js';
import { isRefused, refuseScan, type ScanRefused } from './scan-refused.js';
import type { TakenScan } from './scan.store.js';

/** Our own data that scans are read with. */
export interface CodeBook {
  readonly products: readonly KnownProduct[];
  /** Versions of the crosswalk's entries for the codes that are named, the newest first. */
  readonly entries: readonly CrosswalkEntry[];
}

/** A scan in due form, as it is about to be taken. */
export interface Attempt {
  readonly scan: Scan;
  readonly taken: TakenScan;
  readonly read: ScanReading | ScanRefused;
}

/** A scan that can be taken, in the words of its record. */
export interface DecidedScan extends Omit<Attempt, 'read'> {
  readonly reading: ScanReading;
  /** The scan that it undoes. */
  readonly original: TakenScan | null;
}

/** Tells what can be taken from a refusal. */
export function isDecided(end: DecidedScan | ScanRefused): end is DecidedScan {
  return !isRefused(end);
}

/** What a scan becomes by our own data, or why it is not taken; pure. `original` is the taken scan that it undoes. */
export function decideScan(
  attempt: Attempt,
  book: CodeBook,
  original: TakenScan | undefined,
): DecidedScan | ScanRefused {
  const { scan, taken, read } = attempt;
  if (isRefused(read)) return read;
  const reversal = reversalObjection(attempt, original);
  if (reversal !== null) return reversal;
  const sought = { source: scan.source, at: new Date(scan.scannedAt) };
  const reading = inOurWords(read, sought, isConsumption(original?.action ?? scan.action), book);
  return isRefused(reading) ? reading : { scan, taken, reading, original: original ?? null };
}

function reversalObjection({ scan }: Attempt, original: TakenScan | undefined): ScanRefused | null {
  if (scan.reverses === null) return null;
  if (original === undefined)
    return refuseScan('REVERSAL_OF_NOTHING', `No scan ${scan.reverses} of ${scan.source} was taken.`);
  if (original.action !== 'REVERSED') return null;
  return refuseScan('REVERSAL_OF_REVERSAL', `The scan ${scan.reverses} is itself a reversal.`);
}

/**
 * A reading by our own data. Use is recorded as the source names it, in the unit of its code where that is known: what is
 * not known yet waits by itself. Handling goes on in Odoo's words, and is refused until they are known: its ledger takes
 * no others.
 */
function inOurWords(
  reading: ScanReading,
  sought: CrosswalkCase,
  isUse: boolean,
  book: CodeBook,
): ScanReading | ScanRefused {
  const item = entryOf(book, 'ITEM', itemCode(reading.product.value), sought);
  const product = productOf(reading.product, item, book);
  const unit = reading.unit === unitOfCode ? unitOf(reading.product, item, product) : reading.unit;
  if (isUse) return unit === null ? reading : { ...reading, unit };
  const { scheme, value } = reading.product;
  if (product === null || unit === null)
    return refuseScan('UNKNOWN_PRODUCT', `What the ${scheme} ${value} is, and how much of it, is not known here.`);
  const location = placeInOurWords(reading.location, sought, book);
  const toLocation = reading.toLocation === null ? null : placeInOurWords(reading.toLocation, sought, book);
  for (const place of [location, toLocation]) if (place !== null && isRefused(place)) return place;
  return {
    ...{ ...reading, unit, product: item === null ? reading.product : { scheme: 'INTERNAL', value: product.code } },
    ...{ location: location as ScannedPlace, toLocation: toLocation as ScannedPlace | null },
  };
}

function entryOf(
  { entries }: CodeBook,
  kind: CrosswalkKind,
  code: string,
  sought: CrosswalkCase,
): CrosswalkEntry | null {
  return entryFor(
    entries.filter((entry) => entry.kind === kind && entry.code === code),
    sought,
  );
}

/** The one product that is meant; null where none is, or several. */
function productOf(
  { scheme, value }: ScanReading['product'],
  item: CrosswalkEntry | null,
  { products }: CodeBook,
): KnownProduct | null {
  const isMeant = ({ code, gtins }: KnownProduct): boolean =>
    item === null && scheme === 'GTIN' ? gtins.includes(value) : code === (item?.target ?? value);
  const [only = null, another] = products.filter((product) => product.active && isMeant(product));
  return another === undefined ? only : null;
}

function unitOf(
  { scheme, value }: ScanReading['product'],
  item: CrosswalkEntry | null,
  product: KnownProduct | null,
): string | null {
  if (product === null) return null;
  if (item !== null) return item.unit ?? product.unit;
  return scheme === 'GTIN' ? (product.codeUnits[value] ?? null) : product.unit;
}

function placeInOurWords(
  { scheme, value }: ScannedPlace,
  sought: CrosswalkCase,
  book: CodeBook,
): ScannedPlace | ScanRefused {
  const target = entryOf(book, scheme === 'GLN' ? 'GLN' : 'LOCATION', value, sought)?.target ?? null;
  if (target !== null) return { scheme: 'CODE', value: target };
  if (scheme === 'CODE') return { scheme, value };
  return refuseScan('UNKNOWN_LOCATION', `The crosswalk has no entry for the GLN ${value}.`);
}
