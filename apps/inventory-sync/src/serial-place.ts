import { Reject } from '@wardline/event-handling';
import { isVirtual, virtualLocation, type Movement } from './movement.js';
import type { StockPicture } from './stock-picture.js';

/**
 * Where else a serial is that a movement would put on a shelf, in quarantine or on the way; null where it may go there. A
 * serial is in one place: the movement leaves it in one, or nowhere.
 */
export function secondPlace(movement: Movement, stock: StockPicture): string | null {
  const { serialNumber, fromLocation, toLocation, quantity } = movement;
  if (serialNumber === null || (isVirtual(toLocation) && toLocation !== virtualLocation.inTransit)) return null;
  const after = stock.onHand(toLocation, movement).plus(quantity);
  if (!after.gt(0)) return null;
  const left = stock.onHand(fromLocation, movement).minus(quantity);
  const others = stock.placesWith(movement, toLocation).filter((place) => place !== fromLocation || left.gt(0));
  if (after.lte(1) && others.length === 0) return null;
  return others[0] ?? toLocation;
}

/** Whether a movement brings a piece back from use. */
export function bringsBack({ movementType, serialNumber }: Movement): boolean {
  return serialNumber !== null && (movementType === 'RETURN' || movementType === 'REVERSAL');
}

/**
 * Moves the picture on by movements of use in their order; throws `Reject` SERIAL_ELSEWHERE for the first that brings a
 * piece back while the ledger has it somewhere else.
 */
export function assertOnePlace(movements: readonly Movement[], stock: StockPicture): void {
  for (const movement of movements) {
    const place = bringsBack(movement) ? secondPlace(movement, stock) : null;
    if (place !== null) throw serialElsewhere(movement, place);
    stock.apply(movement, movement.occurredAt);
  }
}

function serialElsewhere({ serialNumber, productCode, toLocation, sourceEventId }: Movement, place: string): Reject {
  return new Reject(
    'SERIAL_ELSEWHERE',
    `Record ${sourceEventId} brings serial ${serialNumber} of ${productCode} back to ${toLocation}, and by the ledger it is at ` +
      `${place}. Look where the piece is: reverse the record that put it at ${place} and retry, or abandon this one.`,
    { class: 'BUSINESS' },
  );
}
