import { Decimal } from 'decimal.js';
import type { FhirElement } from '../resource/element.js';
import type { ResourceReader } from './resource-reader.js';

/** How much, and of which unit. */
export interface Amount {
  readonly quantity: string;
  readonly unit: string;
}

const ucum = 'http://unitsofmeasure.org';
const mostDecimals = 6;
const least = { POSITIVE: 'above zero', ZERO: 'zero or above' } as const;

/**
 * A Quantity: its value, and the UCUM code of its unit; another unit is translated by the mapping or passed on as it
 * stands, a missing one is the mapping's default. A comparator (`<`, `>=`, `ad`, ...) makes it no amount (R4 and R5, "Data
 * Types", Quantity). More than six decimals would be lost and are refused.
 */
export function readAmount(
  reader: ResourceReader,
  quantity: FhirElement | undefined,
  expression: string,
  from: keyof typeof least = 'POSITIVE',
): Amount | undefined {
  const value = quantity?.number('value');
  if (quantity === undefined || value === undefined)
    return reader.sender('required', expression, `${expression}.value is missing: it does not say how much it was.`);
  const comparator = quantity.text('comparator');
  if (comparator !== undefined)
    return reader.sender('value', expression, `${expression} is "${comparator} ${value}", which is no exact amount.`);
  const amount = new Decimal(value);
  if (amount.isNegative() || (amount.isZero() && from === 'POSITIVE'))
    return reader.sender('value', expression, `${expression}.value is ${value}; it must be ${least[from]}.`);
  if (amount.decimalPlaces() > mostDecimals || amount.greaterThanOrEqualTo(1e12))
    return reader.sender('value', expression, `${expression}.value ${value} has more digits than are kept (12 and 6).`);
  const unit = unitOf(reader, quantity);
  if (unit.includes('/') && quantity.text('system') === ucum)
    return reader.sender('value', expression, `${expression} is given in ${unit}, a rate and no amount of stock.`);
  return { quantity: amount.toFixed(), unit };
}

/** One piece, of the default unit. */
export function onePiece({ source }: ResourceReader): Amount {
  return { quantity: '1', unit: source.defaultUnit };
}

function unitOf({ source }: ResourceReader, quantity: FhirElement): string {
  const [system, code, unit] = [quantity.text('system'), quantity.text('code'), quantity.text('unit')];
  const translated = [code, unit].flatMap((one) => (one === undefined ? [] : (source.units[one] ?? [])))[0];
  if (translated !== undefined) return translated;
  return system === ucum ? (code ?? unit ?? source.defaultUnit) : (unit ?? code ?? source.defaultUnit);
}
