import type { ConsumptionRecorded } from '@wardline/event-contracts';
import { effectOnPiece, type AcceptedRecord, type CanonicalConsumption, type Warning } from '../consumption-record.js';
import type { ConsumptionFacts } from './facts.js';
import { isFinding, refuse, type Finding, type Refusal } from './finding.js';
import { given } from './identify-piece.js';
import { measure } from './measure.js';
import { placeLocation, placeProduct } from './place-record.js';
import { misplaced } from './serial-place.js';

/**
 * A reversal undoes one accepted record, once and whole. Its canonical form is that of the original, so that what was
 * booked is what comes back, whatever has changed in the master data since.
 */
export function checkReversal(record: ConsumptionRecorded, facts: ConsumptionFacts): CanonicalConsumption | Finding {
  const original = reversible(record, facts);
  if (isFinding(original)) return original;
  const difference = differs(record, original, facts);
  if (difference !== null) return difference;
  const booked = original.consumption;
  const serial = facts.lots.find(
    ({ productCode, number }) => productCode === booked.productCode && number === booked.serialNumber,
  );
  const effect = effectOnPiece('REVERSED', booked.kind);
  const wrongPlace = serial === undefined ? null : misplaced(serial, booked.locationCode, effect);
  if (wrongPlace !== null) return wrongPlace;
  return {
    ...booked,
    kind: 'REVERSED',
    reverses: original.eventId,
    recordedQuantity: record.quantity,
    recordedUnit: record.unit,
    reason: given(record.reason),
    warnings: ignoredNumbers(record, original),
  };
}

function reversible(record: ConsumptionRecorded, { original }: ConsumptionFacts): AcceptedRecord | Refusal {
  if (record.reverses === null)
    return refuse('REVERSAL_OF_NOTHING', 'The record reverses another one and does not say which.');
  if (original === null) return refuse('REVERSAL_OF_NOTHING', `No record ${record.reverses} has been accepted here.`);
  if (original.outcome === 'refused') {
    return refuse(
      'REVERSAL_OF_NOTHING',
      `The record ${original.eventId} was refused (${original.code}): nothing was booked for it.`,
    );
  }
  if (original.consumption.kind === 'REVERSED') {
    return refuse('REVERSAL_OF_REVERSAL', `The record ${original.eventId} is itself a reversal.`);
  }
  if (original.reversedBy === null) return original;
  return refuse('ALREADY_REVERSED', `The record ${original.eventId} was already reversed by ${original.reversedBy}.`);
}

function differs(record: ConsumptionRecorded, original: AcceptedRecord, facts: ConsumptionFacts): Finding | null {
  const booked = original.consumption;
  return (
    productDiffers(record, original, facts) ??
    locationDiffers(record, original, facts) ??
    numberDiffers('lot', given(record.lotNumber), booked.lotNumber) ??
    numberDiffers('serial', given(record.serialNumber), booked.serialNumber) ??
    quantityDiffers(record, original, facts)
  );
}

function productDiffers(
  record: ConsumptionRecorded,
  original: AcceptedRecord,
  facts: ConsumptionFacts,
): Finding | null {
  const { scheme, value, supplierCode } = original.recordedProduct;
  const { product } = record;
  const code = original.consumption.productCode;
  const sameWords =
    product.scheme === scheme && product.value.trim() === value && given(product.supplierCode) === supplierCode;
  if (sameWords || facts.product.candidates.some((candidate) => candidate.code === code)) return null;
  const placed = placeProduct(product, facts.product);
  if (isFinding(placed)) return placed;
  return refuse('REVERSAL_DIFFERS', `The record booked the product ${code}, its reversal names ${placed.code}.`);
}

function locationDiffers(
  record: ConsumptionRecorded,
  original: AcceptedRecord,
  facts: ConsumptionFacts,
): Finding | null {
  const { scheme, value } = original.recordedLocation;
  const code = original.consumption.locationCode;
  const sameWords = record.location.scheme === scheme && record.location.value.trim() === value;
  if (sameWords || facts.location.candidates.some((candidate) => candidate.code === code)) return null;
  const placed = placeLocation(record.location, facts.location);
  if (isFinding(placed)) return placed;
  return refuse('REVERSAL_DIFFERS', `The record booked at ${code}, its reversal names ${placed.code}.`);
}

/** A number left out is taken from the original; one that the original does not keep was ignored there too. */
function numberDiffers(noun: string, named: string | null, booked: string | null): Refusal | null {
  if (named === null || booked === null || named === booked) return null;
  return refuse('REVERSAL_DIFFERS', `The record booked the ${noun} ${booked}, its reversal names ${named}.`);
}

function quantityDiffers(
  record: ConsumptionRecorded,
  original: AcceptedRecord,
  facts: ConsumptionFacts,
): Finding | null {
  const booked = original.consumption;
  if (record.unit.trim() === booked.recordedUnit.trim() && record.quantity.eq(booked.recordedQuantity)) return null;
  const measured = measure(record, { code: booked.productCode, unit: booked.unit }, facts.unitBook);
  if (isFinding(measured)) return measured;
  if (measured.quantity.eq(booked.quantity)) return null;
  const amounts = `${booked.quantity.toFixed()} ${booked.unit}, its reversal says ${measured.quantity.toFixed()}`;
  return refuse('REVERSAL_DIFFERS', `The record booked ${amounts}: a record is reversed whole.`);
}

function ignoredNumbers(record: ConsumptionRecorded, { consumption }: AcceptedRecord): Warning[] {
  const warnings: Warning[] = [];
  if (given(record.lotNumber) !== null && consumption.lotNumber === null) warnings.push('LOT_IGNORED');
  if (given(record.serialNumber) !== null && consumption.serialNumber === null) warnings.push('SERIAL_IGNORED');
  return warnings;
}
