// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { Decimal } from 'decimal.js';
import type { EventId } from '../event-id.js';
import type { LocalDate } from '../local-date.js';
import type { RecordType } from '../record-type.js';

/** Kind of movement. */
export type MovementType =
  | 'UNKNOWN'
  | 'CONSUMPTION'
  | 'WASTE'
  | 'RETURN'
  | 'RECEIPT'
  | 'TRANSFER'
  | 'ADJUSTMENT'
  | 'REVERSAL';

/**
 * A quantity of one product, lot and all, went from one location to another. The stock ledger's only fact; corrections
 * are movements of type REVERSAL. Key: <physical location>/<product code>.
 */
export interface StockMoved {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: cabinet-7. */
  readonly source: string;

  /**
   * Shared by every event that one business fact led to; the eventId of the first. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly correlationId: EventId;

  /**
   * The eventId of the event that directly led to this one; null when nothing of ours did. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly causationId: EventId | null;

  /** Kind of movement. Example: CONSUMPTION. */
  readonly movementType: MovementType;

  /** Product by Odoo's internal reference. Example: GLOVE-M. */
  readonly productCode: string;

  /** Location the quantity left. Example: NORTH-ICU. */
  readonly fromLocation: string;

  /** Location the quantity went to; Consumption is the virtual place of what was used. Example: Consumption. */
  readonly toLocation: string;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /** Quantity in the product's stock unit, greater than zero. Example: 12.000000. */
  readonly quantity: Decimal;

  /** The product's stock unit by its Odoo name. Example: Units. */
  readonly unit: string;

  /** With REVERSAL: the eventId of the StockMoved it undoes. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02. */
  readonly reverses: EventId | null;

  /** Position in the append-only ledger, ascending; gaps are possible. Example: 1027. */
  readonly ledgerPosition: bigint;

  /** Who or what moved it: the source system or a person's role, never a patient. Example: cabinet-7. */
  readonly actor: string;

  /** Through which interface it came: clinical.consumption, odoo. Example: clinical.consumption. */
  readonly interface: string;

  /** Why. Example: dropped. */
  readonly reason: string | null;

  /** With a transfer in two steps: what ties its arrival to its shipment; null otherwise. Example: TR-2026-0815. */
  readonly transferReference: string | null;

  /** The paper it belongs to: purchase order, ship notice, count sheet; null when there is none. Example: PO00042. */
  readonly documentReference: string | null;
}

export const StockMoved: RecordType<StockMoved> = {
  fullName: 'org.wardline.inventory.StockMoved',
  schema:
    '{"type":"record","name":"StockMoved","namespace":"org.wardline.inventory","doc":"A quantity of one product, lot and all, went from one location to another. The stock ledger\'s only fact; corrections are movements of type REVERSAL. Key: <physical location>/<product code>.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"movementType","type":{"type":"enum","name":"MovementType","doc":"Kind of movement.","symbols":["UNKNOWN","CONSUMPTION","WASTE","RETURN","RECEIPT","TRANSFER","ADJUSTMENT","REVERSAL"],"default":"UNKNOWN"},"doc":"Kind of movement. Example: CONSUMPTION."},{"name":"productCode","type":"string","doc":"Product by Odoo\'s internal reference. Example: GLOVE-M."},{"name":"fromLocation","type":"string","doc":"Location the quantity left. Example: NORTH-ICU."},{"name":"toLocation","type":"string","doc":"Location the quantity went to; Consumption is the virtual place of what was used. Example: Consumption."},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"Quantity in the product\'s stock unit, greater than zero. Example: 12.000000."},{"name":"unit","type":"string","doc":"The product\'s stock unit by its Odoo name. Example: Units."},{"name":"reverses","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"With REVERSAL: the eventId of the StockMoved it undoes. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02.","default":null},{"name":"ledgerPosition","type":"long","doc":"Position in the append-only ledger, ascending; gaps are possible. Example: 1027."},{"name":"actor","type":"string","doc":"Who or what moved it: the source system or a person\'s role, never a patient. Example: cabinet-7."},{"name":"interface","type":"string","doc":"Through which interface it came: clinical.consumption, odoo. Example: clinical.consumption."},{"name":"reason","type":["null","string"],"doc":"Why. Example: dropped.","default":null},{"name":"transferReference","type":["null","string"],"doc":"With a transfer in two steps: what ties its arrival to its shipment; null otherwise. Example: TR-2026-0815.","default":null},{"name":"documentReference","type":["null","string"],"doc":"The paper it belongs to: purchase order, ship notice, count sheet; null when there is none. Example: PO00042.","default":null}]}',
};
