import type { Decimal, EventId, LocalDate, MovementType } from '@wardline/event-contracts';

/** Where stock goes to or comes from when it leaves or enters the hospital's shelves; they balance the physical ones. */
export const virtualLocation = { consumption: 'Consumption', adjustment: 'Inventory adjustment' } as const;

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

/** The shelf side of a movement, whichever way the stock went; the sending side between two shelves. */
export function physicalLocation({ fromLocation, toLocation }: Movement): string {
  const virtual: readonly string[] = Object.values(virtualLocation);
  return virtual.includes(fromLocation) ? toLocation : fromLocation;
}
