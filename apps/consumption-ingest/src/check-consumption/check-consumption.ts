import type { ConsumptionRecorded } from '@wardline/event-contracts';
import { effectOnPiece, type AcceptedKind, type CanonicalConsumption } from '../consumption-record.js';
import { fitsQuantity } from '@wardline/units-of-measure';
import type { Circumstances, ConsumptionFacts } from './facts.js';
import { combine, isFinding, refuse, type Finding, type Refusal } from './finding.js';
import { given, identifyPiece } from './identify-piece.js';
import { measure } from './measure.js';
import { locationName, productName, type LocationName, type ProductName } from './name-record.js';
import { placeLocation, placeProduct } from './place-record.js';
import { checkReversal } from './reversal.js';
import { misplaced } from './serial-place.js';

/** A record that was brought into canonical form. */
export interface Acceptance {
  readonly outcome: 'accepted';
  readonly consumption: CanonicalConsumption;
}

export type Decision = Acceptance | Finding;

/**
 * Decides about one consumption record: accepted in canonical form, refused because it is wrong in itself, or held because
 * our own data cannot place it yet. Consumption has physically happened, so nothing else is a reason to refuse.
 */
export function checkConsumption(
  record: ConsumptionRecorded,
  facts: ConsumptionFacts,
  circumstances: Circumstances,
): Decision {
  const wrong = duplicate(record, facts) ?? wrongInItself(record, circumstances);
  if (wrong !== null) return wrong;
  const checked =
    record.kind === 'REVERSED' ? checkReversal(record, facts) : checkUse(record, record.kind as UseKind, facts);
  return isFinding(checked) ? checked : { outcome: 'accepted', consumption: checked };
}

type UseKind = Exclude<AcceptedKind, 'REVERSED'>;

function duplicate({ eventId, source, sequence }: ConsumptionRecorded, facts: ConsumptionFacts): Refusal | null {
  if (facts.firstOfSequence === eventId) return null;
  return refuse('DUPLICATE', `Number ${sequence} of ${source} came before, as record ${facts.firstOfSequence}.`);
}

function wrongInItself(record: ConsumptionRecorded, circumstances: Circumstances): Refusal | null {
  return (
    wrongText(record) ??
    wrongKind(record) ??
    wrongTime(record.occurredAt, circumstances) ??
    wrongQuantity(record) ??
    wrongName(productName(record.product)) ??
    wrongName(locationName(record.location))
  );
}

const longestText = 250;
const longestProse = 10_000;

function wrongText(record: ConsumptionRecorded): Refusal | null {
  const { source, product, location, unit } = record;
  const required = { source, 'product.value': product.value, 'location.value': location.value, unit };
  const { lotNumber, serialNumber } = record;
  const optional = { 'product.supplierCode': product.supplierCode, lotNumber, serialNumber };
  for (const [field, text] of Object.entries({ ...optional, ...required })) {
    if (field in required && given(text) === null) return refuse('TEXT_INVALID', `${field} is empty.`);
    if (text?.includes('\0')) return refuse('TEXT_INVALID', `${field} contains a NUL character.`);
    if (text !== null && text.length > longestText) {
      return refuse('TEXT_INVALID', `${field} has ${text.length} characters, more than ${longestText}.`);
    }
  }
  return wrongProse(record);
}

/** What is written for people is longer than a code, and still has to fit the receipt that repeats it. */
function wrongProse({ reason, encounterRef, performerRef }: ConsumptionRecorded): Refusal | null {
  for (const [field, text] of Object.entries({ reason, encounterRef, performerRef })) {
    if (text?.includes('\0')) return refuse('TEXT_INVALID', `${field} contains a NUL character.`);
    if (text !== null && text.length > longestProse) {
      return refuse('TEXT_INVALID', `${field} has ${text.length} characters, more than ${longestProse}.`);
    }
  }
  return null;
}

function wrongKind({ kind, reverses }: ConsumptionRecorded): Refusal | null {
  if (kind === 'UNKNOWN') return refuse('KIND_UNKNOWN', 'The record is of a kind that is not known here.');
  if (kind === 'REVERSED' || reverses === null) return null;
  return refuse('REVERSES_UNEXPECTED', `A record of kind ${kind} names ${reverses} as reversed.`);
}

function wrongTime(occurredAt: Date, { receivedAt, limits }: Circumstances): Refusal | null {
  const age = receivedAt.getTime() - occurredAt.getTime();
  if (Number.isNaN(age) || -age > limits.maxClockSkew) {
    return refuse(
      'TIME_IN_FUTURE',
      `It is said to have happened at ${iso(occurredAt)}; it was received at ${iso(receivedAt)}.`,
    );
  }
  if (age <= limits.maxRecordAge) return null;
  const days = Math.floor(limits.maxRecordAge / 86_400_000);
  return refuse(
    'TOO_OLD',
    `It happened at ${iso(occurredAt)}, more than ${days} days before it was received at ${iso(receivedAt)}.`,
  );
}

/** A count of milliseconds beyond the range of dates, such as microseconds by mistake, has no name. */
function iso(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'a time beyond all dates' : time.toISOString();
}

function wrongQuantity({ quantity, unit }: ConsumptionRecorded): Refusal | null {
  if (!quantity.gt(0)) return refuse('QUANTITY_NOT_POSITIVE', `The quantity is ${quantity.toFixed()} ${unit}.`);
  if (fitsQuantity(quantity)) return null;
  return refuse(
    'QUANTITY_TOO_LARGE',
    `The quantity ${quantity.toFixed()} ${unit} does not fit 12 digits and 6 decimals.`,
  );
}

function wrongName(name: ProductName | LocationName | Refusal): Refusal | null {
  return 'outcome' in name ? name : null;
}

function checkUse(record: ConsumptionRecorded, kind: UseKind, facts: ConsumptionFacts): CanonicalConsumption | Finding {
  const product = placeProduct(record.product, facts.product);
  const location = placeLocation(record.location, facts.location);
  if (isFinding(product)) return isFinding(location) ? combine([product, location]) : product;
  const measured = measure(record, product, facts.unitBook);
  const piece = identifyPiece(record, product, facts.lots, isFinding(measured) ? null : measured.quantity);
  if (isFinding(location) || isFinding(measured) || isFinding(piece)) return firstOf([location, measured, piece]);
  const { serial, ...identity } = piece;
  const wrongPlace = serial === null ? null : misplaced(serial, location.code, effectOnPiece(kind, null));
  if (wrongPlace !== null) return wrongPlace;
  return {
    kind,
    reverses: null,
    productCode: product.code,
    locationCode: location.code,
    ...identity,
    ...measured,
    recordedQuantity: record.quantity,
    recordedUnit: record.unit,
    reason: given(record.reason),
  };
}

function firstOf(results: readonly object[]): Finding {
  return combine(results.filter(isFinding) as [Finding, ...Finding[]]);
}
