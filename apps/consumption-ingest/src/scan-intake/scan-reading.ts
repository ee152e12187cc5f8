import { Decimal } from '@wardline/event-contracts';
import { parseBarcode } from '@wardline/barcodes';
import { isGln } from '@wardline/barcodes';
import { fitsQuantity, unitOfCode } from '@wardline/units-of-measure';
import { combineSymbols, type CombinedSymbols } from './combine-symbols.js';
import type { Scan } from './scan.js';
import { isRefused, refuseScan, type ScanRefused } from './scan-refused.js';

/** A product as a scan names it. HIBC and ICCBBA numbers go by INTERNAL: the crosswalk (ITEM) leads them to ours. */
export interface ScannedProduct {
  readonly scheme: 'GTIN' | 'INTERNAL';
  readonly value: string;
}

/** A place as a scan names it. */
export interface ScannedPlace {
  readonly scheme: 'CODE' | 'GLN';
  readonly value: string;
}

/** What a scan says, before our own data are asked. */
export interface ScanReading {
  readonly product: ScannedProduct;
  readonly location: ScannedPlace;
  readonly toLocation: ScannedPlace | null;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: string | null;
  readonly quantity: Decimal;
  /** `{scanned}` where it counts what carries the code; a UCUM code where the symbol measures it. */
  readonly unit: string;
  readonly documentReference: string | null;
  readonly findings: readonly string[];
}

/** Reads a scan's symbols and places; pure. */
export function readScan(scan: Scan): ScanReading | ScanRefused {
  const combined = combineSymbols(scan.symbols, scan.scannedAt.slice(0, 10));
  if (isRefused(combined)) return combined;
  const location = placeOf(scan.location);
  const toLocation = scan.toLocation === null ? null : placeOf(scan.toLocation);
  for (const place of [location, toLocation]) if (place !== null && isRefused(place)) return place;
  const amount = amountOf(scan, combined);
  if (isRefused(amount)) return amount;
  const { lotNumber, serialNumber, expiryDate, purchaseOrder, product, findings } = combined;
  return {
    product: { scheme: product.scheme === 'GTIN' ? 'GTIN' : 'INTERNAL', value: product.value },
    location: location as ScannedPlace,
    toLocation: toLocation as ScannedPlace | null,
    ...{ lotNumber, serialNumber, expiryDate },
    ...{ quantity: amount.quantity, unit: amount.unit },
    documentReference: scan.documentReference ?? purchaseOrder,
    findings: [...findings, ...amount.findings],
  };
}

interface Amount {
  readonly quantity: Decimal;
  readonly unit: string;
  readonly findings: readonly string[];
}

/** UCUM codes of the units in which GS1 measures trade items (AIs 310n to 316n, 320n to 322n, 361n). */
const unitCodes: Readonly<Record<string, string>> = {
  ...{ kg: 'kg', m: 'm', 'm²': 'm2', l: 'L', 'm³': 'm3' },
  ...{ lb: '[lb_av]', in: '[in_i]', ft: '[ft_i]', 'gal (US)': '[gal_us]' },
};

/** GTINs of variable measure begin with 9 (GS1 General Specifications, section 2.1.10): only these are sold by measure. */
const isSoldByMeasure = ({ scheme, value }: CombinedSymbols['product']): boolean =>
  scheme === 'GTIN' && value.startsWith('9');

/** How much it is: what was scanned, so often as it was counted; by measure where the item is sold so. */
function amountOf(
  { count }: Scan,
  { product, measures, count: coded, serialNumber }: CombinedSymbols,
): Amount | ScanRefused {
  const times = new Decimal(count);
  if (serialNumber !== null && times.gt(1))
    return refuseScan('PIECE_COUNTED', `The serial number ${serialNumber} is one piece, and the scan counts ${count}.`);
  if (isSoldByMeasure(product) && measures.length > 0) return byMeasure(times, measures);
  const ignored = measures.map(
    ({ title }) => `${title} is passed over: the item is sold by the piece, not by measure.`,
  );
  return fitting({ quantity: times.times(coded ?? 1), unit: unitOfCode, findings: ignored });
}

function byMeasure(times: Decimal, [measure, another]: CombinedSymbols['measures']): Amount | ScanRefused {
  if (measure === undefined || another !== undefined) {
    const words = `${measure?.title} and ${another?.title}`;
    return refuseScan('MEASURES_DIFFER', `The item is sold by measure and has more than one: ${words}.`);
  }
  const unit = unitCodes[measure.unit];
  if (unit === undefined) return refuseScan('MEASURE_UNKNOWN', `${measure.title} has no unit that stock is kept in.`);
  return fitting({ quantity: times.times(measure.quantity), unit, findings: [] });
}

function fitting(amount: Amount): Amount | ScanRefused {
  if (fitsQuantity(amount.quantity)) return amount;
  return refuseScan(
    'QUANTITY_TOO_LARGE',
    `The quantity ${amount.quantity.toFixed()} does not fit 12 digits and 6 decimals.`,
  );
}

/**
 * The place that a text names: a location's own symbol (AI 414, with 254 where it has one, GS1 General Specifications
 * section 3.5; a bare GLN), else a code as it stands.
 */
export function placeOf(text: string): ScannedPlace | ScanRefused {
  if (isGln(text)) return { scheme: 'GLN', value: text };
  if (!/^(\]|\(|https?:|41[0-7]\d{13})/i.test(text)) return { scheme: 'CODE', value: text };
  const code = parseBarcode(text, { referenceDate: '2026-01-01' });
  if (code.outcome === 'refused')
    return refuseScan('LOCATION_SYMBOL', `The symbol of the location cannot be read: ${code.message}`);
  const place = code.locations.find(({ identifier }) => identifier === '414');
  if (place === undefined) {
    const has = code.elements.map(({ identifier, title }) => `${title} (${identifier})`).join(', ');
    return refuseScan('LOCATION_SYMBOL', `The symbol of the location names no place (414); it has ${has}.`);
  }
  const { gln, extension } = place;
  // A part of a place has no GLN of its own: the crosswalk (LOCATION) leads its number to ours.
  return extension === undefined ? { scheme: 'GLN', value: gln } : { scheme: 'CODE', value: `${gln}-${extension}` };
}
