import type { EventId } from '@wardline/event-contracts';
import type { StockPicture } from '../stock-picture.js';
import { belowZero, fact, type Circumstances } from './book-operation.js';
import { hold, isFinding, refuse, type Finding } from './finding.js';
import { stockGuard } from './stock-guard.js';
import { awaitedOperation, type Booking, type PlacedOperation, type SettledOperation } from './stock-operation.js';

type Accepted = Extract<SettledOperation, { outcome: 'accepted' }>;

/** The record that a reversal may undo, or why there is none: it comes later, was refused, or is undone already. */
export function reversible(reverses: EventId | null, original: SettledOperation | null): Accepted | Finding {
  if (reverses === null)
    return refuse('REVERSAL_OF_NOTHING', 'The record reverses another one and does not say which.');
  if (original === null)
    return hold('REVERSAL_BEFORE_ORIGINAL', `The record ${reverses} has no answer yet.`, [awaitedOperation(reverses)]);
  if (original.outcome === 'refused')
    return refuse('REVERSAL_OF_NOTHING', `The record ${reverses} was refused (${original.code}): nothing was booked.`);
  if (original.placed.operation === 'REVERSED')
    return refuse('REVERSAL_OF_REVERSAL', `The record ${reverses} is itself a reversal.`);
  if (original.reversedBy === null) return original;
  return refuse('ALREADY_REVERSED', `The record ${reverses} was already reversed by ${original.reversedBy}.`);
}

/**
 * Undoes a whole operation, once: same product, lot and quantity, the other way round, as of the time of what is undone.
 * Nothing is booked where the original booked nothing.
 */
export function reverseOperation(
  placed: PlacedOperation,
  original: Accepted,
  stock: StockPicture,
  { receivedAt }: Circumstances,
): Booking | Finding {
  const difference = differs(placed, original);
  if (difference !== null) return difference;
  const effectiveAt = original.placed.occurredAt;
  const undone = original.movement;
  if (undone === null) return { movement: null, effectiveAt, warnings: placed.warnings };
  const { productCode, lotNumber, serialNumber, expiryDate, quantity, unit, transferReference } = undone;
  const movement = {
    ...fact(placed, receivedAt),
    ...{ productCode, lotNumber, serialNumber, expiryDate, quantity, unit, transferReference },
    movementType: 'REVERSAL' as const,
    fromLocation: undone.toLocation,
    toLocation: undone.fromLocation,
    reverses: undone.eventId,
  };
  const wrong = stockGuard(movement, stock);
  if (wrong !== null && isFinding(wrong)) return wrong;
  return { movement, effectiveAt, warnings: [...placed.warnings, ...belowZero(movement, stock)] };
}

function differs(placed: PlacedOperation, { eventId, placed: original }: Accepted): Finding | null {
  const compared: [what: string, said: string, booked: string][] = [
    ['product', placed.productCode, original.productCode],
    ['location', placed.locationCode, original.locationCode],
    ['lot', placed.lotNumber ?? 'none', original.lotNumber ?? 'none'],
    ['serial', placed.serialNumber ?? 'none', original.serialNumber ?? 'none'],
    ['quantity', placed.quantity.toFixed(), original.quantity.toFixed()],
  ];
  const differences = compared.filter(([, said, booked]) => said !== booked);
  if (differences.length === 0) return null;
  const words = differences.map(([what, said, booked]) => `${what} ${said} instead of ${booked}`).join(', ');
  return refuse('REVERSAL_DIFFERS', `The record reverses ${eventId} with ${words}.`);
}
