import type { EventId, StockOperationRecorded } from '@wardline/event-contracts';
import { lateEntry, type PeriodClosing } from '../closed-periods/period-closing.js';
import type { MasterDataFound } from '../master-data.store.js';
import { isQuarantine } from '../movement.js';
import { ruleFor } from '../receiving-rules/receiving-rule.js';
import type { StockPicture } from '../stock-picture.js';
import { fitsQuantity } from '@wardline/units-of-measure';
import { bookOperation, type Circumstances } from './book-operation.js';
import { checkReceipt } from './check-receipt.js';
import { isFinding, refuse, type Finding, type Refusal } from './finding.js';
import { given, placeOperation, productName } from './place-operation.js';
import { reverseOperation, reversible } from './reverse-operation.js';
import type { Acceptance, Booking, OperationKind, PlacedOperation, SettledOperation } from './stock-operation.js';

/** Everything that the decision about one record rests on. */
export interface OperationFacts {
  /** The record that has claimed this source and sequence; the record itself when it is the first. */
  readonly firstOfSequence: EventId;
  /** The record that `reverses` names, where it has its terminal receipt. */
  readonly original: SettledOperation | null;
  readonly known: MasterDataFound;
  /** The stock as the ledger has it when the record's turn comes. */
  readonly stock: StockPicture;
  /** Up to when the books are closed. */
  readonly closing: PeriodClosing | null;
}

/** Decides about one record: it stands and is booked, is refused for what is wrong with it, or waits. */
export function checkOperation(
  record: StockOperationRecorded,
  facts: OperationFacts,
  circumstances: Circumstances,
): Acceptance | Finding {
  const wrong = wrongInItself(record, circumstances) ?? duplicate(record, facts);
  if (wrong !== null) return wrong;
  const found = placeOperation(record, record.operation as OperationKind, facts.known);
  if (isFinding(found)) return found;
  const unfit = wrongPlaces(found) ?? wrongPiece(found);
  if (unfit !== null) return unfit;
  const late = lateEntry(found, facts.closing);
  if ('outcome' in late) return late;
  const placed = { ...found, warnings: [...found.warnings, ...late] };
  const received = placed.operation === 'RECEIVED' ? receive(record, placed, facts, circumstances) : placed;
  if (isFinding(received)) return received;
  const booking = book(record, received, facts, circumstances);
  return isFinding(booking) ? booking : { outcome: 'accepted', placed: received, reverses: record.reverses, booking };
}

function receive(
  record: StockOperationRecorded,
  placed: PlacedOperation,
  { known, stock }: OperationFacts,
  { rules }: Circumstances,
): PlacedOperation | Finding {
  const product = known.products.find(({ code }) => code === placed.productCode);
  const rule = product === undefined ? null : ruleFor(product, known.rules);
  const receivedBefore = stock.receivedUnder(placed.documentReference ?? '', placed.productCode);
  const warnings = checkReceipt(record, placed, { rule, receivedBefore }, rules);
  return 'outcome' in warnings ? warnings : { ...placed, warnings: [...placed.warnings, ...warnings] };
}

function book(
  { reverses, operation }: StockOperationRecorded,
  placed: PlacedOperation,
  { original, stock }: OperationFacts,
  circumstances: Circumstances,
): Booking | Finding {
  if (operation !== 'REVERSED') return bookOperation(placed, stock, circumstances);
  const undone = reversible(reverses, original);
  return isFinding(undone) ? undone : reverseOperation(placed, undone, stock, circumstances);
}

function wrongInItself(record: StockOperationRecorded, { receivedAt, rules }: Circumstances): Refusal | null {
  const { operation, reverses, occurredAt } = record;
  if (operation === 'UNKNOWN') return refuse('OPERATION_UNKNOWN', 'The operation is not one that is known here.');
  if (occurredAt.getTime() > receivedAt.getTime() + rules.maxClockSkew || Number.isNaN(occurredAt.getTime()))
    return refuse(
      'TIME_IN_FUTURE',
      `The time of the record lies after ${receivedAt.toISOString()}, when it was received.`,
    );
  if (operation !== 'REVERSED' && reverses !== null)
    return refuse('REVERSES_UNEXPECTED', `The record names ${reverses} in reverses and is ${operation}.`);
  const name = productName(record.product);
  return (
    wrongText(record) ?? wrongQuantity(record) ?? wrongShape(record) ?? ('outcome' in name ? (name as Refusal) : null)
  );
}

function wrongText(record: StockOperationRecorded): Refusal | null {
  const { product, location, toLocation, lotNumber, serialNumber, unit, transferReference, documentReference } = record;
  const { temperatureLogReference } = record;
  const due = { product: product.value, location: location.value, unit, source: record.source };
  const optional = {
    toLocation: toLocation?.value,
    lotNumber,
    serialNumber,
    transferReference,
    documentReference,
    temperatureLogReference,
  };
  const empty = Object.entries(due).find(([, text]) => text.trim() === '');
  if (empty !== undefined) return refuse('TEXT_INVALID', `${empty[0]} is empty.`);
  const all = { ...due, ...optional, performerRef: record.performerRef, approverRef: record.approverRef };
  const bad = Object.entries(all).find(([, text]) => (text?.length ?? 0) > 250 || text?.includes('\0'));
  if (bad !== undefined) return refuse('TEXT_INVALID', `${bad[0]} is longer than 250 characters or has a NUL in it.`);
  if ((record.reason?.length ?? 0) <= 10_000 && record.reason?.includes('\0') !== true) return null;
  return refuse('TEXT_INVALID', 'reason is longer than 10,000 characters or has a NUL in it.');
}

function wrongQuantity({ operation, quantity, unit }: StockOperationRecorded): Refusal | null {
  const isEnough = operation === 'COUNTED' || operation === 'REVERSED' ? quantity.gte(0) : quantity.gt(0);
  if (!isEnough) return refuse('QUANTITY_NOT_POSITIVE', `The quantity is ${quantity.toFixed()} ${unit}.`);
  if (fitsQuantity(quantity)) return null;
  return refuse(
    'QUANTITY_TOO_LARGE',
    `The quantity ${quantity.toFixed()} ${unit} does not fit 12 digits and 6 decimals.`,
  );
}

const goesSomewhere: ReadonlySet<string> = new Set(['PUT_AWAY', 'TRANSFERRED', 'SHIPPED']);
const hasTwoSteps: ReadonlySet<string> = new Set(['SHIPPED', 'ARRIVED']);

function wrongShape(record: StockOperationRecorded): Refusal | null {
  const { operation, toLocation, transferReference } = record;
  if (operation === 'REVERSED') return null;
  if (goesSomewhere.has(operation) && toLocation === null)
    return refuse('TO_LOCATION_MISSING', `The record is ${operation} and does not say where to.`);
  if (!goesSomewhere.has(operation) && toLocation !== null)
    return refuse(
      'TO_LOCATION_UNEXPECTED',
      `The record is ${operation} and names a place "${toLocation.value}" it went to.`,
    );
  if (hasTwoSteps.has(operation) && given(transferReference) === null)
    return refuse('TRANSFER_REFERENCE_MISSING', `The record is ${operation} and names no transfer.`);
  return wrongReceipt(record);
}

function wrongReceipt(record: StockOperationRecorded): Refusal | null {
  const { operation, expectedQuantity, condition, temperatureLogReference, documentReference, unit } = record;
  const said = Object.entries({ expectedQuantity, condition, temperatureLogReference });
  const [name] = said.find(([, value]) => value !== null) ?? [];
  if (operation !== 'RECEIVED' && name !== undefined)
    return refuse('RECEIPT_DETAIL_UNEXPECTED', `The record is ${operation} and gives ${name}.`);
  if (condition === 'UNKNOWN') return refuse('CONDITION_UNKNOWN', 'The condition is not one that is known here.');
  if (expectedQuantity === null) return null;
  if (given(documentReference) === null)
    return refuse('DOCUMENT_REFERENCE_MISSING', 'The record gives expectedQuantity and no document that announces it.');
  if (expectedQuantity.gte(0) && fitsQuantity(expectedQuantity)) return null;
  return refuse('EXPECTED_QUANTITY_INVALID', `The expectedQuantity is ${expectedQuantity.toFixed()} ${unit}.`);
}

function duplicate({ eventId, source, sequence }: StockOperationRecorded, { firstOfSequence }: OperationFacts) {
  if (firstOfSequence === eventId) return null;
  return refuse(
    'DUPLICATE',
    `Number ${String(sequence)} of ${source} was taken already, as record ${firstOfSequence}.`,
  );
}

const mayBeQuarantine: ReadonlySet<OperationKind> = new Set([
  ...(['COUNTED', 'WRITTEN_OFF', 'RETURNED_TO_SUPPLIER', 'REVERSED'] as const),
]);

function wrongPlaces({ operation, locationCode, toLocationCode }: PlacedOperation): Refusal | null {
  if (operation !== 'REVERSED' && locationCode === toLocationCode)
    return refuse('SAME_PLACE', `The record goes from ${locationCode} to the same place.`);
  const place = [locationCode, toLocationCode ?? ''].find(isQuarantine);
  if (place === undefined || mayBeQuarantine.has(operation)) return null;
  return refuse('QUARANTINE_BY_OPERATION', `The record is ${operation} at ${place}, the quarantine of a location.`);
}

function wrongPiece({ operation, serialNumber, quantity, productCode, unit }: PlacedOperation): Refusal | null {
  if (serialNumber === null || quantity.eq(1) || (quantity.isZero() && operation !== 'SHIPPED')) return null;
  return refuse(
    'SERIAL_QUANTITY',
    `Serial ${serialNumber} of ${productCode} is one piece, the record says ${quantity.toFixed()} ${unit}.`,
  );
}
