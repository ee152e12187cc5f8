import type { MovementType, OdooStockMoveReported } from '@wardline/event-contracts';
import { deriveEventId } from '@wardline/event-handling';
import { virtualLocation, type Movement } from '../movement.js';
import type { Taken } from '../stock-ledger.js';

/**
 * The movement of what somebody did inside Odoo. It has happened there, so nothing is asked of it but what the ledger asks of
 * every movement; it never goes back to Odoo, as its interface is "odoo". The actor is Odoo's user by id.
 */
export function odooMovement({ data, receivedAt }: Taken<OdooStockMoveReported>): Movement {
  const { productCode, fromLocation, toLocation, lotNumber, serialNumber, expiryDate, quantity, unit } = data;
  return {
    eventId: deriveEventId(data.eventId, 'stock-moved', data.occurredAt),
    sourceEventId: data.eventId,
    movementType: typeOf(fromLocation, toLocation),
    ...{ productCode, fromLocation, toLocation, lotNumber, serialNumber, expiryDate, quantity, unit },
    occurredAt: data.occurredAt,
    recordedAt: receivedAt,
    actor: data.userId === null ? data.source : `odoo-user-${data.userId}`,
    interface: 'odoo',
    reason: data.revision === 0 ? data.reason : `changed in Odoo after it was done (${data.revision})`,
    reverses: null,
    transferReference: null,
    documentReference: data.reference === '' ? null : data.reference,
    correlationId: data.correlationId,
    causationId: data.eventId,
  };
}

/** The kind of a movement, from where it goes: see the list of virtual locations. */
function typeOf(from: string, to: string): MovementType {
  const { consumption, adjustment, vendors, scrap } = virtualLocation;
  if (to === scrap) return 'WASTE';
  if ([from, to].includes(adjustment) || from === scrap) return 'ADJUSTMENT';
  if (from === vendors) return 'RECEIPT';
  if (to === vendors || from === consumption) return 'RETURN';
  return to === consumption ? 'CONSUMPTION' : 'TRANSFER';
}
