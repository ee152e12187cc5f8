import type { ConsumptionRecorded, Decimal } from '@wardline/event-contracts';
import { convert, fitsQuantity, meansPieces, unitOfCode, type Unit } from '@wardline/units-of-measure';
import { unitCandidates } from '../crosswalk/unit-candidates.js';
import type { UnitBook } from './facts.js';
import { hold, refuse, type Finding, type Hold, type Refusal } from './finding.js';
import { awaitedProduct, awaitedUnit, productName, readable } from './name-record.js';

/** A quantity in the stock unit of its product. */
export interface Measured {
  readonly quantity: Decimal;
  readonly unit: string;
}

/** Whose stock unit is meant. */
interface Stocked {
  readonly code: string;
  /** Stock unit by its Odoo name. */
  readonly unit: string;
}

/** The record's quantity in the product's stock unit, exactly; refused or held, never rounded and never guessed. */
export function measure(record: ConsumptionRecorded, product: Stocked, book: UnitBook): Measured | Finding {
  const text = record.unit.trim() === unitOfCode && book.ofCode !== null ? book.ofCode : record.unit.trim();
  if (text === unitOfCode) return unknownPackaging(record);
  const from = unitNamed(text, book);
  const to = book.units.get(product.unit);
  if (from === undefined) return unknownUnit(text, book);
  if (to !== undefined) return measuredIn(to, from, record, product);
  const message = `The stock unit "${product.unit}" of ${product.code} has not come from Odoo yet.`;
  return hold('UNKNOWN_UNIT', message, [awaitedUnit(product.unit)]);
}

function measuredIn(
  to: Unit,
  from: Unit,
  { quantity, unit }: ConsumptionRecorded,
  { code }: Stocked,
): Measured | Refusal {
  const converted = convert(quantity, from, to);
  const given = `${quantity.toFixed()} ${unit.trim()}`;
  if (!converted.ok && converted.problem === 'DIFFERENT_ROOT') {
    return refuse('UNIT_NOT_CONVERTIBLE', `${given} cannot be converted into ${to.name}, the stock unit of ${code}.`);
  }
  if (!converted.ok) {
    const step = `${to.rounding.toFixed()} ${to.name}`;
    return refuse(
      'QUANTITY_PRECISION',
      `${given} is no whole number of steps of ${step}, the smallest that ${code} is kept in.`,
    );
  }
  if (fitsQuantity(converted.quantity)) return { quantity: converted.quantity, unit: to.name };
  return refuse(
    'QUANTITY_TOO_LARGE',
    `${given} is ${converted.quantity.toFixed()} ${to.name}, more than can be booked.`,
  );
}

function unitNamed(text: string, book: UnitBook): Unit | undefined {
  return unitCandidates(text, book.mappings)
    .map((name) => book.units.get(name))
    .find((unit) => unit !== undefined);
}

function unknownUnit(text: string, book: UnitBook): Hold {
  const awaits = [...new Set([text, ...unitCandidates(text, book.mappings)])].map(awaitedUnit);
  const meaning = meansPieces(text) ? `"${text}" means Odoo's unit "Units", which` : `"${text}"`;
  return hold('UNKNOWN_UNIT', `${meaning} is no unit of measure that Odoo or the crosswalk knows.`, awaits);
}

function unknownPackaging({ product }: ConsumptionRecorded): Hold {
  const name = readable(productName(product));
  const message = `What one of the ${product.scheme} ${product.value.trim()} counts is not known here.`;
  return hold('UNKNOWN_UNIT', message, name === null ? [] : [awaitedProduct(name)]);
}
