import { Decimal } from 'decimal.js';
import { type ItemReader, words } from './item-reader.js';
import type { ConsumptionRule, KindOrAnswer } from './profile.js';
import type { ConsumptionKind, ProposedConsumption } from './reading.js';
import { readDay, readInstant, readLocation, readProduct, readQuantity, readSingle } from './values.js';

/**
 * What one item of a message says was used, wasted, returned or taken back: no record, one, or two when part of it was
 * wasted. What is missing goes to the reader's findings.
 */
export function readConsumption(rule: ConsumptionRule, reader: ItemReader): ProposedConsumption[] {
  const unmeant = rule.only.map((condition) => whyNotMeant(reader, condition)).find((because) => because !== undefined);
  if (unmeant !== undefined) return passOver(reader, unmeant);
  const kind = kindOf(rule, reader);
  if (kind === 'ASK') return [];
  const waste = wasteOf(rule, reader);
  if (kind === 'NOTHING' && waste === undefined) return [];
  const whole = kind === 'NOTHING' ? undefined : amountOf(rule, reader, kind);
  const used = whole === undefined ? undefined : withoutWaste(rule, reader, whole, waste);
  if (used === 'ASK') return [];
  const facts = readFacts(rule, reader, used?.kind === 'REVERSED');
  if (facts === undefined || (kind !== 'NOTHING' && whole === undefined)) return [];
  const { wastedQuantity = '', wasteUnit = '', wasteReason, ...origins } = reader.origins;
  const wasteOrigins = { ...origins, kind: wastedQuantity, quantity: wastedQuantity, unit: wasteUnit };
  const item = reader.scope.name;
  return [
    ...(used === undefined ? [] : [{ item, ...facts, ...used, origins }]),
    ...(waste === undefined
      ? []
      : [
          {
            item: `${item} waste`,
            ...facts,
            ...waste,
            origins: wasteReason === undefined ? wasteOrigins : { ...wasteOrigins, reason: wasteReason },
          },
        ]),
  ];
}

type Facts = Omit<ProposedConsumption, 'item' | 'kind' | 'quantity' | 'unit' | 'reason' | 'origins'>;
type Amount = Pick<ProposedConsumption, 'kind' | 'quantity' | 'unit' | 'reason'>;

function whyNotMeant(reader: ItemReader, { from, in: meant }: ConsumptionRule['only'][number]): string | undefined {
  const seen = reader.see(from);
  if (seen.state === 'absent' || seen.state === 'null')
    return `${seen.expected} is empty; taken is ${meant.join(', ')}`;
  return meant.includes(seen.text) ? undefined : `${seen.at} says ${seen.text}; taken is ${meant.join(', ')}`;
}

function kindOf({ kind }: ConsumptionRule, reader: ItemReader): KindOrAnswer {
  for (const { from, map, otherwise } of kind.rules) {
    const seen = reader.see(from);
    if (seen.state === 'absent' || seen.state === 'null') continue;
    const meant = Object.hasOwn(map, seen.text) ? map[seen.text] : undefined;
    if (meant === undefined && otherwise === 'next') continue;
    if (meant === undefined || meant === 'ASK') return ask(reader, `${seen.at} says ${seen.text}`, seen.at, seen.text);
    reader.remember('kind', seen.at);
    if (meant === 'NOTHING') reader.passOver(`${seen.at} says ${seen.text}: no stock was used`);
    return meant;
  }
  if (kind.default === 'ASK') return ask(reader, 'nothing in it says what happened');
  if (kind.default === 'NOTHING') reader.passOver('nothing in it says that stock was used');
  reader.remember('kind', 'fixed by the profile');
  return kind.default;
}

function readFacts(rule: ConsumptionRule, reader: ItemReader, reversal: boolean): Facts | undefined {
  const product = readProduct(reader, rule.product);
  const encounter = reader.optional('encounter', rule.encounter)?.text ?? null;
  const place = readPlaceOfUse(reader, rule.location, encounter);
  const time = readInstant(reader, rule.occurredAt, rule.precision);
  const optional = {
    lotNumber: readSingle(reader, 'lotNumber', rule.lotNumber) ?? null,
    serialNumber: readSingle(reader, 'serialNumber', rule.serialNumber) ?? null,
    expiryDate: readDay(reader, 'expiryDate', rule.expiryDate) ?? null,
    transaction: reader.optional('transaction', rule.transaction)?.text ?? null,
    reverses: reversal ? (reader.optional('reverses', rule.reverses)?.text ?? null) : null,
    encounter,
    patient: reader.optional('patient', rule.patient)?.text ?? null,
    performer: reader.optional('performer', rule.performer)?.text ?? null,
  };
  const missing = rule.required.filter((field) => optional[field] === null && (field !== 'reverses' || reversal));
  for (const field of missing) sayMissing(rule, reader, field);
  if (!product || !place || !time || missing.length > 0) return undefined;
  return { product, ...place, occurredAt: time.at, precision: time.precision, ...optional };
}

/** The place that the item names; or, where it names none and the profile allows it, the ward of its encounter. */
function readPlaceOfUse(
  reader: ItemReader,
  rule: ConsumptionRule['location'],
  encounter: string | null,
): Pick<ProposedConsumption, 'location' | 'wardBy'> | undefined {
  const { state } = reader.see(rule.code);
  const unnamed = state === 'absent' || state === 'null';
  if (unnamed && encounter !== null && rule.fromEncounter !== undefined) {
    return { location: null, wardBy: rule.fromEncounter };
  }
  const location = readLocation(reader, rule);
  return location && { location };
}

function sayMissing(rule: ConsumptionRule, reader: ItemReader, field: (typeof rule.required)[number]): void {
  const source = rule[field];
  if (source === undefined) {
    reader.find(101, 'profile', `the ${words(field)} is required and the profile does not say where it stands.`);
    return;
  }
  const { state } = reader.see(source);
  if (state === 'absent' || state === 'null') reader.mandatory(field, source);
}

function amountOf(rule: ConsumptionRule, reader: ItemReader, kind: ConsumptionKind): Amount | undefined {
  const quantity = readQuantity(reader, rule.quantity);
  const unit = reader.mandatory('unit', rule.unit);
  const reason = reader.optional('reason', rule.reason)?.text ?? null;
  if (quantity === undefined || unit === undefined) return undefined;
  if (quantity.isPositive()) return { kind, quantity: plain(quantity), unit: unit.text, reason };
  if (rule.negative === 'reverses' && (kind === 'USED' || kind === 'REVERSED')) {
    return { kind: 'REVERSED', quantity: plain(quantity.abs()), unit: unit.text, reason };
  }
  ask(reader, `its quantity is ${plain(quantity)}, below zero`, undefined, plain(quantity));
  return undefined;
}

function wasteOf({ waste, unit }: ConsumptionRule, reader: ItemReader): Amount | undefined {
  if (waste === undefined) return undefined;
  const seen = reader.see(waste.quantity);
  if (seen.state !== 'value' || /^0*\.?0*$/.test(seen.text)) return undefined;
  const quantity = readQuantity(reader, waste.quantity, 'wastedQuantity');
  const wasteUnit = reader.mandatory('wasteUnit', waste.unit ?? unit);
  const reason = reader.optional('wasteReason', waste.reason)?.text ?? null;
  if (quantity === undefined || wasteUnit === undefined) return undefined;
  if (quantity.isPositive()) return { kind: 'WASTED', quantity: plain(quantity), unit: wasteUnit.text, reason };
  ask(reader, `its wasted quantity is ${plain(quantity)}, below zero`, seen.at, seen.text);
  return undefined;
}

/** What of an amount was used; undefined when all of it was wasted. */
function withoutWaste(
  { waste: rule }: ConsumptionRule,
  reader: ItemReader,
  whole: Amount,
  waste: Amount | undefined,
): Amount | undefined | 'ASK' {
  if (rule?.within !== true || waste === undefined || whole.kind === 'REVERSED') return whole;
  if (waste.unit !== whole.unit) return ask(reader, `it wasted ${waste.unit} of an amount in ${whole.unit}`);
  const rest = new Decimal(whole.quantity).minus(waste.quantity);
  if (rest.isNegative()) return ask(reader, `it wasted ${waste.quantity} of ${whole.quantity}`);
  return rest.isZero() ? undefined : { ...whole, quantity: plain(rest) };
}

function ask(reader: ItemReader, what: string, path?: string, value?: string): 'ASK' {
  const sentence = `${what}, and profile ${reader.profile.name} does not say whether stock was used by that. A person must decide.`;
  reader.find(103, 'profile', sentence, path, value);
  return 'ASK';
}

function passOver(reader: ItemReader, because: string): [] {
  reader.passOver(because);
  return [];
}

function plain(quantity: Decimal): string {
  return quantity.toFixed();
}
