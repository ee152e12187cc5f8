import type { Decimal, EventId, LocalDate, ReceivedCondition, StockOperation } from '@wardline/event-contracts';
import type { Movement } from '../movement.js';
import type { RefusalText } from './receipts.js';

/** What can be done to stock. */
export type OperationKind = Exclude<StockOperation, 'UNKNOWN'>;

/** What was accepted but deserves a look; the codes of StockOperationAccepted. */
export type Warning =
  | ('EXPIRED' | 'BELOW_ZERO' | 'EXPIRY_DIFFERS' | 'LOT_IGNORED' | 'SERIAL_IGNORED' | 'OVERRIDDEN')
  | ('DAMAGED' | 'SHORT_RECEIPT' | 'LATE_ENTRY')
  | ('LOT_MISSING' | 'SERIAL_MISSING' | 'EXPIRY_MISSING' | 'REMAINING_LIFE_TOO_SHORT' | 'TEMPERATURE_LOG_MISSING')
  | ('WRONG_ITEM' | 'OVER_RECEIPT');

/** A stock operation in canonical form. */
export interface PlacedOperation {
  readonly recordEventId: EventId;
  readonly source: string;
  readonly occurredAt: Date;
  readonly correlationId: EventId;
  readonly operation: OperationKind;
  readonly productCode: string;
  readonly locationCode: string;
  readonly toLocationCode: string | null;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  /** In the stock unit; what was found where it is a count. */
  readonly quantity: Decimal;
  readonly unit: string;
  readonly recordedQuantity: Decimal;
  readonly recordedUnit: string;
  readonly transferReference: string | null;
  readonly documentReference: string | null;
  /** How much of the product its document announces, in the stock unit; zero where the document does not have it. */
  readonly expectedQuantity: Decimal | null;
  /** Of goods that come in; null where nothing was said. */
  readonly condition: ReceivedCondition | null;
  readonly temperatureLogReference: string | null;
  readonly performerRef: string | null;
  readonly approverRef: string | null;
  readonly reason: string | null;
  readonly warnings: readonly Warning[];
}

/** What an accepted operation books; no movement where a count found what the ledger has. */
export interface Booking {
  readonly movement: Movement | null;
  /** From when it counts: for a reversal the time of what it undoes. */
  readonly effectiveAt: Date;
  readonly warnings: readonly Warning[];
}

/** A record that stands, with what it books. */
export interface Acceptance {
  readonly outcome: 'accepted';
  readonly placed: PlacedOperation;
  readonly reverses: EventId | null;
  readonly booking: Booking;
}

/** An earlier record that has its terminal receipt. */
export type SettledOperation =
  | ({ readonly outcome: 'refused'; readonly eventId: EventId } & Pick<RefusalText, 'code'>)
  | {
      readonly outcome: 'accepted';
      readonly eventId: EventId;
      readonly placed: Pick<
        PlacedOperation,
        'operation' | 'productCode' | 'locationCode' | 'lotNumber' | 'serialNumber' | 'quantity' | 'occurredAt'
      >;
      readonly movement: Movement | null;
      readonly reversedBy: EventId | null;
    };

/** The limits that the hospital sets. */
export interface StockRules {
  /** A count that differs by more than this, in the stock unit, needs somebody else's approval. */
  readonly countApprovalLimit: Decimal;
  /** Roles that may let an expired or quarantined lot go, and goods in that a receiving rule would not. */
  readonly overrideRoles: readonly string[];
  /** How far the clock of a source may be ahead of ours, in milliseconds. */
  readonly maxClockSkew: number;
}

/** What a record waits for while the record that it reverses has no answer. */
export function awaitedOperation(recordEventId: EventId): string {
  return `stock-operation:${recordEventId}`;
}

/** What an arrival waits for while none of its product and lot has been shipped under its reference. */
export function awaitedShipment(
  transferReference: string,
  { productCode, lotNumber, serialNumber }: Pick<Movement, 'productCode' | 'lotNumber' | 'serialNumber'>,
): string {
  return `shipment:${transferReference}/${productCode}/${lotNumber ?? serialNumber ?? ''}`;
}
