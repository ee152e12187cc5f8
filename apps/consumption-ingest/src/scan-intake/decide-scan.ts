import type { KnownProduct } from '../master-data.store.js';
import { unitOfCode } from '../unit-of-measure.js';
import { isConsumption } from './scan-events.js';
import type { Scan } from './scan.js';
import type { ScanReading } from './scan-reading.js';
import { isRefused, refuseScan, type ScanRefused } from './scan-refused.js';
import type { TakenScan } from './scan.store.js';

/** Our own data that scans are read with. */
export interface CodeBook {
  readonly products: readonly KnownProduct[];
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
  const reading = inOurWords(read, isConsumption(original?.action ?? scan.action), book);
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
 * A reading with the unit of its code. Use of what is not known here yet is recorded as it is: it waits by itself until it
 * is known. Handling is refused until then: its ledger takes Odoo's words only.
 */
function inOurWords(reading: ScanReading, isUse: boolean, book: CodeBook): ScanReading | ScanRefused {
  const { product, unit } = reading;
  if (unit !== unitOfCode) return reading;
  const own = unitOf(product, book);
  if (own !== null) return { ...reading, unit: own };
  if (isUse) return reading;
  return refuseScan(
    'UNKNOWN_PRODUCT',
    `What the ${product.scheme} ${product.value} is, and how much of it, is not known here.`,
  );
}

function unitOf({ scheme, value }: ScanReading['product'], { products }: CodeBook): string | null {
  const [only, another] = products.filter(
    ({ active, code, gtins }) => active && (scheme === 'GTIN' ? gtins.includes(value) : code === value),
  );
  if (only === undefined || another !== undefined) return null;
  return scheme === 'GTIN' ? (only.codeUnits[value] ?? null) : only.unit;
}
