/** Whose job a finding is. */
export type Owner = 'source-system' | 'master-data';

interface Advice {
  readonly owner: Owner;
  readonly remedy: string;
}

const sendCorrected = 'Send the corrected record under a new eventId and the next sequence.';
const itGoesOn = 'The record goes on by itself.';

/** Why a record is refused for good. The record is wrong in itself; its source sends another one. */
export const refusalAdvice = {
  KIND_UNKNOWN: source(`Use USED, WASTED, RETURNED or REVERSED. ${sendCorrected}`),
  TEXT_INVALID: source(
    `Leave no identifying field empty, at most 250 characters long (10,000 for a reason) and without NUL. ${sendCorrected}`,
  ),
  TIME_IN_FUTURE: source(`Correct the clock of the source; times are UTC milliseconds. ${sendCorrected}`),
  TOO_OLD: source('Ask the stores to count the location: consumption this old is settled by a count, not by a record.'),
  DUPLICATE: source(
    'Nothing, when it is a repeat. Otherwise give each business fact its own sequence and send it again.',
  ),
  PRODUCT_SCHEME_UNKNOWN: source(`Name the product as INTERNAL, GTIN, NDC or SUPPLIER_ITEM. ${sendCorrected}`),
  GTIN_INVALID: source(`Scan again: a GTIN has 8, 12, 13 or 14 digits and a check digit. ${sendCorrected}`),
  NDC_INVALID: source(`Write the NDC with hyphens (4-4-2, 5-3-2, 5-4-1, 5-4-2) or as 11 digits. ${sendCorrected}`),
  SUPPLIER_CODE_MISSING: source(
    `Give supplierCode, the supplier's reference in Odoo, with SUPPLIER_ITEM. ${sendCorrected}`,
  ),
  LOCATION_SCHEME_UNKNOWN: source(`Name the location as CODE or GLN. ${sendCorrected}`),
  GLN_INVALID: source(`Correct the GLN: it has 13 digits and a check digit. ${sendCorrected}`),
  QUANTITY_NOT_POSITIVE: source(`Give a quantity above zero; kind says the direction. ${sendCorrected}`),
  QUANTITY_TOO_LARGE: source(`Give at most 12 digits before the decimal point and 6 behind it. ${sendCorrected}`),
  QUANTITY_PRECISION: source(
    `Give a quantity that is a whole number of the stock unit's smallest step. ${sendCorrected}`,
  ),
  UNIT_NOT_CONVERTIBLE: source(`Use a unit that converts into the product's stock unit. ${sendCorrected}`),
  LOT_REQUIRED: source(`Give the lotNumber. ${sendCorrected}`),
  SERIAL_REQUIRED: source(`Give the serialNumber. ${sendCorrected}`),
  SERIAL_QUANTITY: source(`Send one record per piece, each with its serialNumber and quantity 1. ${sendCorrected}`),
  SERIAL_NOT_THERE: source(
    `Check the serial and the location; where the piece did move, book the transfer first. ${sendCorrected}`,
  ),
  SERIAL_IN_STOCK: source(
    `Check the serial: only a piece that has left the stock can come back to it. ${sendCorrected}`,
  ),
  REVERSES_UNEXPECTED: source(`Leave reverses null unless the kind is REVERSED. ${sendCorrected}`),
  REVERSAL_OF_NOTHING: source(
    'Name in reverses the eventId of an accepted record, after its receipt. Nothing to do when it was refused.',
  ),
  REVERSAL_OF_REVERSAL: source('Record the consumption again: a reversal is not reversed.'),
  ALREADY_REVERSED: source('Nothing: the record is undone already.'),
  REVERSAL_DIFFERS: source(
    `Give product, location, lot, serial, quantity and unit of the record that is reversed. ${sendCorrected}`,
  ),
  ABANDONED: source('Ask the person named what was agreed; send a new record where stock is still to be booked.'),
} as const satisfies Record<string, Advice>;

/** Why a record waits: our own data cannot place it yet. */
export const holdAdvice = {
  UNKNOWN_PRODUCT: masterData(
    `Create the product in Odoo, give it this code, or add the code to the crosswalk. ${itGoesOn}`,
  ),
  ARCHIVED_PRODUCT: masterData(`Unarchive the product in Odoo or move the code to its successor. ${itGoesOn}`),
  AMBIGUOUS_PRODUCT: masterData(`Leave the code at one active product in Odoo only. ${itGoesOn}`),
  PRODUCT_TRACKING_UNKNOWN: masterData(
    `Set in Odoo whether the product is tracked by lot, serial or not at all. ${itGoesOn}`,
  ),
  UNKNOWN_LOCATION: masterData(
    `Create the location in Odoo, give it this barcode, or add the code to the crosswalk. ${itGoesOn}`,
  ),
  ARCHIVED_LOCATION: masterData(`Unarchive the location in Odoo or give its barcode to its successor. ${itGoesOn}`),
  AMBIGUOUS_LOCATION: masterData(
    `Leave the name at one active location in Odoo only, or give each a barcode. ${itGoesOn}`,
  ),
  LOCATION_NOT_INTERNAL: masterData(
    `Make the location an internal one in Odoo, or give its barcode to the right one. ${itGoesOn}`,
  ),
  UNKNOWN_LOT: masterData(`Create the lot in Odoo, or abandon the record when the lot is mistyped. ${itGoesOn}`),
  UNKNOWN_SERIAL: masterData(`Create the serial in Odoo, or abandon the record when it is mistyped. ${itGoesOn}`),
  ARCHIVED_LOT: masterData(`Bring the lot or serial back in Odoo. ${itGoesOn}`),
  UNKNOWN_UNIT: masterData(`Create the unit in Odoo or map the code to one in the crosswalk. ${itGoesOn}`),
} as const satisfies Record<string, Advice>;

/** The code of a record that waits behind an earlier one of its key. */
export const waitsBehind = 'WAITS_BEHIND';

export type RefusalCode = keyof typeof refusalAdvice;
export type HoldCode = keyof typeof holdAdvice;

/** The record is wrong in itself: a terminal answer. */
export interface Refusal extends Advice {
  readonly outcome: 'refused';
  readonly code: RefusalCode;
  readonly message: string;
}

/** The record waits for our own data. */
export interface Hold extends Advice {
  readonly outcome: 'held';
  readonly code: HoldCode;
  readonly message: string;
  /** Names of what it waits for, as master data announces them. */
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
export function combine(findings: readonly [Finding, ...Finding[]]): Finding {
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

function source(remedy: string): Advice {
  return { owner: 'source-system', remedy };
}

function masterData(remedy: string): Advice {
  return { owner: 'master-data', remedy };
}
