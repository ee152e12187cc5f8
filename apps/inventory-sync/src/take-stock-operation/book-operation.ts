import { deriveEventId } from '@wardline/event-handling';
import { isVirtual, quarantineOf, virtualLocation, type Movement } from '../movement.js';
import type { StockPicture } from '../stock-picture.js';
import { hold, isFinding, refuse, type Finding, type Hold, type Refusal } from './finding.js';
import { isOverridden } from './override.js';
import { stockGuard } from './stock-guard.js';
import type { Booking, OperationKind, PlacedOperation, StockRules, Warning } from './stock-operation.js';

/** What a booking depends on beside the operation and the stock. */
export interface Circumstances {
  /** When this service first took the record. */
  readonly receivedAt: Date;
  readonly rules: StockRules;
}

type Way = Pick<Movement, 'movementType' | 'fromLocation' | 'toLocation'>;
type Moving = Exclude<OperationKind, 'COUNTED' | 'REVERSED'>;

/** Which way each operation moves stock. */
const ways: Readonly<Record<Moving, (at: string, to: string) => Way>> = {
  RECEIVED: (at) => way('RECEIPT', virtualLocation.vendors, at),
  PUT_AWAY: (at, to) => way('TRANSFER', at, to),
  TRANSFERRED: (at, to) => way('TRANSFER', at, to),
  SHIPPED: (at) => way('TRANSFER', at, virtualLocation.inTransit),
  ARRIVED: (at) => way('TRANSFER', virtualLocation.inTransit, at),
  QUARANTINED: (at) => way('TRANSFER', at, quarantineOf(at)),
  RELEASED: (at) => way('TRANSFER', quarantineOf(at), at),
  WRITTEN_OFF: (at) => way('WASTE', at, virtualLocation.scrap),
  RETURNED_TO_SUPPLIER: (at) => way('RETURN', at, virtualLocation.vendors),
};

/**
 * What an operation other than a reversal books. Stock that was handled has been there, so a shelf may go below zero, with a
 * warning; what only the ledger itself knows (quarantine, what is on the way, where a serial is) may not.
 */
export function bookOperation(
  placed: PlacedOperation,
  stock: StockPicture,
  { receivedAt, rules }: Circumstances,
): Booking | Finding {
  const lot = lotAllowed(placed, stock, rules);
  if (isFinding(lot)) return lot;
  const counted = placed.operation === 'COUNTED' ? count(placed, stock, rules) : null;
  if (counted !== null && isFinding(counted)) return counted;
  const moved = counted ?? routed(placed);
  const effectiveAt = placed.occurredAt;
  if (moved.quantity.isZero()) return { movement: null, effectiveAt, warnings: lot };
  const movement = { ...fact(placed, receivedAt), ...moved, reverses: null };
  const wrong = stockGuard(movement, stock);
  if (wrong !== null) return wrong;
  return { movement, effectiveAt, warnings: [...lot, ...belowZero(movement, stock)] };
}

/** The members of a movement that come from its record and not from which way it goes. */
export function fact(
  placed: PlacedOperation,
  receivedAt: Date,
): Omit<Movement, 'movementType' | 'fromLocation' | 'toLocation' | 'quantity' | 'reverses'> {
  const { recordEventId, correlationId, occurredAt, productCode, lotNumber, serialNumber, expiryDate, unit } = placed;
  return {
    eventId: deriveEventId(recordEventId, 'stock-moved', occurredAt),
    sourceEventId: recordEventId,
    ...{ productCode, lotNumber, serialNumber, expiryDate, unit, occurredAt },
    recordedAt: receivedAt,
    actor: placed.source,
    interface: 'warehouse.scan',
    reason: placed.reason,
    transferReference: placed.transferReference,
    documentReference: placed.documentReference,
    correlationId,
    causationId: recordEventId,
  };
}

/** A shelf that has less than was taken from it. */
export function belowZero(movement: Movement, stock: StockPicture): Warning[] {
  const { fromLocation, quantity } = movement;
  return !isVirtual(fromLocation) && stock.onHand(fromLocation, movement).lt(quantity) ? ['BELOW_ZERO'] : [];
}

function way(movementType: Movement['movementType'], fromLocation: string, toLocation: string): Way {
  return { movementType, fromLocation, toLocation };
}

/** What came damaged stands in quarantine from the beginning. */
function routed({ operation, locationCode, toLocationCode, quantity, condition }: PlacedOperation) {
  const at = operation === 'RECEIVED' && condition === 'DAMAGED' ? quarantineOf(locationCode) : locationCode;
  return { ...ways[operation as Moving](at, toLocationCode ?? ''), quantity };
}

/** The difference between what was found and what the ledger has as of the time of the count. */
function count(placed: PlacedOperation, stock: StockPicture, rules: StockRules) {
  const { locationCode, quantity, occurredAt, unit, productCode } = placed;
  const expected = stock.onHandThen(locationCode, placed, occurredAt);
  const difference = quantity.minus(expected);
  const said = `${quantity.toFixed()} ${unit} of ${productCode} were counted at ${locationCode}, the ledger has ${expected.toFixed()}`;
  if (difference.abs().gt(rules.countApprovalLimit)) {
    const missing = unapproved(placed, said, rules);
    if (missing !== null) return missing;
  }
  const { adjustment } = virtualLocation;
  const [from, to] = difference.gt(0) ? [adjustment, locationCode] : [locationCode, adjustment];
  return { ...way('ADJUSTMENT', from, to), quantity: difference.abs() };
}

function unapproved({ performerRef, approverRef }: PlacedOperation, said: string, rules: StockRules): Hold | null {
  const limit = `more than the ${rules.countApprovalLimit.toFixed()} that need no approval`;
  if (approverRef === null) return hold('APPROVAL_MISSING', `${said}: ${limit}.`, []);
  if (performerRef === null)
    return hold('APPROVAL_MISSING', `${said}: ${limit}, and the record does not say who counted.`, []);
  if (approverRef !== performerRef) return null;
  return hold('APPROVAL_MISSING', `${said}: ${limit}, and ${approverRef} cannot approve a count of their own.`, []);
}

const mustBeGood: ReadonlySet<OperationKind> = new Set(['TRANSFERRED', 'SHIPPED']);
const worthALook: ReadonlySet<OperationKind> = new Set(['RECEIVED', 'PUT_AWAY', 'ARRIVED', 'RELEASED']);

/** Whether the lot may go where it goes: an expired or quarantined one goes to no ward but by the word of a role. */
function lotAllowed(
  placed: PlacedOperation,
  stock: StockPicture,
  { overrideRoles }: StockRules,
): readonly Warning[] | Refusal {
  const { operation, expiryDate, occurredAt, warnings } = placed;
  const day = occurredAt.toISOString().slice(0, 10);
  const isExpired = expiryDate !== null && expiryDate < day;
  if (!mustBeGood.has(operation)) return isExpired && worthALook.has(operation) ? [...warnings, 'EXPIRED'] : warnings;
  const isQuarantined = placed.lotNumber !== null && stock.isQuarantined(placed);
  if (!isExpired && !isQuarantined) return warnings;
  if (isOverridden(placed.reason, overrideRoles))
    return [...warnings, ...(isExpired ? ['EXPIRED' as const] : []), 'OVERRIDDEN'];
  const what = `${placed.lotNumber === null ? 'Serial' : 'Lot'} ${placed.lotNumber ?? placed.serialNumber ?? ''} of ${placed.productCode}`;
  if (isExpired) return refuse('LOT_EXPIRED', `${what} expired on ${expiryDate}; it was moved on ${day}.`);
  return refuse('LOT_QUARANTINED', `${what} stands in quarantine.`);
}
