// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { Decimal } from 'decimal.js';
import type { EventId } from '../event-id.js';
import type { LocalDate } from '../local-date.js';
import type { RecordType } from '../record-type.js';

/**
 * What Odoo held on hand of one product and lot at one location before Wardline posted anything there; the ledger
 * starts from it. Key: <location code>/<product code>.
 */
export interface OpeningBalanceReported {
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

  /** Product by Odoo's internal reference. Example: GLOVE-M. */
  readonly productCode: string;

  /** Location by its code. Example: NORTH-ICU. */
  readonly locationCode: string;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /** On hand in the product's stock unit; may be negative, as Odoo allows it. Example: 240.000000. */
  readonly quantity: Decimal;

  /** The product's stock unit by its Odoo name. Example: Units. */
  readonly unit: string;
}

export const OpeningBalanceReported: RecordType<OpeningBalanceReported> = {
  fullName: 'org.wardline.erp.OpeningBalanceReported',
  schema:
    '{"type":"record","name":"OpeningBalanceReported","namespace":"org.wardline.erp","doc":"What Odoo held on hand of one product and lot at one location before Wardline posted anything there; the ledger starts from it. Key: <location code>/<product code>.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"productCode","type":"string","doc":"Product by Odoo\'s internal reference. Example: GLOVE-M."},{"name":"locationCode","type":"string","doc":"Location by its code. Example: NORTH-ICU."},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"On hand in the product\'s stock unit; may be negative, as Odoo allows it. Example: 240.000000."},{"name":"unit","type":"string","doc":"The product\'s stock unit by its Odoo name. Example: Units."}]}',
};

/**
 * Odoo, or the adapter on its behalf, refused to post a business event; it waits for a person and later events of its
 * key wait behind it. Key: that of the event.
 */
export interface PostingRefused {
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

  /** The eventId of the event that was refused. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02. */
  readonly sourceEventId: EventId;

  /** Why, for machines. Example: ODOO_VALIDATION. */
  readonly code: string;

  /**
   * Why, for a person, in Odoo's words where there are any. Example: You need to supply a Lot/Serial number for
   * products: Suture 4-0.
   */
  readonly message: string;
}

export const PostingRefused: RecordType<PostingRefused> = {
  fullName: 'org.wardline.erp.PostingRefused',
  schema:
    '{"type":"record","name":"PostingRefused","namespace":"org.wardline.erp","doc":"Odoo, or the adapter on its behalf, refused to post a business event; it waits for a person and later events of its key wait behind it. Key: that of the event.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"sourceEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the event that was refused. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02."},{"name":"code","type":"string","doc":"Why, for machines. Example: ODOO_VALIDATION."},{"name":"message","type":"string","doc":"Why, for a person, in Odoo\'s words where there are any. Example: You need to supply a Lot/Serial number for products: Suture 4-0."}]}',
};

/** Odoo holds the document of a business event, validated and read back. Key: that of the event posted. */
export interface PostingSucceeded {
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

  /** The eventId of the event that was posted. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02. */
  readonly sourceEventId: EventId;

  /** Odoo model of the document. Example: stock.picking. */
  readonly model: string;

  /** Odoo id of the document. Example: 4711. */
  readonly recordId: bigint;

  /** The document's number in Odoo. Example: WH/CONS/00042. */
  readonly reference: string;

  /** When the adapter saw it posted, UTC milliseconds. Example: 2026-11-21T08:15:33.000Z. */
  readonly postedAt: Date;
}

export const PostingSucceeded: RecordType<PostingSucceeded> = {
  fullName: 'org.wardline.erp.PostingSucceeded',
  schema:
    '{"type":"record","name":"PostingSucceeded","namespace":"org.wardline.erp","doc":"Odoo holds the document of a business event, validated and read back. Key: that of the event posted.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"sourceEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the event that was posted. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02."},{"name":"model","type":"string","doc":"Odoo model of the document. Example: stock.picking."},{"name":"recordId","type":"long","doc":"Odoo id of the document. Example: 4711."},{"name":"reference","type":"string","doc":"The document\'s number in Odoo. Example: WH/CONS/00042."},{"name":"postedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the adapter saw it posted, UTC milliseconds. Example: 2026-11-21T08:15:33.000Z."}]}',
};
