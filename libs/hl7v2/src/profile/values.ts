import type { Decimal } from 'decimal.js';
import { parseNumber } from '../message/number.js';
import { dayOf, instantOf, isAtLeast, parseTime, type Precision } from '../message/time.js';
import { type Found, type ItemReader, words } from './item-reader.js';
import type { ConsumptionRule, RequisitionRule, Source } from './profile.js';
import type { ProposedPlace, ProposedProduct } from './reading.js';

/** The product: its code, the code's system, and the supplier where the code is a supplier's. */
export function readProduct(reader: ItemReader, rule: ConsumptionRule['product']): ProposedProduct | undefined {
  const code = reader.mandatory('product', rule.code);
  const scheme = readScheme(reader, rule.scheme);
  const supplier = reader.optional('supplier', rule.supplier);
  if (scheme === 'SUPPLIER_ITEM' && supplier === undefined) {
    const owner = rule.supplier === undefined ? 'profile' : 'sender';
    reader.find(101, owner, 'the product is a supplier item and no supplier is named, so it cannot be told which.');
    return undefined;
  }
  if (code === undefined || scheme === undefined) return undefined;
  return { scheme, value: code.text, supplierCode: supplier?.text ?? null };
}

/** A number above or below zero, not zero itself. */
export function readQuantity(reader: ItemReader, source: Source, field = 'quantity'): Decimal | undefined {
  const found = reader.mandatory(field, source);
  if (found === undefined) return undefined;
  const quantity = parseNumber(found.text);
  if (quantity === undefined) return bad(reader, found, field, 'is no number', 102);
  if (quantity.isZero()) return bad(reader, found, field, 'is zero, which is no quantity', 102);
  return quantity;
}

/** A place and the system of its code. */
export function readLocation(
  reader: ItemReader,
  rule: Pick<RequisitionRule['location'], 'code' | 'scheme'>,
  field = 'location',
): ProposedPlace | undefined {
  const found = reader.mandatory(field, rule.code);
  return found && { scheme: rule.scheme, value: found.text };
}

/** An instant in UTC, and how exactly it was given. */
export function readInstant(
  reader: ItemReader,
  source: Source,
  least: Precision,
  field = 'occurredAt',
): { at: string; precision: Precision } | undefined {
  const found = reader.mandatory(field, source);
  if (found === undefined) return undefined;
  const time = parseTime(found.text);
  if (time === undefined) return bad(reader, found, field, 'is no HL7 time', 102);
  if (!isAtLeast(time, least)) {
    return bad(reader, found, field, `gives no more than the ${time.precision}; at least the ${least} is needed`, 102);
  }
  return { at: instantOf(time, reader.profile.timeZone).toISOString(), precision: time.precision };
}

/** A calendar day; the last of the month when only the month was given. */
export function readDay(reader: ItemReader, field: string, source: Source | undefined): string | undefined {
  const found = reader.optional(field, source);
  if (found === undefined) return undefined;
  const time = parseTime(found.text);
  const day = time && dayOf(time);
  return day ?? bad(reader, found, field, 'is no day or month', 102);
}

/** A lot or serial number: one for the item, since a quantity cannot be divided among several. */
export function readSingle(reader: ItemReader, field: string, source: Source | undefined): string | undefined {
  const found = reader.optional(field, source);
  if (found === undefined || found.repetitions <= 1) return found?.text;
  return bad(
    reader,
    found,
    field,
    `repeats ${found.repetitions} times with one quantity; it cannot be told how much of which`,
    102,
  );
}

function readScheme(
  reader: ItemReader,
  rule: ConsumptionRule['product']['scheme'],
): ProposedProduct['scheme'] | undefined {
  if (typeof rule === 'string') return rule;
  const seen = reader.see(rule.from);
  if (seen.state === 'absent' || seen.state === 'null') {
    if (rule.default !== undefined) return rule.default;
    reader.mandatory('codeSystem', rule.from);
    return undefined;
  }
  const known = Object.hasOwn(rule.map, seen.text) ? rule.map[seen.text] : undefined;
  if (known === undefined) reader.optional('codeSystem', { from: rule.from, map: {} });
  else reader.remember('codeSystem', seen.at);
  return known;
}

function bad(reader: ItemReader, { text, at }: Found, field: string, reason: string, code: 102): undefined {
  const value = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  const sentence = `the ${words(field)} ${JSON.stringify(value)} in ${at} ${reason}. ${reader.senderMust('correct it')}`;
  reader.find(code, 'sender', sentence, at, value);
  return undefined;
}
