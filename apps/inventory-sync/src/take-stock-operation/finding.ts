import type { ExceptionClass } from '@wardline/event-handling';

/** Whose job a finding is. */
export type Owner = 'source-system' | 'master-data' | 'stores' | 'approver';

interface Advice {
  readonly owner: Owner;
  readonly remedy: string;
}

const sendCorrected = 'Send the corrected record under a new eventId and the next sequence.';
const orOverride =
  'A role that may let the goods in all the same says so in a new record: reason "override:<role> <why>".';
const orOverrideHere =
  'A role that may let the goods in all the same says so: edit the record, reason "override:<role> <why>".';
const itGoesOn = 'The record goes on by itself.';

/** Why a record is refused for good. */
export const refusalAdvice = {
  OPERATION_UNKNOWN: source(`Use one of the operations of the schema. ${sendCorrected}`),
  TEXT_INVALID: source(`Leave no code empty, at most 250 characters long and without NUL. ${sendCorrected}`),
  TIME_IN_FUTURE: source(`Correct the clock of the source; times are UTC milliseconds. ${sendCorrected}`),
  DUPLICATE: source(
    'Nothing, when it is a repeat. Otherwise give each business fact its own sequence and send it again.',
  ),
  PRODUCT_SCHEME_UNKNOWN: source(`Name the product as INTERNAL or GTIN. ${sendCorrected}`),
  GTIN_INVALID: source(`Scan again: a GTIN has 8, 12, 13 or 14 digits and a check digit. ${sendCorrected}`),
  LOCATION_SCHEME_UNKNOWN: source(`Name the location as CODE. ${sendCorrected}`),
  TO_LOCATION_MISSING: source(`Give toLocation, the place it went to. ${sendCorrected}`),
  TO_LOCATION_UNEXPECTED: source(`Give toLocation with PUT_AWAY, TRANSFERRED and SHIPPED only. ${sendCorrected}`),
  SAME_PLACE: source(`Give the two places between which it went. ${sendCorrected}`),
  QUARANTINE_BY_OPERATION: source(`Use QUARANTINED and RELEASED with the location itself. ${sendCorrected}`),
  TRANSFER_REFERENCE_MISSING: source(`Give transferReference, the same with SHIPPED and ARRIVED. ${sendCorrected}`),
  QUANTITY_NOT_POSITIVE: source(`Give a quantity above zero; only a count may find nothing. ${sendCorrected}`),
  QUANTITY_TOO_LARGE: source(`Give at most 12 digits before the decimal point and 6 behind it. ${sendCorrected}`),
  QUANTITY_PRECISION: source(
    `Give a quantity that is a whole number of the stock unit's smallest step. ${sendCorrected}`,
  ),
  UNIT_NOT_CONVERTIBLE: source(`Use a unit that converts into the product's stock unit. ${sendCorrected}`),
  LOT_REQUIRED: source(`Give the lotNumber. ${sendCorrected}`),
  SERIAL_REQUIRED: source(`Give the serialNumber. ${sendCorrected}`),
  SERIAL_QUANTITY: source(`Send one record per piece, each with its serialNumber and quantity 1. ${sendCorrected}`),
  SERIAL_ELSEWHERE: stores(
    'Check the serial. Where the piece did move, send its TRANSFERRED from the place named first, then this record anew.',
  ),
  LOT_EXPIRED: stores(
    'Take another lot, or write this one off. A role that may let it go says so: reason "override:<role> <why>".',
  ),
  LOT_QUARANTINED: stores(
    'Release the lot first. A role that may let it go all the same says so: reason "override:<role> <why>".',
  ),
  MORE_THAN_QUARANTINED: stores(`Count what stands in quarantine, and name no more than that. ${sendCorrected}`),
  RECEIPT_DETAIL_UNEXPECTED: source(
    `Give expectedQuantity, condition and temperatureLogReference with RECEIVED only. ${sendCorrected}`,
  ),
  CONDITION_UNKNOWN: source(`Use one of the conditions of the schema. ${sendCorrected}`),
  DOCUMENT_REFERENCE_MISSING: source(`Give the documentReference, or no expectedQuantity. ${sendCorrected}`),
  EXPECTED_QUANTITY_INVALID: source(
    `Give zero or more, with at most 12 digits before the decimal point and 6 behind it. ${sendCorrected}`,
  ),
  DAMAGE_REASON_MISSING: source(`Say in reason what is damaged and how. ${sendCorrected}`),
  LOT_MISSING: source(`Read the lot from the package and give lotNumber. ${orOverride}`),
  SERIAL_MISSING: source(`Read the serial number from the package and give serialNumber. ${orOverride}`),
  EXPIRY_MISSING: source(`Read the expiry date from the package and give expiryDate. ${orOverride}`),
  REMAINING_LIFE_TOO_SHORT: stores(`Send the goods back. ${orOverride}`),
  TEMPERATURE_LOG_MISSING: source(`Read out the logger and give temperatureLogReference. ${orOverride}`),
  ARRIVED_MORE_THAN_SHIPPED: stores(
    'Send what was on the way as ARRIVED, and what was shipped beside it as a SHIPPED of its own before it arrives.',
  ),
  ALREADY_ARRIVED: stores('Reverse the ARRIVED first, or transfer the stock back.'),
  REVERSES_UNEXPECTED: source(`Leave reverses null unless the operation is REVERSED. ${sendCorrected}`),
  REVERSAL_OF_NOTHING: source('Name in reverses the eventId of an accepted record. Nothing to do when it was refused.'),
  REVERSAL_OF_REVERSAL: source('Record the operation again: a reversal is not reversed.'),
  ALREADY_REVERSED: source('Nothing: the record is undone already.'),
  REVERSAL_DIFFERS: source(
    `Give product, location, lot, serial and quantity of the record that is reversed. ${sendCorrected}`,
  ),
  ABANDONED: source('Ask the person named what was agreed; send a new record where stock is still to be booked.'),
} as const satisfies Record<string, Advice>;

/** Why a record waits, and what kind of exception that is. */
export const holdAdvice = {
  UNKNOWN_PRODUCT: masterData(`Create the product in Odoo or give it this code. ${itGoesOn}`),
  ARCHIVED_PRODUCT: masterData(`Unarchive the product in Odoo or move the code to its successor. ${itGoesOn}`),
  AMBIGUOUS_PRODUCT: masterData(`Leave the code at one active product in Odoo only. ${itGoesOn}`),
  PRODUCT_TRACKING_UNKNOWN: masterData(`Set in Odoo whether the product is tracked by lot, serial or not. ${itGoesOn}`),
  UNKNOWN_LOCATION: masterData(`Create the location in Odoo or give it this barcode. ${itGoesOn}`),
  ARCHIVED_LOCATION: masterData(`Unarchive the location in Odoo or give its barcode to its successor. ${itGoesOn}`),
  AMBIGUOUS_LOCATION: masterData(`Leave the name at one active location in Odoo, or give each a barcode. ${itGoesOn}`),
  LOCATION_NOT_INTERNAL: masterData(`Make it an internal location in Odoo, or give its barcode to one. ${itGoesOn}`),
  UNKNOWN_LOT: masterData(
    `Record its receipt, create it in Odoo, or abandon the record if it is mistyped. ${itGoesOn}`,
  ),
  ARCHIVED_LOT: masterData(`Bring the lot or serial back in Odoo. ${itGoesOn}`),
  UNKNOWN_UNIT: masterData(`Create the unit in Odoo. ${itGoesOn}`),
  NOT_SHIPPED_YET: business(`Send the SHIPPED of this transfer, or correct the transferReference. ${itGoesOn}`),
  REVERSAL_BEFORE_ORIGINAL: business(`Wait for the record that it reverses, or abandon this one. ${itGoesOn}`),
  WRONG_ITEM: business(`Send the goods back and abandon the record. ${orOverrideHere}`),
  OVER_RECEIPT: business(`Leave out of the record what goes back: edit its quantity. ${orOverrideHere}`),
  SECOND_PERSON_MISSING: {
    class: 'AUTHORISATION',
    owner: 'approver',
    remedy:
      'Have somebody else than who received them look at the goods, then edit the record: approverRef names them.',
  },
  APPROVAL_MISSING: {
    class: 'AUTHORISATION',
    owner: 'approver',
    remedy: 'Have somebody else than the counter look, then edit the record: approverRef names them.',
  },
  PERIOD_CLOSED: {
    class: 'AUTHORISATION',
    owner: 'approver',
    remedy:
      'Have somebody else than who did it approve the late entry, then edit the record: approverRef names them. It goes on by itself when finance opens the period.',
  },
} as const satisfies Record<string, Advice & { readonly class: ExceptionClass }>;

export type RefusalCode = keyof typeof refusalAdvice;
export type HoldCode = keyof typeof holdAdvice;

/** The record is wrong in itself: a terminal answer. */
export interface Refusal extends Advice {
  readonly outcome: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
}

/** The record waits: for data, for another record, for an approval. */
export interface Hold extends Advice {
  readonly outcome: 'held';
  readonly code: HoldCode;
  readonly class: ExceptionClass;
  readonly message: string;
  /** Names of what it waits for, as they are announced; none where a person has to act on the record. */
  readonly awaits: readonly string[];
}

export type Finding = Refusal | Hold;

/** A refusal with the advice of its code; `message` names the value at fault. */
export function refuse(code: RefusalCode, message: string): Refusal {
  return { outcome: 'refused', code, message, ...refusalAdvice[code] };
}

/** A hold with the advice of its code; `message` names the value at fault. */
export function hold(code: HoldCode, message: string, awaits: readonly string[]): Hold {
  return { outcome: 'held', code, message, awaits, ...holdAdvice[code] };
}

/** Tells a finding from what was found. */
export function isFinding(value: object): value is Finding {
  return 'outcome' in value && (value.outcome === 'refused' || value.outcome === 'held');
}

/**
 * One answer from several findings, at least one: a refusal outranks every hold, since waiting would not help; several
 * holds become one that names everything missing, so that it is mended in one go.
 */
export function combine(findings: readonly Finding[]): Finding {
  const refusal = findings.find((finding) => finding.outcome === 'refused');
  if (refusal !== undefined) return refusal;
  const holds = findings.filter((finding) => finding.outcome === 'held');
  const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
  return {
    ...holds[0]!,
    message: distinct(holds.map(({ message }) => message)).join(' '),
    remedy: distinct(holds.map(({ remedy }) => remedy)).join(' '),
    awaits: distinct(holds.flatMap(({ awaits }) => awaits)),
  };
}

function source(remedy: string) {
  return { owner: 'source-system', remedy } as const;
}

function stores(remedy: string) {
  return { owner: 'stores', remedy } as const;
}

function masterData(remedy: string) {
  return { class: 'DATA', owner: 'master-data', remedy } as const;
}

function business(remedy: string) {
  return { class: 'BUSINESS', owner: 'stores', remedy } as const;
}
