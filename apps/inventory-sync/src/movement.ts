import type { Decimal, EventId, LocalDate, MovementType } from '@wardline/event-contracts';

/**
 * Where stock goes to or comes from when it leaves or enters the hospital's shelves; they balance the physical ones. This is
 * the one list of their names; each stands for a usage of `stock.location` in Odoo.
 *
 * | name                   | usage in Odoo                                  | movements                                                   |
 * | ---------------------- | ---------------------------------------------- | ----------------------------------------------------------- |
 * | `Consumption`          | production                                     | CONSUMPTION and WASTE to it, RETURN from it                 |
 * | `Inventory adjustment` | inventory                                      | ADJUSTMENT, from it when more was found, to it when less    |
 * | `Vendors`              | supplier (Odoo's Partners/Vendors)             | RECEIPT from it, RETURN to it                               |
 * | `In transit`           | transit                                        | TRANSFER to it when shipped, from it when arrived           |
 * | `Scrap`                | inventory (a scrap location)                   | WASTE to it                                                 |
 *
 * A REVERSAL goes the way of the movement it undoes, back.
 */
export const virtualLocation = {
  consumption: 'Consumption',
  adjustment: 'Inventory adjustment',
  vendors: 'Vendors',
  inTransit: 'In transit',
  scrap: 'Scrap',
} as const;

const virtualNames: ReadonlySet<string> = new Set(Object.values(virtualLocation));

/** Whether a location only balances the physical ones. */
export function isVirtual(location: string): boolean {
  return virtualNames.has(location);
}

const quarantine = '/Quarantine';

/**
 * The place beside a location where its quarantined stock stands, named as Odoo names a child location: `<code>/Quarantine`.
 * To quarantine and to release are movements of type TRANSFER between the two.
 */
export function quarantineOf(location: string): string {
  return isQuarantine(location) ? location : `${location}${quarantine}`;
}

/** Whether a place holds quarantined stock. */
export function isQuarantine(location: string): boolean {
  return location.endsWith(quarantine);
}

/** The location beside which a place of quarantine stands; any other location itself. */
export function locationBeside(place: string): string {
  return isQuarantine(place) ? place.slice(0, -quarantine.length) : place;
}

/** A quantity of one product, lot and all, going from one location to another: one row of the ledger. */
export interface Movement {
  /** The eventId of the StockMoved that tells of it. */
  readonly eventId: EventId;
  /** The consumption record or reported balance that it books. */
  readonly sourceEventId: EventId;
  readonly movementType: MovementType;
  readonly productCode: string;
  readonly fromLocation: string;
  readonly toLocation: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  /** Greater than zero, in the product's stock unit. */
  readonly quantity: Decimal;
  readonly unit: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  /** Who or what moved it. */
  readonly actor: string;
  readonly interface: string;
  readonly reason: string | null;
  /** With REVERSAL: the eventId of the movement that it undoes. */
  readonly reverses: EventId | null;
  /** With a transfer in two steps: what ties its arrival to its shipment. */
  readonly transferReference: string | null;
  /** The paper it belongs to: purchase order, ship notice, count sheet. */
  readonly documentReference: string | null;
  readonly correlationId: EventId;
  readonly causationId: EventId;
}

/** A movement that stands in the ledger. */
export interface BookedMovement extends Movement {
  readonly position: bigint;
}

/** A movement as a reversal needs to know it. */
export interface Original {
  readonly movement: Movement;
  /** The movement that has undone it; null while none has. */
  readonly reversedBy: EventId | null;
}

/**
 * The shelf side of a movement, whichever way the stock went; the sending side between two shelves. Quarantined stock counts
 * to its location.
 */
export function physicalLocation({ fromLocation, toLocation }: Movement): string {
  return locationBeside(isVirtual(fromLocation) ? toLocation : fromLocation);
}
