// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { Decimal } from 'decimal.js';
import type { EventId } from '../event-id.js';
import type { LocalDate } from '../local-date.js';
import type { RecordType } from '../record-type.js';

/**
 * What was done: RECEIVED from a supplier, PUT_AWAY from the place of receipt to its shelf, TRANSFERRED from one place
 * to another in one step, SHIPPED to a place where it will ARRIVE later (two steps, with stock in transit between),
 * COUNTED on the shelf, QUARANTINED and RELEASED where it stands, WRITTEN_OFF as expired or damaged,
 * RETURNED_TO_SUPPLIER, or REVERSED an earlier record entered in error. UNKNOWN stands for an operation this reader
 * does not know and is refused.
 */
export type StockOperation =
  | 'UNKNOWN'
  | 'RECEIVED'
  | 'PUT_AWAY'
  | 'TRANSFERRED'
  | 'SHIPPED'
  | 'ARRIVED'
  | 'COUNTED'
  | 'QUARANTINED'
  | 'RELEASED'
  | 'WRITTEN_OFF'
  | 'RETURNED_TO_SUPPLIER'
  | 'REVERSED';

/**
 * In what condition goods came, as the dispositions of GS1 CBV 2.0 have it: CONFORMANT as it should be, DAMAGED
 * impaired in its usefulness or value.
 */
export type ReceivedCondition = 'UNKNOWN' | 'CONFORMANT' | 'DAMAGED';

/** How the source names the product. */
export interface HandledProduct {
  /** Code system of the value. Example: GTIN. */
  readonly scheme: HandledProductScheme;

  /** The code. Example: 04012345678901. */
  readonly value: string;

  /** With SUPPLIER_ITEM: the supplier's reference in Odoo (res.partner.ref); null otherwise. Example: MEDLINE. */
  readonly supplierCode: string | null;
}

/**
 * Code system of the value: INTERNAL is Odoo's internal reference (product.product.default_code), GTIN a GS1 trade item
 * number of 8, 12, 13 or 14 digits, also of a packaging. NDC and SUPPLIER_ITEM are not taken here: their records are
 * refused.
 */
export type HandledProductScheme = 'UNKNOWN' | 'INTERNAL' | 'GTIN' | 'NDC' | 'SUPPLIER_ITEM';

/** How the source names a place that holds stock. */
export interface HandlingLocation {
  /** Code system of the value. Example: CODE. */
  readonly scheme: HandlingLocationScheme;

  /** The code. Example: CENTRAL-STORE. */
  readonly value: string;
}

/**
 * Code system of the value: CODE is Odoo's stock.location.barcode or else its complete name. GLN is not taken here: its
 * records are refused.
 */
export type HandlingLocationScheme = 'UNKNOWN' | 'CODE' | 'GLN';

/**
 * A stock operation record stands, in its canonical form, and is booked in the stock ledger. The terminal receipt of
 * the record. Key: that of the record.
 */
export interface StockOperationAccepted {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: scanner-3. */
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

  /** The eventId of the StockOperationRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01. */
  readonly recordEventId: EventId;

  /** Source of the record this answers. Example: scanner-3. */
  readonly recordSource: string;

  /** Sequence of the record this answers; null when it had none. Example: 48213. */
  readonly sequence: bigint | null;

  /** What was done. Example: RECEIVED. */
  readonly operation: StockOperation;

  /**
   * With operation REVERSED: the eventId of the record that is undone. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.
   */
  readonly reverses: EventId | null;

  /** Canonical product: Odoo's internal reference. Example: GLOVE-M. */
  readonly productCode: string;

  /** Canonical place where it was done: stock.location.barcode, else complete name. Example: CENTRAL-STORE. */
  readonly locationCode: string;

  /** Canonical place where it went; null where the operation has none. Example: NORTH-ICU. */
  readonly toLocationCode: string | null;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /** Quantity in the product's stock unit; with COUNTED what was found. Example: 12.000000. */
  readonly quantity: Decimal;

  /** The product's stock unit by its Odoo name. Example: Units. */
  readonly unit: string;

  /** Quantity as the source gave it. Example: 2.000000. */
  readonly recordedQuantity: Decimal;

  /** Unit as the source gave it. Example: Pack of 6. */
  readonly recordedUnit: string;

  /**
   * Ties what ARRIVED to what was SHIPPED, whoever scanned it; required with both, null otherwise. Example:
   * TR-2026-0815.
   */
  readonly transferReference: string | null;

  /** The paper it belongs to: purchase order, ship notice, count sheet. Null when there is none. Example: PO00042. */
  readonly documentReference: string | null;

  /**
   * With RECEIVED: how much of the product its document announces, in the stock unit. Null when the source did not say.
   * Example: 24.000000.
   */
  readonly expectedQuantity: Decimal | null;

  /**
   * With RECEIVED: in what condition the goods came; what is DAMAGED stands in quarantine. Null when nothing was said.
   * Example: DAMAGED.
   */
  readonly condition: ReceivedCondition | null;

  /** With RECEIVED: where the record of the temperature on the way is found. Example: https://logs.example/LOG-4711. */
  readonly temperatureLogReference: string | null;

  /**
   * The eventId of the StockMoved that books it; null where nothing had to be booked, as when a count found what the
   * ledger has. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02.
   */
  readonly movementEventId: EventId | null;

  /** Why, in the source's words. Example: dropped. */
  readonly reason: string | null;

  /**
   * What was accepted but deserves a look, as codes: EXPIRED, BELOW_ZERO (the ledger has less than was taken),
   * EXPIRY_DIFFERS (source and Odoo disagree; Odoo's date was taken), LOT_IGNORED and SERIAL_IGNORED (given for a
   * product that is not tracked so), OVERRIDDEN (an expired or quarantined lot went, or goods came in past a receiving
   * rule, by the word of a role), SHORT_RECEIPT (less of the product than its document announces has come under it so
   * far), DAMAGED (it stands in quarantine), LATE_ENTRY (it happened in a time whose books were closed before it was
   * told), and the code of each finding of a receiving rule that was overridden, such as REMAINING_LIFE_TOO_SHORT.
   * Empty when nothing. Example: ["BELOW_ZERO"].
   */
  readonly warnings: readonly string[];
}

export const StockOperationAccepted: RecordType<StockOperationAccepted> = {
  fullName: 'org.wardline.warehouse.StockOperationAccepted',
  schema:
    '{"type":"record","name":"StockOperationAccepted","namespace":"org.wardline.warehouse","doc":"A stock operation record stands, in its canonical form, and is booked in the stock ledger. The terminal receipt of the record. Key: that of the record.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: scanner-3."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"recordEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the StockOperationRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"recordSource","type":"string","doc":"Source of the record this answers. Example: scanner-3."},{"name":"sequence","type":["null","long"],"doc":"Sequence of the record this answers; null when it had none. Example: 48213.","default":null},{"name":"operation","type":{"type":"enum","name":"StockOperation","doc":"What was done: RECEIVED from a supplier, PUT_AWAY from the place of receipt to its shelf, TRANSFERRED from one place to another in one step, SHIPPED to a place where it will ARRIVE later (two steps, with stock in transit between), COUNTED on the shelf, QUARANTINED and RELEASED where it stands, WRITTEN_OFF as expired or damaged, RETURNED_TO_SUPPLIER, or REVERSED an earlier record entered in error. UNKNOWN stands for an operation this reader does not know and is refused.","symbols":["UNKNOWN","RECEIVED","PUT_AWAY","TRANSFERRED","SHIPPED","ARRIVED","COUNTED","QUARANTINED","RELEASED","WRITTEN_OFF","RETURNED_TO_SUPPLIER","REVERSED"],"default":"UNKNOWN"},"doc":"What was done. Example: RECEIVED."},{"name":"reverses","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"With operation REVERSED: the eventId of the record that is undone. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.","default":null},{"name":"productCode","type":"string","doc":"Canonical product: Odoo\'s internal reference. Example: GLOVE-M."},{"name":"locationCode","type":"string","doc":"Canonical place where it was done: stock.location.barcode, else complete name. Example: CENTRAL-STORE."},{"name":"toLocationCode","type":["null","string"],"doc":"Canonical place where it went; null where the operation has none. Example: NORTH-ICU.","default":null},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"Quantity in the product\'s stock unit; with COUNTED what was found. Example: 12.000000."},{"name":"unit","type":"string","doc":"The product\'s stock unit by its Odoo name. Example: Units."},{"name":"recordedQuantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"Quantity as the source gave it. Example: 2.000000."},{"name":"recordedUnit","type":"string","doc":"Unit as the source gave it. Example: Pack of 6."},{"name":"transferReference","type":["null","string"],"doc":"Ties what ARRIVED to what was SHIPPED, whoever scanned it; required with both, null otherwise. Example: TR-2026-0815.","default":null},{"name":"documentReference","type":["null","string"],"doc":"The paper it belongs to: purchase order, ship notice, count sheet. Null when there is none. Example: PO00042.","default":null},{"name":"expectedQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"With RECEIVED: how much of the product its document announces, in the stock unit. Null when the source did not say. Example: 24.000000.","default":null},{"name":"condition","type":["null",{"type":"enum","name":"ReceivedCondition","doc":"In what condition goods came, as the dispositions of GS1 CBV 2.0 have it: CONFORMANT as it should be, DAMAGED impaired in its usefulness or value.","symbols":["UNKNOWN","CONFORMANT","DAMAGED"],"default":"UNKNOWN"}],"doc":"With RECEIVED: in what condition the goods came; what is DAMAGED stands in quarantine. Null when nothing was said. Example: DAMAGED.","default":null},{"name":"temperatureLogReference","type":["null","string"],"doc":"With RECEIVED: where the record of the temperature on the way is found. Example: https://logs.example/LOG-4711.","default":null},{"name":"movementEventId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the StockMoved that books it; null where nothing had to be booked, as when a count found what the ledger has. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02.","default":null},{"name":"reason","type":["null","string"],"doc":"Why, in the source\'s words. Example: dropped.","default":null},{"name":"warnings","type":{"type":"array","items":"string"},"doc":"What was accepted but deserves a look, as codes: EXPIRED, BELOW_ZERO (the ledger has less than was taken), EXPIRY_DIFFERS (source and Odoo disagree; Odoo\'s date was taken), LOT_IGNORED and SERIAL_IGNORED (given for a product that is not tracked so), OVERRIDDEN (an expired or quarantined lot went, or goods came in past a receiving rule, by the word of a role), SHORT_RECEIPT (less of the product than its document announces has come under it so far), DAMAGED (it stands in quarantine), LATE_ENTRY (it happened in a time whose books were closed before it was told), and the code of each finding of a receiving rule that was overridden, such as REMAINING_LIFE_TOO_SHORT. Empty when nothing. Example: [\\"BELOW_ZERO\\"].","default":[]}]}',
};

/**
 * A stock operation record waits: for master data, for an earlier record, or for an approval. Not terminal; it goes on
 * by itself, or a person decides. Key: that of the record.
 */
export interface StockOperationHeld {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: scanner-3. */
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

  /** The eventId of the StockOperationRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01. */
  readonly recordEventId: EventId;

  /** Source of the record this answers. Example: scanner-3. */
  readonly recordSource: string;

  /** Sequence of the record this answers; null when it had none. Example: 48213. */
  readonly sequence: bigint | null;

  /** Why it was held, for machines; the list stands in the topic's documentation. Example: UNKNOWN_PRODUCT. */
  readonly code: string;

  /** Why, for a person, with the value at fault. Example: No product in Odoo carries the GTIN 04012345678901. */
  readonly message: string;

  /** What to do. Example: Add the barcode to the product in Odoo; the record goes on by itself. */
  readonly remedy: string;

  /** Whose job that is: source-system, master-data, stores. Example: master-data. */
  readonly owner: string;
}

export const StockOperationHeld: RecordType<StockOperationHeld> = {
  fullName: 'org.wardline.warehouse.StockOperationHeld',
  schema:
    '{"type":"record","name":"StockOperationHeld","namespace":"org.wardline.warehouse","doc":"A stock operation record waits: for master data, for an earlier record, or for an approval. Not terminal; it goes on by itself, or a person decides. Key: that of the record.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: scanner-3."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"recordEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the StockOperationRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"recordSource","type":"string","doc":"Source of the record this answers. Example: scanner-3."},{"name":"sequence","type":["null","long"],"doc":"Sequence of the record this answers; null when it had none. Example: 48213.","default":null},{"name":"code","type":"string","doc":"Why it was held, for machines; the list stands in the topic\'s documentation. Example: UNKNOWN_PRODUCT."},{"name":"message","type":"string","doc":"Why, for a person, with the value at fault. Example: No product in Odoo carries the GTIN 04012345678901."},{"name":"remedy","type":"string","doc":"What to do. Example: Add the barcode to the product in Odoo; the record goes on by itself."},{"name":"owner","type":"string","doc":"Whose job that is: source-system, master-data, stores. Example: master-data."}]}',
};

/**
 * Somebody handled stock outside of its use: received it, moved it, counted it, set it apart, wrote it off, sent it
 * back, or entered such a record in error. Key: <location value>/<product value>.
 */
export interface StockOperationRecorded {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /**
   * When the publisher learned of it, UTC milliseconds; null means at occurredAt. Example: 2026-11-21T08:15:31.120Z.
   */
  readonly recordedAt: Date | null;

  /** System that publishes this event. Example: scanner-3. */
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

  /**
   * Counter of the source, one higher for each record; with source it identifies the business fact, whatever its
   * eventId. Null when the source has none. Example: 48213.
   */
  readonly sequence: bigint | null;

  /** What was done. Example: RECEIVED. */
  readonly operation: StockOperation;

  /**
   * With operation REVERSED: the eventId of the record that was entered in error; null otherwise. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.
   */
  readonly reverses: EventId | null;

  /** The product. Example: GTIN 04012345678901. */
  readonly product: HandledProduct;

  /**
   * Where it was done: where the stock stood before PUT_AWAY, TRANSFERRED and SHIPPED; where it came to with RECEIVED
   * and ARRIVED. Example: CODE CENTRAL-STORE.
   */
  readonly location: HandlingLocation;

  /**
   * Where it went with PUT_AWAY, TRANSFERRED and SHIPPED, and required there; null otherwise. Example: CODE NORTH-ICU.
   */
  readonly toLocation: HandlingLocation | null;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /**
   * How much, in unit; greater than zero, but for COUNTED, where it is what was found and may be zero. Example:
   * 2.000000.
   */
  readonly quantity: Decimal;

  /**
   * Unit of the quantity: a UCUM code ({each}), a UN/ECE Recommendation 20 code (C62) or Odoo's own name (Units).
   * Example: EA.
   */
  readonly unit: string;

  /**
   * Ties what ARRIVED to what was SHIPPED, whoever scanned it; required with both, null otherwise. Example:
   * TR-2026-0815.
   */
  readonly transferReference: string | null;

  /** The paper it belongs to: purchase order, ship notice, count sheet. Null when there is none. Example: PO00042. */
  readonly documentReference: string | null;

  /**
   * With RECEIVED and documentReference: how much of the product, all lots together, that document announces, in unit
   * (the despatched quantity of a GS1 despatch advice, QTY 12 of a DESADV). Zero where the document does not have the
   * product. Null when the source does not know. Example: 24.000000.
   */
  readonly expectedQuantity: Decimal | null;

  /**
   * With RECEIVED: in what condition the goods came; what is DAMAGED goes to quarantine, and reason says how. Null when
   * nothing was said. Example: DAMAGED.
   */
  readonly condition: ReceivedCondition | null;

  /**
   * With RECEIVED: where the record of the temperature on the way is found (sensorMetadata.rawData of EPCIS 2.0, or the
   * logger's number). Example: https://logs.example/LOG-4711.
   */
  readonly temperatureLogReference: string | null;

  /** Pseudonym of the person who did it. Example: staff-0c11. */
  readonly performerRef: string | null;

  /**
   * Pseudonym of the person who approved it, where an approval is due: another than performerRef. Example: staff-3f20.
   */
  readonly approverRef: string | null;

  /**
   * Why, in the words of the source; expected with COUNTED, QUARANTINED, WRITTEN_OFF, REVERSED and damaged goods.
   * Begins with override:<role> where that role lets an expired or quarantined lot go, or goods in that a receiving
   * rule would not. Example: damaged in transport.
   */
  readonly reason: string | null;
}

export const StockOperationRecorded: RecordType<StockOperationRecorded> = {
  fullName: 'org.wardline.warehouse.StockOperationRecorded',
  schema:
    '{"type":"record","name":"StockOperationRecorded","namespace":"org.wardline.warehouse","doc":"Somebody handled stock outside of its use: received it, moved it, counted it, set it apart, wrote it off, sent it back, or entered such a record in error. Key: <location value>/<product value>.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"doc":"When the publisher learned of it, UTC milliseconds; null means at occurredAt. Example: 2026-11-21T08:15:31.120Z.","default":null},{"name":"source","type":"string","doc":"System that publishes this event. Example: scanner-3."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"sequence","type":["null","long"],"doc":"Counter of the source, one higher for each record; with source it identifies the business fact, whatever its eventId. Null when the source has none. Example: 48213.","default":null},{"name":"operation","type":{"type":"enum","name":"StockOperation","doc":"What was done: RECEIVED from a supplier, PUT_AWAY from the place of receipt to its shelf, TRANSFERRED from one place to another in one step, SHIPPED to a place where it will ARRIVE later (two steps, with stock in transit between), COUNTED on the shelf, QUARANTINED and RELEASED where it stands, WRITTEN_OFF as expired or damaged, RETURNED_TO_SUPPLIER, or REVERSED an earlier record entered in error. UNKNOWN stands for an operation this reader does not know and is refused.","symbols":["UNKNOWN","RECEIVED","PUT_AWAY","TRANSFERRED","SHIPPED","ARRIVED","COUNTED","QUARANTINED","RELEASED","WRITTEN_OFF","RETURNED_TO_SUPPLIER","REVERSED"],"default":"UNKNOWN"},"doc":"What was done. Example: RECEIVED."},{"name":"reverses","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"With operation REVERSED: the eventId of the record that was entered in error; null otherwise. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.","default":null},{"name":"product","type":{"type":"record","name":"HandledProduct","doc":"How the source names the product.","fields":[{"name":"scheme","type":{"type":"enum","name":"HandledProductScheme","doc":"Code system of the value: INTERNAL is Odoo\'s internal reference (product.product.default_code), GTIN a GS1 trade item number of 8, 12, 13 or 14 digits, also of a packaging. NDC and SUPPLIER_ITEM are not taken here: their records are refused.","symbols":["UNKNOWN","INTERNAL","GTIN","NDC","SUPPLIER_ITEM"],"default":"UNKNOWN"},"doc":"Code system of the value. Example: GTIN."},{"name":"value","type":"string","doc":"The code. Example: 04012345678901."},{"name":"supplierCode","type":["null","string"],"doc":"With SUPPLIER_ITEM: the supplier\'s reference in Odoo (res.partner.ref); null otherwise. Example: MEDLINE.","default":null}]},"doc":"The product. Example: GTIN 04012345678901."},{"name":"location","type":{"type":"record","name":"HandlingLocation","doc":"How the source names a place that holds stock.","fields":[{"name":"scheme","type":{"type":"enum","name":"HandlingLocationScheme","doc":"Code system of the value: CODE is Odoo\'s stock.location.barcode or else its complete name. GLN is not taken here: its records are refused.","symbols":["UNKNOWN","CODE","GLN"],"default":"UNKNOWN"},"doc":"Code system of the value. Example: CODE."},{"name":"value","type":"string","doc":"The code. Example: CENTRAL-STORE."}]},"doc":"Where it was done: where the stock stood before PUT_AWAY, TRANSFERRED and SHIPPED; where it came to with RECEIVED and ARRIVED. Example: CODE CENTRAL-STORE."},{"name":"toLocation","type":["null","HandlingLocation"],"doc":"Where it went with PUT_AWAY, TRANSFERRED and SHIPPED, and required there; null otherwise. Example: CODE NORTH-ICU.","default":null},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"How much, in unit; greater than zero, but for COUNTED, where it is what was found and may be zero. Example: 2.000000."},{"name":"unit","type":"string","doc":"Unit of the quantity: a UCUM code ({each}), a UN/ECE Recommendation 20 code (C62) or Odoo\'s own name (Units). Example: EA."},{"name":"transferReference","type":["null","string"],"doc":"Ties what ARRIVED to what was SHIPPED, whoever scanned it; required with both, null otherwise. Example: TR-2026-0815.","default":null},{"name":"documentReference","type":["null","string"],"doc":"The paper it belongs to: purchase order, ship notice, count sheet. Null when there is none. Example: PO00042.","default":null},{"name":"expectedQuantity","type":["null",{"type":"bytes","logicalType":"decimal","precision":18,"scale":6}],"doc":"With RECEIVED and documentReference: how much of the product, all lots together, that document announces, in unit (the despatched quantity of a GS1 despatch advice, QTY 12 of a DESADV). Zero where the document does not have the product. Null when the source does not know. Example: 24.000000.","default":null},{"name":"condition","type":["null",{"type":"enum","name":"ReceivedCondition","doc":"In what condition goods came, as the dispositions of GS1 CBV 2.0 have it: CONFORMANT as it should be, DAMAGED impaired in its usefulness or value.","symbols":["UNKNOWN","CONFORMANT","DAMAGED"],"default":"UNKNOWN"}],"doc":"With RECEIVED: in what condition the goods came; what is DAMAGED goes to quarantine, and reason says how. Null when nothing was said. Example: DAMAGED.","default":null},{"name":"temperatureLogReference","type":["null","string"],"doc":"With RECEIVED: where the record of the temperature on the way is found (sensorMetadata.rawData of EPCIS 2.0, or the logger\'s number). Example: https://logs.example/LOG-4711.","default":null},{"name":"performerRef","type":["null","string"],"doc":"Pseudonym of the person who did it. Example: staff-0c11.","default":null,"sensitivity":"personal"},{"name":"approverRef","type":["null","string"],"doc":"Pseudonym of the person who approved it, where an approval is due: another than performerRef. Example: staff-3f20.","default":null,"sensitivity":"personal"},{"name":"reason","type":["null","string"],"doc":"Why, in the words of the source; expected with COUNTED, QUARANTINED, WRITTEN_OFF, REVERSED and damaged goods. Begins with override:<role> where that role lets an expired or quarantined lot go, or goods in that a receiving rule would not. Example: damaged in transport.","default":null}]}',
};

/**
 * A stock operation record is wrong in itself and will never be booked. The terminal receipt of the record. Key: that
 * of the record.
 */
export interface StockOperationRefused {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /** When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z. */
  readonly recordedAt: Date;

  /** System that publishes this event. Example: scanner-3. */
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

  /** The eventId of the StockOperationRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01. */
  readonly recordEventId: EventId;

  /** Source of the record this answers. Example: scanner-3. */
  readonly recordSource: string;

  /** Sequence of the record this answers; null when it had none. Example: 48213. */
  readonly sequence: bigint | null;

  /**
   * Why it was refused, for machines; the list stands in the topic's documentation. Example: ARRIVED_MORE_THAN_SHIPPED.
   */
  readonly code: string;

  /**
   * Why, for a person, with the value at fault. Example: Of transfer TR-2026-0815 only 4 Units of GLOVE-M are still on
   * the way; 5 cannot arrive.
   */
  readonly message: string;

  /** What to do. Example: Send what arrived of it as a new record, and what was shipped beside it as SHIPPED. */
  readonly remedy: string;

  /** Whose job that is: source-system, master-data, stores. Example: master-data. */
  readonly owner: string;
}

export const StockOperationRefused: RecordType<StockOperationRefused> = {
  fullName: 'org.wardline.warehouse.StockOperationRefused',
  schema:
    '{"type":"record","name":"StockOperationRefused","namespace":"org.wardline.warehouse","doc":"A stock operation record is wrong in itself and will never be booked. The terminal receipt of the record. Key: that of the record.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: scanner-3."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"recordEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the StockOperationRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"recordSource","type":"string","doc":"Source of the record this answers. Example: scanner-3."},{"name":"sequence","type":["null","long"],"doc":"Sequence of the record this answers; null when it had none. Example: 48213.","default":null},{"name":"code","type":"string","doc":"Why it was refused, for machines; the list stands in the topic\'s documentation. Example: ARRIVED_MORE_THAN_SHIPPED."},{"name":"message","type":"string","doc":"Why, for a person, with the value at fault. Example: Of transfer TR-2026-0815 only 4 Units of GLOVE-M are still on the way; 5 cannot arrive."},{"name":"remedy","type":"string","doc":"What to do. Example: Send what arrived of it as a new record, and what was shipped beside it as SHIPPED."},{"name":"owner","type":"string","doc":"Whose job that is: source-system, master-data, stores. Example: master-data."}]}',
};
