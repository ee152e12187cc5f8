import type {
  ConsumedProduct,
  ConsumptionKind,
  ConsumptionLocation,
  Decimal,
  EventId,
  LocalDate,
} from '@wardline/event-contracts';

/** The kinds that an accepted record can have. */
export type AcceptedKind = Exclude<ConsumptionKind, 'UNKNOWN'>;

/** A consumption in the terms of our own master data: what stock follows. */
export interface CanonicalConsumption {
  readonly kind: AcceptedKind;
  readonly reverses: EventId | null;
  readonly productCode: string;
  readonly locationCode: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  /** In the product's stock unit. */
  readonly quantity: Decimal;
  readonly unit: string;
  /** As the source gave it. */
  readonly recordedQuantity: Decimal;
  readonly recordedUnit: string;
  readonly reason: string | null;
  readonly warnings: readonly Warning[];
}

/**
 * What was accepted but deserves a look: EXPIRED used after expiry, EXPIRY_DIFFERS source and Odoo disagree, LOT_IGNORED and
 * SERIAL_IGNORED a number given for a product that is not told apart by it.
 */
export type Warning = 'EXPIRED' | 'EXPIRY_DIFFERS' | 'LOT_IGNORED' | 'SERIAL_IGNORED';

/** An earlier record that was accepted, with what a reversal of it is compared to. */
export interface AcceptedRecord {
  readonly outcome: 'accepted';
  readonly eventId: EventId;
  readonly consumption: Omit<CanonicalConsumption, 'reason' | 'warnings'>;
  readonly recordedProduct: ConsumedProduct;
  readonly recordedLocation: ConsumptionLocation;
  readonly reversedBy: EventId | null;
}

/** An earlier record that was refused. */
export interface RefusedRecord {
  readonly outcome: 'refused';
  readonly eventId: EventId;
  readonly code: string;
}

/** A record that got its terminal receipt. */
export type SettledRecord = AcceptedRecord | RefusedRecord;

/**
 * What a consumption does to the piece whose serial it names: TAKES it out of the location, BRINGS it back. A reversal does
 * the opposite of the record it reverses.
 */
export function effectOnPiece(kind: AcceptedKind, reversed: AcceptedKind | null): 'TAKES' | 'BRINGS' {
  const takes = reversed === null ? kind !== 'RETURNED' : reversed === 'RETURNED';
  return takes ? 'TAKES' : 'BRINGS';
}
