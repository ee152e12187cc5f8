import { parseBarcode, type DeviceIdentifier, type ScannedCode, type ScannedMeasure } from '@wardline/barcodes';
import { isRefused, refuseScan, type ScanRefused } from './scan-refused.js';

/** What the symbols of one scan say together; null where none of them says it. */
export interface CombinedSymbols {
  /** The trade item, device or, of a logistic unit, what is inside. */
  readonly product: Pick<DeviceIdentifier, 'scheme' | 'value'>;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: string | null;
  /** AI 30 or 37, HIBC quantity: how many of the product. */
  readonly count: number | null;
  readonly measures: readonly ScannedMeasure[];
  /** AI 400, the customer's purchase order. */
  readonly purchaseOrder: string | null;
  /** What is off and leaves the scan usable, in words. */
  readonly findings: readonly string[];
}

/**
 * Reads the symbols of one scan as one label: HIBC primary and secondary, GS1 elements over several symbols. Refused when
 * one cannot be read, two contradict each other, or none names a product. `day` (`YYYY-MM-DD`) decides centuries.
 */
export function combineSymbols(symbols: readonly string[], day: string): CombinedSymbols | ScanRefused {
  const codes: ScannedCode[] = [];
  for (const [index, symbol] of symbols.entries()) {
    const code = parseBarcode(symbol, { referenceDate: day });
    if (code.outcome === 'refused') return unreadable(code, index, symbols.length);
    codes.push(code);
  }
  const product = agreed('product', codes, productOf, ({ scheme, value }) => `${scheme} ${value}`);
  if (product !== null && isRefused(product)) return product;
  if (product === null) return withoutProduct(codes);
  const details = detailsOf(codes);
  return isRefused(details) ? details : { product, ...details, findings: findingsOf(codes) };
}

function unreadable(
  { code, message, remedy, owner }: Omit<ScanRefused, 'outcome'>,
  index: number,
  of: number,
): ScanRefused {
  const place = of === 1 ? '' : `Symbol ${index + 1}: `;
  return { outcome: 'refused', code, message: `${place}${message}`, remedy, owner };
}

type Details = Omit<CombinedSymbols, 'product' | 'findings'>;

function detailsOf(codes: readonly ScannedCode[]): Details | ScanRefused {
  const linked = strangers(codes);
  if (linked !== null) return linked;
  const lotNumber = agreed('lot', codes, (code) => code.lotNumber, String);
  const serialNumber = agreed('serial number', codes, (code) => code.serialNumber, String);
  const expiryDate = agreed('expiry date', codes, (code) => code.expiryDate, String);
  const count = agreed('count', codes, (code) => code.count, String);
  const purchaseOrder = agreed('purchase order', codes, (code) => elementOf(code, '400'), String);
  for (const one of [lotNumber, serialNumber, expiryDate, count, purchaseOrder])
    if (one !== null && typeof one === 'object') return one;
  return {
    ...{ lotNumber, serialNumber, expiryDate, count, purchaseOrder },
    measures: distinctMeasures(codes),
  } as Details;
}

function productOf({ deviceIdentifier, contentGtin }: ScannedCode): CombinedSymbols['product'] | undefined {
  return deviceIdentifier ?? (contentGtin === undefined ? undefined : { scheme: 'GTIN', value: contentGtin });
}

function elementOf({ elements }: ScannedCode, identifier: string): string | undefined {
  return elements.find((element) => element.identifier === identifier)?.value;
}

/** The one value that symbols give, null where none does; refused with which symbol says what where they differ. */
function agreed<T extends object | string | number>(
  what: string,
  codes: readonly ScannedCode[],
  of: (code: ScannedCode) => T | undefined,
  shown: (value: T) => string,
): T | ScanRefused | null {
  const said = codes.flatMap((code, index) => {
    const value = of(code);
    return value === undefined ? [] : [{ value, text: shown(value), symbol: index + 1 }];
  });
  if (new Set(said.map(({ text }) => text)).size < 2) return said[0]?.value ?? null;
  const words = said.map(({ text, symbol }) => `symbol ${symbol} says ${text}`).join(', ');
  return refuseScan('SYMBOLS_CONTRADICT', `The symbols name more than one ${what}: ${words}.`);
}

/** ANSI/HIBC 2.6: the secondary symbol carries the check character of its primary one. */
function strangers(codes: readonly ScannedCode[]): ScanRefused | null {
  const links = codes.flatMap(({ hibcLink }, index) => (hibcLink === undefined ? [] : [{ ...hibcLink, index }]));
  const [first, ...rest] = links;
  const other = rest.find(({ character }) => character !== first?.character);
  if (first === undefined || other === undefined) return null;
  const message = `Symbol ${first.index + 1} carries the link character "${first.character}", symbol ${other.index + 1} "${other.character}": they are not of one label.`;
  return refuseScan('SYMBOLS_CONTRADICT', message);
}

function distinctMeasures(codes: readonly ScannedCode[]): ScannedMeasure[] {
  const all = codes.flatMap(({ measures }) => measures);
  return [...new Map(all.map((measure) => [`${measure.identifier} ${measure.quantity.toFixed()}`, measure])).values()];
}

function withoutProduct(codes: readonly ScannedCode[]): ScanRefused {
  const sscc = codes.find((code) => code.sscc !== undefined)?.sscc;
  if (sscc !== undefined) return refuseScan('LOGISTIC_UNIT', `The symbol names the logistic unit ${sscc}, no product.`);
  const others = codes.flatMap(({ elements }) => elements.map(({ identifier }) => identifier));
  return refuseScan('NO_PRODUCT', `No symbol names a product; they have ${[...new Set(others)].join(', ')}.`);
}

/** What belongs in another symbol is missing in each of several, not in all of them together. */
function findingsOf(codes: readonly ScannedCode[]): string[] {
  const apart = codes.length > 1 ? ['REQUIRED_MISSING', 'PRIMARY_MISSING'] : [];
  const findings = codes.flatMap(({ findings: found }) => found.filter(({ code }) => !apart.includes(code)));
  return [...new Set(findings.map(({ message }) => message))];
}
