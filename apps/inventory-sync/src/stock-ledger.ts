import {
  StockMoved,
  Topic,
  type ConsumptionAccepted,
  type EventId,
  type OpeningBalanceReported,
} from '@wardline/event-contracts';
import {
  businessEvent,
  causedBy,
  deriveEventId,
  Reject,
  type BusinessEvent,
  type Envelope,
} from '@wardline/event-handling';
import {
  isVirtual,
  physicalLocation,
  virtualLocation,
  type BookedMovement,
  type Movement,
  type Original,
} from './movement.js';
import { reverse } from './reversal.js';

/** The message and the moment it was taken: all that a decision may know. */
export type Taken<T> = Pick<Envelope<T>, 'data' | 'receivedAt'>;

const routes = {
  USED: (ward: string) => ['CONSUMPTION', ward, virtualLocation.consumption] as const,
  WASTED: (ward: string) => ['WASTE', ward, virtualLocation.consumption] as const,
  RETURNED: (ward: string) => ['RETURN', virtualLocation.consumption, ward] as const,
};

/**
 * The movements of a run of accepted consumption, in its order. `booked` are the movements of records that the run
 * reverses, as far as the ledger has them; a record of the run itself can be reversed by a later one.
 * Throws `Reject` for the first record that cannot be booked.
 */
export function issueAll(accepted: readonly Taken<ConsumptionAccepted>[], booked: readonly Original[]): Movement[] {
  const originals = new Map(booked.map((original) => [original.movement.sourceEventId, original]));
  return accepted.map((taken) => {
    const movement = issue(taken, originals);
    originals.set(movement.sourceEventId, { movement, reversedBy: null });
    const undone = taken.data.reverses === null ? undefined : originals.get(taken.data.reverses);
    if (undone) originals.set(undone.movement.sourceEventId, { ...undone, reversedBy: movement.eventId });
    return movement;
  });
}

/**
 * The movement of one accepted consumption (DESIGN part 4): used and wasted stock leaves the ward for the virtual
 * location Consumption, returned stock comes back from it, a reversal undoes the movement of the record it names.
 * It never looks at what is on hand: the use has happened, so a ward's balance may go below zero.
 */
export function issue(
  { data, receivedAt }: Taken<ConsumptionAccepted>,
  originals: ReadonlyMap<EventId, Original>,
): Movement {
  if (data.quantity.lessThanOrEqualTo(0)) throw quantityNotPositive(data);
  const fact = {
    eventId: deriveEventId(data.eventId, 'stock-moved', data.occurredAt),
    sourceEventId: data.recordEventId,
    occurredAt: data.occurredAt,
    recordedAt: receivedAt,
    actor: data.recordSource,
    interface: 'clinical.consumption',
    reason: data.reason,
    correlationId: data.correlationId,
    causationId: data.eventId,
    ...{ transferReference: null, documentReference: null },
  };
  if (data.kind === 'REVERSED') return { ...fact, ...reverse(data, originals, fact.eventId) };
  if (data.kind === 'UNKNOWN') throw unknownKind(data);
  if (isVirtual(data.locationCode)) throw virtualPlace(data);
  const [movementType, fromLocation, toLocation] = routes[data.kind](data.locationCode);
  const { productCode, lotNumber, serialNumber, expiryDate, quantity, unit } = data;
  const what = { productCode, lotNumber, serialNumber, expiryDate, quantity, unit };
  return { ...fact, ...what, movementType, fromLocation, toLocation, reverses: null };
}

/** The movement that brings the ledger to what Odoo held before Wardline; none for a balance of zero. */
export function open({ data, receivedAt }: Taken<OpeningBalanceReported>): Movement | undefined {
  if (data.quantity.isZero()) return undefined;
  const missing = data.quantity.isNegative();
  const { productCode, lotNumber, serialNumber, expiryDate, unit } = data;
  return {
    eventId: deriveEventId(data.eventId, 'stock-moved', data.occurredAt),
    sourceEventId: data.eventId,
    movementType: 'ADJUSTMENT',
    fromLocation: missing ? data.locationCode : virtualLocation.adjustment,
    toLocation: missing ? virtualLocation.adjustment : data.locationCode,
    ...{ productCode, lotNumber, serialNumber, expiryDate, unit, quantity: data.quantity.abs() },
    occurredAt: data.occurredAt,
    recordedAt: receivedAt,
    actor: data.source,
    interface: 'odoo',
    reason: 'opening balance',
    reverses: null,
    ...{ transferReference: null, documentReference: null },
    correlationId: data.correlationId,
    causationId: data.eventId,
  };
}

/** The event that tells of a booked movement. Key: the physical location, whichever way the stock went, and the product. */
export function stockMoved(movement: BookedMovement): BusinessEvent[] {
  const { eventId, occurredAt, movementType, productCode, fromLocation, toLocation, lotNumber, serialNumber } =
    movement;
  const { expiryDate, quantity, unit, reverses, actor, reason, correlationId, causationId } = movement;
  const { transferReference, documentReference } = movement;
  const event = businessEvent(Topic.InventoryStock, `${physicalLocation(movement)}/${productCode}`, StockMoved, {
    ...{ eventId, occurredAt, movementType, productCode, fromLocation, toLocation, lotNumber, serialNumber },
    ...{ expiryDate, quantity, unit, reverses, actor, reason, transferReference, documentReference },
    interface: movement.interface,
    ledgerPosition: movement.position,
  });
  return causedBy({ eventId: causationId, correlationId }, [event]);
}

function quantityNotPositive(data: ConsumptionAccepted): Reject {
  return new Reject(
    'QUANTITY_NOT_POSITIVE',
    `Record ${data.recordEventId} was accepted with quantity ${data.quantity.toString()}; a movement needs more than zero. ` +
      'Find out from the source system what was meant and abandon this one.',
    { class: 'BUSINESS' },
  );
}

function unknownKind(data: ConsumptionAccepted): Reject {
  return new Reject(
    'UNKNOWN_KIND',
    `Record ${data.recordEventId} is of a kind that this version of inventory-sync does not know. ` +
      'Bring inventory-sync to the version of consumption-ingest, then retry.',
    { class: 'TECHNICAL' },
  );
}

function virtualPlace(data: ConsumptionAccepted): Reject {
  return new Reject(
    'LOCATION_IS_VIRTUAL',
    `Record ${data.recordEventId} names the place "${data.locationCode}", which only balances the shelves and holds no stock. ` +
      'Give the ward a location code of its own in Odoo and edit the record to it.',
    { class: 'DATA' },
  );
}
