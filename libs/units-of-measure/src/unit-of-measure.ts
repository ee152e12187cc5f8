import { Decimal } from 'decimal.js';

/** A unit of measure as Odoo has it. */
export interface Unit {
  readonly name: string;
  /** How many of `rootUnit` one of it is. */
  readonly factor: Decimal;
  readonly rootUnit: string;
  /** Smallest step that Odoo keeps of it. */
  readonly rounding: Decimal;
}

/** Odoo's own unit for pieces. */
export const pieces = 'Units';

/** UCUM annotation for "so many of what carries the code that was scanned": a piece, or a packaging of several. */
export const unitOfCode = '{scanned}';

/** Codes that always mean {@link pieces}, by the first contract (DESIGN part 4). */
const pieceCodes: ReadonlySet<string> = new Set(['EA', 'C62', 'H87', '{each}', pieces]);

/** Odoo's name of the unit, then its codes in UCUM and UN/ECE Recommendation 20. Several names: Odoo's spelling varies. */
const wellKnown: readonly (readonly [names: readonly string[], codes: readonly string[]])[] = [
  [
    ['ml', 'mL'],
    ['mL', 'ml', 'MLT'],
  ],
  [['cl'], ['cL', 'cl', 'CLT']],
  [['L'], ['L', 'l', 'LTR']],
  [['mg'], ['mg', 'MGM']],
  [['g'], ['g', 'GRM']],
  [['kg'], ['kg', 'KGM']],
  [['t'], ['t', 'TNE']],
  [['lb'], ['[lb_av]', 'LBR']],
  [['oz'], ['[oz_av]', 'ONZ']],
  [['mm'], ['mm', 'MMT']],
  [['cm'], ['cm', 'CMT']],
  [['m'], ['m', 'MTR']],
  [['in'], ['[in_i]', 'INH']],
  [['ft'], ['[ft_i]', 'FOT']],
  [['m²'], ['m2', 'MTK']],
  [['m³'], ['m3', 'MTQ']],
  [['fl oz (US)'], ['[foz_us]', 'OZA']],
  [['gal (US)'], ['[gal_us]', 'GLL']],
  [['Dozens'], ['DZN']],
];

const namesOfCode: ReadonlyMap<string, readonly string[]> = new Map(
  wellKnown.flatMap(([names, codes]) => codes.map((code) => [code, names] as const)),
);

/** Whether a code means pieces whatever the crosswalk says. */
export function meansPieces(text: string): boolean {
  return pieceCodes.has(text);
}

/** The names under which Odoo may know a unit code, the likeliest first. A code is read as it is written: case counts. */
export function odooUnitNames(text: string): readonly string[] {
  if (meansPieces(text)) return [pieces];
  return [...new Set([text, ...(namesOfCode.get(text) ?? [])])];
}

/** The code of UN/ECE Recommendation 20 of a unit of Odoo, C62 for pieces; null where it has none that is known here. */
export function tradeUnitCode(odooName: string): string | null {
  if (odooName === pieces) return 'C62';
  const [, codes = []] = wellKnown.find(([names]) => names.includes(odooName)) ?? [];
  return codes.find((code) => /^[A-Z0-9]{3}$/.test(code)) ?? null;
}

/** Digits enough for every product of a decimal(18,6) and two decimal(28,12): nothing is ever rounded here. */
const Exact = Decimal.clone({ precision: 120 });

/** A quantity in another unit, or why it has none. */
export type Conversion =
  | { readonly ok: true; readonly quantity: Decimal }
  | { readonly ok: false; readonly problem: 'DIFFERENT_ROOT' | 'DOES_NOT_FIT' };

/**
 * Converts a quantity exactly. DIFFERENT_ROOT: the units measure different things. DOES_NOT_FIT: the result is no whole
 * number of steps of the target unit; Odoo would round it without a word, so it is never rounded here.
 */
export function convert(quantity: Decimal, from: Unit, to: Unit): Conversion {
  if (from.rootUnit !== to.rootUnit || !from.factor.gt(0) || !to.factor.gt(0))
    return { ok: false, problem: 'DIFFERENT_ROOT' };
  const inRoot = new Exact(quantity).times(from.factor);
  const step = to.rounding.gt(0) ? new Exact(to.rounding) : new Exact('0.000001');
  const steps = inRoot.dividedToIntegerBy(step.times(to.factor));
  const result = steps.times(step);
  if (!result.times(to.factor).eq(inRoot)) return { ok: false, problem: 'DOES_NOT_FIT' };
  return { ok: true, quantity: new Decimal(result.toFixed()) };
}

/** Whether a quantity fits decimal(18,6), the form in which quantities are published. */
export function fitsQuantity(quantity: Decimal): boolean {
  return quantity.isFinite() && quantity.abs().lt('1e12') && quantity.decimalPlaces() <= 6;
}
