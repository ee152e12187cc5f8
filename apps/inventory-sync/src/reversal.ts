import type { ConsumptionAccepted, EventId } from '@wardline/event-contracts';
import { Reject } from '@wardline/event-handling';
import type { Movement, Original } from './movement.js';

/** The part of a reversing movement that follows from the movement it undoes. */
export type Undoing = Pick<
  Movement,
  | 'movementType'
  | 'productCode'
  | 'fromLocation'
  | 'toLocation'
  | 'lotNumber'
  | 'serialNumber'
  | 'expiryDate'
  | 'quantity'
  | 'unit'
  | 'reverses'
>;

/** Name of what a reversal waits for when it comes before its original. */
export function awaitedConsumption(recordEventId: EventId): string {
  return `consumption:${recordEventId}`;
}

/**
 * Undoes a whole movement, once: same product, lot and quantity, the other way round. `by` is the eventId of the
 * reversing movement. Throws `Reject` when there is nothing to undo, when it is undone already, and when the reversal
 * says something else than the record it names.
 */
export function reverse(data: ConsumptionAccepted, originals: ReadonlyMap<EventId, Original>, by: EventId): Undoing {
  if (data.reverses === null) throw reversalOfNothing(data);
  const original = originals.get(data.reverses);
  if (original === undefined) throw beforeOriginal(data, data.reverses);
  const { movement, reversedBy } = original;
  if (movement.movementType === 'REVERSAL') throw reversalOfReversal(data, data.reverses);
  if (reversedBy !== null && reversedBy !== by) throw alreadyReversed(data, data.reverses, reversedBy);
  const differences = differing(data, movement);
  if (differences.length > 0) throw differs(data, data.reverses, differences);
  const { productCode, lotNumber, serialNumber, expiryDate, quantity, unit } = movement;
  return {
    ...{ productCode, lotNumber, serialNumber, expiryDate, quantity, unit },
    movementType: 'REVERSAL',
    fromLocation: movement.toLocation,
    toLocation: movement.fromLocation,
    reverses: movement.eventId,
  };
}

function differing(data: ConsumptionAccepted, { fromLocation, toLocation, ...original }: Movement): string[] {
  const compared: [what: string, same: boolean, said: string, booked: string][] = [
    ['product', data.productCode === original.productCode, data.productCode, original.productCode],
    [
      'location',
      [fromLocation, toLocation].includes(data.locationCode),
      data.locationCode,
      `${fromLocation} to ${toLocation}`,
    ],
    ['quantity', data.quantity.equals(original.quantity), data.quantity.toString(), original.quantity.toString()],
    ['unit', data.unit === original.unit, data.unit, original.unit],
    ['lot', sameOrUnsaid(data.lotNumber, original.lotNumber), data.lotNumber ?? '', original.lotNumber ?? 'none'],
    [
      'serial',
      sameOrUnsaid(data.serialNumber, original.serialNumber),
      data.serialNumber ?? '',
      original.serialNumber ?? 'none',
    ],
  ];
  return compared.filter(([, same]) => !same).map(([what, , said, booked]) => `${what} ${said} instead of ${booked}`);
}

function sameOrUnsaid(said: string | null, booked: string | null): boolean {
  return said === null || said === booked;
}

function reversalOfNothing(data: ConsumptionAccepted): Reject {
  return new Reject(
    'REVERSAL_OF_NOTHING',
    `Record ${data.recordEventId} reverses but does not say which record. Ask ${data.recordSource} for the record it meant, ` +
      'edit the message to name it, or abandon it.',
    { class: 'BUSINESS' },
  );
}

function beforeOriginal(data: ConsumptionAccepted, original: EventId): Reject {
  return new Reject(
    'REVERSAL_BEFORE_ORIGINAL',
    `Record ${data.recordEventId} reverses ${original}, which the stock ledger has not booked yet. It goes on by itself when ` +
      'that record is booked; look for it among the parked messages.',
    { class: 'BUSINESS', awaits: [awaitedConsumption(original)] },
  );
}

function reversalOfReversal(data: ConsumptionAccepted, original: EventId): Reject {
  return new Reject(
    'REVERSAL_OF_REVERSAL',
    `Record ${data.recordEventId} reverses ${original}, which is itself a reversal. Have the use recorded anew instead, ` +
      'and abandon this one.',
    { class: 'BUSINESS' },
  );
}

function alreadyReversed(data: ConsumptionAccepted, original: EventId, by: EventId): Reject {
  return new Reject(
    'ALREADY_REVERSED',
    `Record ${data.recordEventId} reverses ${original}, which movement ${by} has reversed already; a record can be reversed ` +
      'once. The stock is right as it is: abandon this one.',
    { class: 'BUSINESS' },
  );
}

function differs(data: ConsumptionAccepted, original: EventId, differences: readonly string[]): Reject {
  return new Reject(
    'REVERSAL_DIFFERS',
    `Record ${data.recordEventId} reverses ${original} with ${differences.join(', ')}; a reversal undoes the whole record as it ` +
      `was booked. Ask ${data.recordSource} what it meant, then edit this message or abandon it.`,
    { class: 'BUSINESS' },
  );
}
