import type { Decimal, StockOperationRecorded } from '@wardline/event-contracts';
import type { ReceivingRule, Requirements } from '../receiving-rules/receiving-rule.js';
import { hold, refuse, type Finding, type HoldCode, type RefusalCode } from './finding.js';
import { isOverridden } from './override.js';
import { given } from './place-operation.js';
import type { PlacedOperation, StockRules, Warning } from './stock-operation.js';

/** What the decision about goods that come in rests on beside the record. */
export interface ReceiptFacts {
  /** The rule for the product; null where none holds. */
  readonly rule: ReceivingRule | null;
  /** How much of the product has come under its document before, in the stock unit. */
  readonly receivedBefore: Decimal;
}

type Wrong = Finding & { readonly code: (RefusalCode | HoldCode) & Warning };

const dayMs = 86_400_000;

/**
 * Whether goods may come in as they are recorded: by the rule of their product, and by what their document announces. What
 * is damaged goes to quarantine, where it is nobody's to use, so that only its reason and its quantity are asked for. A role
 * may let goods in all the same, but not in the place of a second person. Answers what deserves a look.
 */
export function checkReceipt(
  record: StockOperationRecorded,
  placed: PlacedOperation,
  facts: ReceiptFacts,
  { overrideRoles }: StockRules,
): Finding | readonly Warning[] {
  const isDamaged = placed.condition === 'DAMAGED';
  if (isDamaged && placed.reason === null)
    return refuse('DAMAGE_REASON_MISSING', `${placed.productCode} came damaged and the record does not say how.`);
  const rule = isDamaged ? null : facts.rule;
  const wrong = [...(rule === null ? [] : unfitGoods(record, placed, rule)), ...quantityDiffers(placed, facts)];
  const isLetIn = isOverridden(placed.reason, overrideRoles);
  const [first] = wrong;
  if (first !== undefined && !isLetIn) return first;
  const alone = rule?.requirements.secondPerson === true ? unwitnessed(placed, nameOf(rule)) : null;
  if (alone !== null) return alone;
  const warnings = first === undefined ? [] : [...wrong.map(({ code }) => code), 'OVERRIDDEN' as const];
  return [...warnings, ...(isDamaged ? ['DAMAGED' as const] : []), ...short(placed, facts)];
}

function unfitGoods(record: StockOperationRecorded, placed: PlacedOperation, rule: ReceivingRule): Wrong[] {
  const { lot, serial, temperatureLog } = rule.requirements;
  const [what, by] = [placed.productCode, nameOf(rule)];
  const found: Wrong[] = [];
  if (lot && given(record.lotNumber) === null)
    found.push(wrongGoods('LOT_MISSING', `${what} came without a lot number, which ${by} asks for.`));
  if (serial && given(record.serialNumber) === null)
    found.push(wrongGoods('SERIAL_MISSING', `${what} came without a serial number, which ${by} asks for.`));
  found.push(...unfitLife(placed, placed.expiryDate ?? record.expiryDate, rule.requirements, by));
  if (temperatureLog && placed.temperatureLogReference === null)
    found.push(wrongGoods('TEMPERATURE_LOG_MISSING', `${what} came without a temperature log, which ${by} asks for.`));
  return found;
}

function unfitLife(
  { productCode, lotNumber, occurredAt }: PlacedOperation,
  expires: string | null,
  { expiryDate, minimumRemainingLifeDays: least }: Requirements,
  by: string,
): Wrong[] {
  if (expires === null) {
    if (!expiryDate && least === null) return [];
    return [wrongGoods('EXPIRY_MISSING', `${productCode} came without an expiry date, which ${by} asks for.`)];
  }
  const came = occurredAt.toISOString().slice(0, 10);
  const left = Math.round((Date.parse(expires) - Date.parse(came)) / dayMs);
  if (least === null || left >= least) return [];
  const what = lotNumber === null ? productCode : `Lot ${lotNumber} of ${productCode}`;
  const message = `${what} expires on ${expires}, ${left} days after it came; ${by} asks for ${least}.`;
  return [wrongGoods('REMAINING_LIFE_TOO_SHORT', message)];
}

function quantityDiffers(placed: PlacedOperation, { rule, receivedBefore }: ReceiptFacts): Wrong[] {
  const { expectedQuantity: expected, productCode, quantity, unit, documentReference } = placed;
  if (expected === null) return [];
  if (expected.isZero())
    return [wrongDelivery('WRONG_ITEM', `${productCode} came, which ${documentReference} does not have.`)];
  const percent = rule?.requirements.overReceiptPercent ?? 0;
  const total = receivedBefore.plus(quantity);
  if (total.lte(expected.times(percent).div(100).plus(expected))) return [];
  const allowed = percent === 0 ? '' : `, and ${percent} % more are allowed`;
  const announced = `${documentReference} announces ${expected.toFixed()} ${unit} of ${productCode}${allowed}`;
  return [wrongDelivery('OVER_RECEIPT', `${announced}; with this record ${total.toFixed()} have come.`)];
}

/** Every part of a delivery but the last is short; whether more is to come nobody can say before there are orders. */
function short({ expectedQuantity, quantity }: PlacedOperation, { receivedBefore }: ReceiptFacts): Warning[] {
  return expectedQuantity?.gt(receivedBefore.plus(quantity)) === true ? ['SHORT_RECEIPT'] : [];
}

function unwitnessed({ productCode, performerRef, approverRef }: PlacedOperation, by: string): Finding | null {
  const asked = `${productCode} came in, and ${by} asks for two persons`;
  if (performerRef === null)
    return hold('SECOND_PERSON_MISSING', `${asked}; the record does not say who received it.`, []);
  if (approverRef === null) return hold('SECOND_PERSON_MISSING', `${asked}; the record names one.`, []);
  if (approverRef !== performerRef) return null;
  return hold('SECOND_PERSON_MISSING', `${asked}; ${approverRef} cannot be both of them.`, []);
}

function nameOf({ scope, subject }: ReceivingRule): string {
  return `the receiving rule of ${scope === 'CLASS' ? 'class ' : ''}${subject}`;
}

function wrongGoods(code: RefusalCode & Warning, message: string): Wrong {
  return refuse(code, message) as Wrong;
}

function wrongDelivery(code: HoldCode & Warning, message: string): Wrong {
  return hold(code, message, []) as Wrong;
}
