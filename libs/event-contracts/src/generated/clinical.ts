// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { Decimal } from 'decimal.js';
import type { EventId } from '../event-id.js';
import type { LocalDate } from '../local-date.js';
import type { RecordType } from '../record-type.js';

/**
 * What happened: USED on a patient or procedure, WASTED without use, RETURNED to the shelf, REVERSED an earlier record
 * entered in error. UNKNOWN stands for a kind this reader does not know and is refused.
 */
export type ConsumptionKind = 'UNKNOWN' | 'USED' | 'WASTED' | 'RETURNED' | 'REVERSED';

/** How the source names the product. */
export interface ConsumedProduct {
  /** Code system of the value. Example: GTIN. */
  readonly scheme: ProductScheme;

  /** The code. Example: 04012345678901. */
  readonly value: string;

  /** With SUPPLIER_ITEM: the supplier's reference in Odoo (res.partner.ref); null otherwise. Example: MEDLINE. */
  readonly supplierCode: string | null;
}

/**
 * Code system of the value: INTERNAL is Odoo's internal reference (product.product.default_code), GTIN a GS1 trade item
 * number of 8, 12, 13 or 14 digits, NDC a US drug code, SUPPLIER_ITEM the supplier's own item number.
 */
export type ProductScheme = 'UNKNOWN' | 'INTERNAL' | 'GTIN' | 'NDC' | 'SUPPLIER_ITEM';

/** How the source names the place of use. */
export interface ConsumptionLocation {
  /** Code system of the value. Example: CODE. */
  readonly scheme: LocationScheme;

  /** The code. Example: NORTH-ICU. */
  readonly value: string;
}

/**
 * Code system of the value: CODE is Odoo's stock.location.barcode or else its complete name, GLN a GS1 location number
 * of 13 digits.
 */
export type LocationScheme = 'UNKNOWN' | 'CODE' | 'GLN';

/**
 * What the ward wants: REQUESTED asks for stock, CANCELLED takes one earlier request back, whole. UNKNOWN stands for an
 * action this reader does not know and must not be acted on.
 */
export type RequisitionAction = 'UNKNOWN' | 'REQUESTED' | 'CANCELLED';

/** How the source names the product. */
export interface RequestedProduct {
  /** Code system of the value. Example: GTIN. */
  readonly scheme: ProductScheme;

  /** The code. Example: 04012345678901. */
  readonly value: string;

  /** With SUPPLIER_ITEM: the supplier's reference in Odoo (res.partner.ref); null otherwise. Example: MEDLINE. */
  readonly supplierCode: string | null;
}

/** How the source names the place. */
export interface RequestingLocation {
  /** Code system of the value. Example: CODE. */
  readonly scheme: LocationScheme;

  /** The code. Example: NORTH-ICU. */
  readonly value: string;
}

/**
 * A consumption record was checked and brought into canonical form. The terminal receipt of the record (topic
 * clinical.consumption-receipt, key of the record) and the fact that stock follows (topic inventory.consumption, key
 * <location code>/<product code>): one event on two topics, with one eventId.
 */
export interface ConsumptionAccepted {
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

  /** The eventId of the ConsumptionRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01. */
  readonly recordEventId: EventId;

  /** Source of the record this answers. Example: cabinet-7. */
  readonly recordSource: string;

  /** Sequence of the record this answers; null when it had none. Example: 48213. */
  readonly sequence: bigint | null;

  /** What happened. Example: USED. */
  readonly kind: ConsumptionKind;

  /**
   * With kind REVERSED: the recordEventId of the accepted record that is undone. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.
   */
  readonly reverses: EventId | null;

  /** Canonical product: Odoo's internal reference. Example: GLOVE-M. */
  readonly productCode: string;

  /** Canonical place of use: stock.location.barcode, else complete name. Example: NORTH-ICU. */
  readonly locationCode: string;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /** Quantity in the product's stock unit. Example: 12.000000. */
  readonly quantity: Decimal;

  /** The product's stock unit by its Odoo name. Example: Units. */
  readonly unit: string;

  /** Quantity as the source gave it. Example: 2.000000. */
  readonly recordedQuantity: Decimal;

  /** Unit as the source gave it. Example: Pack of 6. */
  readonly recordedUnit: string;

  /** Why, in the source's words. Example: dropped. */
  readonly reason: string | null;

  /**
   * What was accepted but deserves a look, as codes: EXPIRED (used after expiry), EXPIRY_DIFFERS (source and Odoo
   * disagree; Odoo's date was taken), LOT_IGNORED and SERIAL_IGNORED (given for a product that is not tracked so).
   * Empty when nothing. Example: ["EXPIRED"].
   */
  readonly warnings: readonly string[];
}

export const ConsumptionAccepted: RecordType<ConsumptionAccepted> = {
  fullName: 'org.wardline.clinical.ConsumptionAccepted',
  schema:
    '{"type":"record","name":"ConsumptionAccepted","namespace":"org.wardline.clinical","doc":"A consumption record was checked and brought into canonical form. The terminal receipt of the record (topic clinical.consumption-receipt, key of the record) and the fact that stock follows (topic inventory.consumption, key <location code>/<product code>): one event on two topics, with one eventId.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"recordEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the ConsumptionRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"recordSource","type":"string","doc":"Source of the record this answers. Example: cabinet-7."},{"name":"sequence","type":["null","long"],"doc":"Sequence of the record this answers; null when it had none. Example: 48213.","default":null},{"name":"kind","type":{"type":"enum","name":"ConsumptionKind","doc":"What happened: USED on a patient or procedure, WASTED without use, RETURNED to the shelf, REVERSED an earlier record entered in error. UNKNOWN stands for a kind this reader does not know and is refused.","symbols":["UNKNOWN","USED","WASTED","RETURNED","REVERSED"],"default":"UNKNOWN"},"doc":"What happened. Example: USED."},{"name":"reverses","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"With kind REVERSED: the recordEventId of the accepted record that is undone. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.","default":null},{"name":"productCode","type":"string","doc":"Canonical product: Odoo\'s internal reference. Example: GLOVE-M."},{"name":"locationCode","type":"string","doc":"Canonical place of use: stock.location.barcode, else complete name. Example: NORTH-ICU."},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"Quantity in the product\'s stock unit. Example: 12.000000."},{"name":"unit","type":"string","doc":"The product\'s stock unit by its Odoo name. Example: Units."},{"name":"recordedQuantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"Quantity as the source gave it. Example: 2.000000."},{"name":"recordedUnit","type":"string","doc":"Unit as the source gave it. Example: Pack of 6."},{"name":"reason","type":["null","string"],"doc":"Why, in the source\'s words. Example: dropped.","default":null},{"name":"warnings","type":{"type":"array","items":"string"},"doc":"What was accepted but deserves a look, as codes: EXPIRED (used after expiry), EXPIRY_DIFFERS (source and Odoo disagree; Odoo\'s date was taken), LOT_IGNORED and SERIAL_IGNORED (given for a product that is not tracked so). Empty when nothing. Example: [\\"EXPIRED\\"].","default":[]}]}',
};

/**
 * A consumption record waits: our own data cannot place it yet, or an earlier record of its key waits. It goes on by
 * itself; a terminal receipt follows. Key: that of the record.
 */
export interface ConsumptionHeld {
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

  /** The eventId of the ConsumptionRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01. */
  readonly recordEventId: EventId;

  /** Source of the record this answers. Example: cabinet-7. */
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

export const ConsumptionHeld: RecordType<ConsumptionHeld> = {
  fullName: 'org.wardline.clinical.ConsumptionHeld',
  schema:
    '{"type":"record","name":"ConsumptionHeld","namespace":"org.wardline.clinical","doc":"A consumption record waits: our own data cannot place it yet, or an earlier record of its key waits. It goes on by itself; a terminal receipt follows. Key: that of the record.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"recordEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the ConsumptionRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"recordSource","type":"string","doc":"Source of the record this answers. Example: cabinet-7."},{"name":"sequence","type":["null","long"],"doc":"Sequence of the record this answers; null when it had none. Example: 48213.","default":null},{"name":"code","type":"string","doc":"Why it was held, for machines; the list stands in the topic\'s documentation. Example: UNKNOWN_PRODUCT."},{"name":"message","type":"string","doc":"Why, for a person, with the value at fault. Example: No product in Odoo carries the GTIN 04012345678901."},{"name":"remedy","type":"string","doc":"What to do. Example: Add the barcode to the product in Odoo; the record goes on by itself."},{"name":"owner","type":"string","doc":"Whose job that is: source-system, master-data, stores. Example: master-data."}]}',
};

/**
 * A clinical system says that stock was used, wasted, returned or entered in error at a place of use. The first
 * contract of upstream teams. Key: <location value>/<product value>.
 */
export interface ConsumptionRecorded {
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

  /**
   * Counter of the source, one higher for each record; with source it identifies the business fact, whatever its
   * eventId. Null when the source has none. Example: 48213.
   */
  readonly sequence: bigint | null;

  /** What happened. Example: USED. */
  readonly kind: ConsumptionKind;

  /**
   * With kind REVERSED: the eventId of the record that was entered in error; null otherwise. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.
   */
  readonly reverses: EventId | null;

  /** The product. Example: GTIN 04012345678901. */
  readonly product: ConsumedProduct;

  /** The place whose stock it was. Example: CODE NORTH-ICU. */
  readonly location: ConsumptionLocation;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /** How much, in unit; greater than zero for every kind. Example: 2.000000. */
  readonly quantity: Decimal;

  /**
   * Unit of the quantity: a UCUM code ({each}), a UN/ECE Recommendation 20 code (C62) or Odoo's own name (Units).
   * Example: EA.
   */
  readonly unit: string;

  /** Pseudonym of the encounter it was used for; never a name or number a person can be found by. Example: enc-7f3a. */
  readonly encounterRef: string | null;

  /** Pseudonym of the person who recorded it. Example: staff-0c11. */
  readonly performerRef: string | null;

  /** Why, in the source's words; expected with WASTED and REVERSED. Example: dropped. */
  readonly reason: string | null;
}

export const ConsumptionRecorded: RecordType<ConsumptionRecorded> = {
  fullName: 'org.wardline.clinical.ConsumptionRecorded',
  schema:
    '{"type":"record","name":"ConsumptionRecorded","namespace":"org.wardline.clinical","doc":"A clinical system says that stock was used, wasted, returned or entered in error at a place of use. The first contract of upstream teams. Key: <location value>/<product value>.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"doc":"When the publisher learned of it, UTC milliseconds; null means at occurredAt. Example: 2026-11-21T08:15:31.120Z.","default":null},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"sequence","type":["null","long"],"doc":"Counter of the source, one higher for each record; with source it identifies the business fact, whatever its eventId. Null when the source has none. Example: 48213.","default":null},{"name":"kind","type":{"type":"enum","name":"ConsumptionKind","doc":"What happened: USED on a patient or procedure, WASTED without use, RETURNED to the shelf, REVERSED an earlier record entered in error. UNKNOWN stands for a kind this reader does not know and is refused.","symbols":["UNKNOWN","USED","WASTED","RETURNED","REVERSED"],"default":"UNKNOWN"},"doc":"What happened. Example: USED."},{"name":"reverses","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"With kind REVERSED: the eventId of the record that was entered in error; null otherwise. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.","default":null},{"name":"product","type":{"type":"record","name":"ConsumedProduct","doc":"How the source names the product.","fields":[{"name":"scheme","type":{"type":"enum","name":"ProductScheme","doc":"Code system of the value: INTERNAL is Odoo\'s internal reference (product.product.default_code), GTIN a GS1 trade item number of 8, 12, 13 or 14 digits, NDC a US drug code, SUPPLIER_ITEM the supplier\'s own item number.","symbols":["UNKNOWN","INTERNAL","GTIN","NDC","SUPPLIER_ITEM"],"default":"UNKNOWN"},"doc":"Code system of the value. Example: GTIN."},{"name":"value","type":"string","doc":"The code. Example: 04012345678901."},{"name":"supplierCode","type":["null","string"],"doc":"With SUPPLIER_ITEM: the supplier\'s reference in Odoo (res.partner.ref); null otherwise. Example: MEDLINE.","default":null}]},"doc":"The product. Example: GTIN 04012345678901."},{"name":"location","type":{"type":"record","name":"ConsumptionLocation","doc":"How the source names the place of use.","fields":[{"name":"scheme","type":{"type":"enum","name":"LocationScheme","doc":"Code system of the value: CODE is Odoo\'s stock.location.barcode or else its complete name, GLN a GS1 location number of 13 digits.","symbols":["UNKNOWN","CODE","GLN"],"default":"UNKNOWN"},"doc":"Code system of the value. Example: CODE."},{"name":"value","type":"string","doc":"The code. Example: NORTH-ICU."}]},"doc":"The place whose stock it was. Example: CODE NORTH-ICU."},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"How much, in unit; greater than zero for every kind. Example: 2.000000."},{"name":"unit","type":"string","doc":"Unit of the quantity: a UCUM code ({each}), a UN/ECE Recommendation 20 code (C62) or Odoo\'s own name (Units). Example: EA."},{"name":"encounterRef","type":["null","string"],"doc":"Pseudonym of the encounter it was used for; never a name or number a person can be found by. Example: enc-7f3a.","default":null,"sensitivity":"personal"},{"name":"performerRef","type":["null","string"],"doc":"Pseudonym of the person who recorded it. Example: staff-0c11.","default":null,"sensitivity":"personal"},{"name":"reason","type":["null","string"],"doc":"Why, in the source\'s words; expected with WASTED and REVERSED. Example: dropped.","default":null}]}',
};

/**
 * A consumption record is wrong in itself and will never be applied. The terminal receipt of the record. Key: that of
 * the record.
 */
export interface ConsumptionRefused {
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

  /** The eventId of the ConsumptionRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01. */
  readonly recordEventId: EventId;

  /** Source of the record this answers. Example: cabinet-7. */
  readonly recordSource: string;

  /** Sequence of the record this answers; null when it had none. Example: 48213. */
  readonly sequence: bigint | null;

  /** Why it was refused, for machines; the list stands in the topic's documentation. Example: UNKNOWN_PRODUCT. */
  readonly code: string;

  /** Why, for a person, with the value at fault. Example: No product in Odoo carries the GTIN 04012345678901. */
  readonly message: string;

  /** What to do. Example: Add the barcode to the product in Odoo; the record goes on by itself. */
  readonly remedy: string;

  /** Whose job that is: source-system, master-data, stores. Example: master-data. */
  readonly owner: string;
}

export const ConsumptionRefused: RecordType<ConsumptionRefused> = {
  fullName: 'org.wardline.clinical.ConsumptionRefused',
  schema:
    '{"type":"record","name":"ConsumptionRefused","namespace":"org.wardline.clinical","doc":"A consumption record is wrong in itself and will never be applied. The terminal receipt of the record. Key: that of the record.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"recordEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the ConsumptionRecorded this answers. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"recordSource","type":"string","doc":"Source of the record this answers. Example: cabinet-7."},{"name":"sequence","type":["null","long"],"doc":"Sequence of the record this answers; null when it had none. Example: 48213.","default":null},{"name":"code","type":"string","doc":"Why it was refused, for machines; the list stands in the topic\'s documentation. Example: UNKNOWN_PRODUCT."},{"name":"message","type":"string","doc":"Why, for a person, with the value at fault. Example: No product in Odoo carries the GTIN 04012345678901."},{"name":"remedy","type":"string","doc":"What to do. Example: Add the barcode to the product in Odoo; the record goes on by itself."},{"name":"owner","type":"string","doc":"Whose job that is: source-system, master-data, stores. Example: master-data."}]}',
};

/**
 * A ward asks for stock, or takes such a request back. Nothing has moved yet: it is a wish that replenishment will
 * weigh. Key: <location value>/<product value>.
 */
export interface RequisitionRecorded {
  /**
   * Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect.
   * Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.
   */
  readonly eventId: EventId;

  /** When it was asked for, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly occurredAt: Date;

  /**
   * When the publisher learned of it, UTC milliseconds; null means at occurredAt. Example: 2026-11-21T08:15:31.120Z.
   */
  readonly recordedAt: Date | null;

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

  /** What is wanted. Example: REQUESTED. */
  readonly action: RequisitionAction;

  /**
   * With CANCELLED: the eventId of the request that is taken back; null otherwise. Example:
   * 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.
   */
  readonly cancels: EventId | null;

  /** The ward system's own number of the request (HL7 v2: ORC-2); null when it has none. Example: REQ-20417. */
  readonly requisitionNumber: string | null;

  /** Line of the request (HL7 v2: RQD-1); null when it has only one. Example: 2. */
  readonly lineNumber: string | null;

  /** The product that is wanted. Example: INTERNAL SYR10ML. */
  readonly product: RequestedProduct;

  /** Where it is wanted (HL7 v2: RQD-9). Example: CODE NORTH-ICU. */
  readonly location: RequestingLocation;

  /** How much is wanted, or with CANCELLED was, in unit; greater than zero. Example: 100.000000. */
  readonly quantity: Decimal;

  /**
   * Unit of the quantity: a UCUM code ({each}), a UN/ECE Recommendation 20 code (C62) or Odoo's own name (Units).
   * Example: EA.
   */
  readonly unit: string;

  /** Calendar day by which it is needed (HL7 v2: RQD-10); null when none was given. Example: 2026-12-05. */
  readonly neededBy: LocalDate | null;

  /** Cost centre that it is for, as the source names it (HL7 v2: RQD-7). Example: CC-4400. */
  readonly costCentre: string | null;

  /** Why, in the source's words. Example: case cart of 12 December. */
  readonly reason: string | null;
}

export const RequisitionRecorded: RecordType<RequisitionRecorded> = {
  fullName: 'org.wardline.clinical.RequisitionRecorded',
  schema:
    '{"type":"record","name":"RequisitionRecorded","namespace":"org.wardline.clinical","doc":"A ward asks for stock, or takes such a request back. Nothing has moved yet: it is a wish that replenishment will weigh. Key: <location value>/<product value>.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it was asked for, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"doc":"When the publisher learned of it, UTC milliseconds; null means at occurredAt. Example: 2026-11-21T08:15:31.120Z.","default":null},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"action","type":{"type":"enum","name":"RequisitionAction","doc":"What the ward wants: REQUESTED asks for stock, CANCELLED takes one earlier request back, whole. UNKNOWN stands for an action this reader does not know and must not be acted on.","symbols":["UNKNOWN","REQUESTED","CANCELLED"],"default":"UNKNOWN"},"doc":"What is wanted. Example: REQUESTED."},{"name":"cancels","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"With CANCELLED: the eventId of the request that is taken back; null otherwise. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c00.","default":null},{"name":"requisitionNumber","type":["null","string"],"doc":"The ward system\'s own number of the request (HL7 v2: ORC-2); null when it has none. Example: REQ-20417.","default":null},{"name":"lineNumber","type":["null","string"],"doc":"Line of the request (HL7 v2: RQD-1); null when it has only one. Example: 2.","default":null},{"name":"product","type":{"type":"record","name":"RequestedProduct","doc":"How the source names the product.","fields":[{"name":"scheme","type":{"type":"enum","name":"ProductScheme","doc":"Code system of the value: INTERNAL is Odoo\'s internal reference (product.product.default_code), GTIN a GS1 trade item number of 8, 12, 13 or 14 digits, NDC a US drug code, SUPPLIER_ITEM the supplier\'s own item number.","symbols":["UNKNOWN","INTERNAL","GTIN","NDC","SUPPLIER_ITEM"],"default":"UNKNOWN"},"doc":"Code system of the value. Example: GTIN."},{"name":"value","type":"string","doc":"The code. Example: 04012345678901."},{"name":"supplierCode","type":["null","string"],"doc":"With SUPPLIER_ITEM: the supplier\'s reference in Odoo (res.partner.ref); null otherwise. Example: MEDLINE.","default":null}]},"doc":"The product that is wanted. Example: INTERNAL SYR10ML."},{"name":"location","type":{"type":"record","name":"RequestingLocation","doc":"How the source names the place.","fields":[{"name":"scheme","type":{"type":"enum","name":"LocationScheme","doc":"Code system of the value: CODE is Odoo\'s stock.location.barcode or else its complete name, GLN a GS1 location number of 13 digits.","symbols":["UNKNOWN","CODE","GLN"],"default":"UNKNOWN"},"doc":"Code system of the value. Example: CODE."},{"name":"value","type":"string","doc":"The code. Example: NORTH-ICU."}]},"doc":"Where it is wanted (HL7 v2: RQD-9). Example: CODE NORTH-ICU."},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"How much is wanted, or with CANCELLED was, in unit; greater than zero. Example: 100.000000."},{"name":"unit","type":"string","doc":"Unit of the quantity: a UCUM code ({each}), a UN/ECE Recommendation 20 code (C62) or Odoo\'s own name (Units). Example: EA."},{"name":"neededBy","type":["null",{"type":"int","logicalType":"date"}],"doc":"Calendar day by which it is needed (HL7 v2: RQD-10); null when none was given. Example: 2026-12-05.","default":null},{"name":"costCentre","type":["null","string"],"doc":"Cost centre that it is for, as the source names it (HL7 v2: RQD-7). Example: CC-4400.","default":null},{"name":"reason","type":["null","string"],"doc":"Why, in the source\'s words. Example: case cart of 12 December.","default":null}]}',
};
