// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { Decimal } from 'decimal.js';
import type { EventId } from '../event-id.js';
import type { LocalDate } from '../local-date.js';
import type { RecordType } from '../record-type.js';

/** A done stock move line of Odoo that touched the balance and is not of our making. */
export interface OdooMove {
  /** Odoo id of the stock.move.line. Example: 5311. */
  readonly lineId: bigint;

  /** The document's number, or what Odoo calls the change. Example: Product Quantity Updated. */
  readonly reference: string;

  /** Date of the move in Odoo, UTC, whole seconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly movedAt: Date;

  /** What it did to this balance, in the stock unit; negative where stock left. Example: -3.000000. */
  readonly quantity: Decimal;

  /** The move's other end by its code. Example: Inventory adjustment. */
  readonly otherLocation: string;

  /**
   * Kind of the other end in Odoo's words: internal, inventory, supplier, customer, production, transit. Example:
   * inventory.
   */
  readonly otherUsage: string;

  /** Odoo id of the user who wrote the line last; null when Odoo does not say. Example: 2. */
  readonly userId: bigint | null;
}

/** Who posts a flow at a site. */
export type PostingMode = 'UNKNOWN' | 'SHADOW' | 'LIVE';

/** What became of a movement that was withheld. */
export type WithheldOutcome = 'UNKNOWN' | 'EXACT' | 'DAY' | 'DIFFERS' | 'ALONE' | 'POSTED_HERE';

/**
 * Somebody moved stock inside Odoo: a line of a transfer, a count or a scrap was done there and not by Wardline. The
 * ledger books it; occurredAt is when Odoo did it. Key: <location code>/<product code> of the shelf it left, else of
 * the one it came to.
 */
export interface OdooStockMoveReported {
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

  /** Id of the line in Odoo (stock.move.line). Example: 48211. */
  readonly moveLineId: bigint;

  /**
   * How often Odoo's line was found changed after it was done; a change is told as the old content taken back and the
   * new one done, each with this number. Example: 0.
   */
  readonly revision: number;

  /** The document as Odoo numbers it; empty when it has none. Example: WH/IN/00042. */
  readonly reference: string;

  /** Who did it in Odoo, by the id of the user there (res.users); no name, as staff are persons too. Example: 7. */
  readonly userId: bigint | null;

  /** Product by Odoo's internal reference. Example: GLOVE-M. */
  readonly productCode: string;

  /** Where it left: a location by its code, or the ledger's name of a virtual one. Example: Vendors. */
  readonly fromLocation: string;

  /** What kind of location that is in Odoo. Example: supplier. */
  readonly fromUsage: string;

  /** Where it went: a location by its code, or the ledger's name of a virtual one. Example: NORTH-ICU. */
  readonly toLocation: string;

  /** What kind of location that is in Odoo. Example: internal. */
  readonly toUsage: string;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /** What moved, in the product's stock unit, greater than zero. Example: 12.000000. */
  readonly quantity: Decimal;

  /** The product's stock unit by its Odoo name. Example: Units. */
  readonly unit: string;

  /**
   * Why, as Odoo's document says: its source document or the name of the count; null when it says nothing. Example:
   * P00012.
   */
  readonly reason: string | null;
}

export const OdooStockMoveReported: RecordType<OdooStockMoveReported> = {
  fullName: 'org.wardline.erp.OdooStockMoveReported',
  schema:
    '{"type":"record","name":"OdooStockMoveReported","namespace":"org.wardline.erp","doc":"Somebody moved stock inside Odoo: a line of a transfer, a count or a scrap was done there and not by Wardline. The ledger books it; occurredAt is when Odoo did it. Key: <location code>/<product code> of the shelf it left, else of the one it came to.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"moveLineId","type":"long","doc":"Id of the line in Odoo (stock.move.line). Example: 48211."},{"name":"revision","type":"int","doc":"How often Odoo\'s line was found changed after it was done; a change is told as the old content taken back and the new one done, each with this number. Example: 0.","default":0},{"name":"reference","type":"string","doc":"The document as Odoo numbers it; empty when it has none. Example: WH/IN/00042.","default":""},{"name":"userId","type":["null","long"],"doc":"Who did it in Odoo, by the id of the user there (res.users); no name, as staff are persons too. Example: 7.","default":null},{"name":"productCode","type":"string","doc":"Product by Odoo\'s internal reference. Example: GLOVE-M."},{"name":"fromLocation","type":"string","doc":"Where it left: a location by its code, or the ledger\'s name of a virtual one. Example: Vendors."},{"name":"fromUsage","type":"string","doc":"What kind of location that is in Odoo. Example: supplier."},{"name":"toLocation","type":"string","doc":"Where it went: a location by its code, or the ledger\'s name of a virtual one. Example: NORTH-ICU."},{"name":"toUsage","type":"string","doc":"What kind of location that is in Odoo. Example: internal."},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"What moved, in the product\'s stock unit, greater than zero. Example: 12.000000."},{"name":"unit","type":"string","doc":"The product\'s stock unit by its Odoo name. Example: Units."},{"name":"reason","type":["null","string"],"doc":"Why, as Odoo\'s document says: its source document or the name of the count; null when it says nothing. Example: P00012.","default":null}]}',
};

/**
 * One report of what Odoo holds is whole. Its balances lie on any partition of the topic: the report is complete for a
 * reader that has as many OdooStockReported of its reportId as it says. Balances without one are as the report before
 * said, except those of the keys in unsettled. Key: the reportId.
 */
export interface OdooStockReportCompleted {
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

  /** The report. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c10. */
  readonly reportId: EventId;

  /** Number of the report, one more than that of the report before. Example: 1027. */
  readonly sequence: bigint;

  /**
   * When the reading began, UTC milliseconds: what Odoo had committed by then is in it. Example:
   * 2026-11-21T08:15:30.000Z.
   */
  readonly begun: Date;

  /** When the last page had been read, UTC milliseconds. Example: 2026-11-21T08:15:31.200Z. */
  readonly completed: Date;

  /**
   * Whether it says every balance that is not zero, and not only what changed: a reader may start from it. Example:
   * false.
   */
  readonly whole: boolean;

  /** Number of OdooStockReported that belong to it. Example: 12. */
  readonly balances: number;

  /** Number of balances that Odoo holds in all, those that did not change included. Example: 4711. */
  readonly held: number;

  /**
   * Keys (<location code>/<product code>) that something of ours was being posted to at every look: their balances are
   * left to the next report. Example: ["NORTH-ICU/GLOVE-M"].
   */
  readonly unsettled: readonly string[];
}

export const OdooStockReportCompleted: RecordType<OdooStockReportCompleted> = {
  fullName: 'org.wardline.erp.OdooStockReportCompleted',
  schema:
    '{"type":"record","name":"OdooStockReportCompleted","namespace":"org.wardline.erp","doc":"One report of what Odoo holds is whole. Its balances lie on any partition of the topic: the report is complete for a reader that has as many OdooStockReported of its reportId as it says. Balances without one are as the report before said, except those of the keys in unsettled. Key: the reportId.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"reportId","type":{"type":"string","logicalType":"uuid"},"doc":"The report. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c10."},{"name":"sequence","type":"long","doc":"Number of the report, one more than that of the report before. Example: 1027."},{"name":"begun","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the reading began, UTC milliseconds: what Odoo had committed by then is in it. Example: 2026-11-21T08:15:30.000Z."},{"name":"completed","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the last page had been read, UTC milliseconds. Example: 2026-11-21T08:15:31.200Z."},{"name":"whole","type":"boolean","doc":"Whether it says every balance that is not zero, and not only what changed: a reader may start from it. Example: false."},{"name":"balances","type":"int","doc":"Number of OdooStockReported that belong to it. Example: 12."},{"name":"held","type":"int","doc":"Number of balances that Odoo holds in all, those that did not change included. Example: 4711."},{"name":"unsettled","type":{"type":"array","items":"string"},"doc":"Keys (<location code>/<product code>) that something of ours was being posted to at every look: their balances are left to the next report. Example: [\\"NORTH-ICU/GLOVE-M\\"].","default":[]}]}',
};

/**
 * What Odoo holds on hand of one product and lot at one internal location, as one reading of its quants (stock.quant)
 * found it. Told when it differs from what the last report said, or when movements of ours came into it. No movement of
 * ours to or from this balance was being posted while it was read, so it contains exactly the postings named here and
 * in earlier reports of it. Key: <location code>/<product code>.
 */
export interface OdooStockReported {
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

  /** The report that it belongs to. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c10. */
  readonly reportId: EventId;

  /** Number of the report, one more than that of the report before. Example: 1027. */
  readonly sequence: bigint;

  /** When the reading that found it began, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z. */
  readonly readAt: Date;

  /** Product by Odoo's internal reference. Example: GLOVE-M. */
  readonly productCode: string;

  /** Location by its code. Example: NORTH-ICU. */
  readonly locationCode: string;

  /** Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A. */
  readonly lotNumber: string | null;

  /** Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187. */
  readonly serialNumber: string | null;

  /** On hand in the product's stock unit; may be negative, and zero when nothing is left. Example: 240.000000. */
  readonly quantity: Decimal;

  /** The product's stock unit by its Odoo name. Example: Units. */
  readonly unit: string;

  /**
   * Movements (eventIds of StockMoved) whose postings this quantity contains and no earlier report of it named.
   * Example: [].
   */
  readonly postings: readonly EventId[];

  /**
   * Moves that people or other programs made in Odoo since the last report and that touched this balance; empty when
   * the change has none. Example: [].
   */
  readonly changes: readonly OdooMove[];
}

export const OdooStockReported: RecordType<OdooStockReported> = {
  fullName: 'org.wardline.erp.OdooStockReported',
  schema:
    '{"type":"record","name":"OdooStockReported","namespace":"org.wardline.erp","doc":"What Odoo holds on hand of one product and lot at one internal location, as one reading of its quants (stock.quant) found it. Told when it differs from what the last report said, or when movements of ours came into it. No movement of ours to or from this balance was being posted while it was read, so it contains exactly the postings named here and in earlier reports of it. Key: <location code>/<product code>.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"reportId","type":{"type":"string","logicalType":"uuid"},"doc":"The report that it belongs to. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c10."},{"name":"sequence","type":"long","doc":"Number of the report, one more than that of the report before. Example: 1027."},{"name":"readAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the reading that found it began, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"productCode","type":"string","doc":"Product by Odoo\'s internal reference. Example: GLOVE-M."},{"name":"locationCode","type":"string","doc":"Location by its code. Example: NORTH-ICU."},{"name":"lotNumber","type":["null","string"],"doc":"Lot (batch) of the product; null when it is not tracked by lot. Example: L2411A.","default":null},{"name":"serialNumber","type":["null","string"],"doc":"Serial number of the single piece; null when it is not tracked by serial. Example: SN-000187.","default":null},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"On hand in the product\'s stock unit; may be negative, and zero when nothing is left. Example: 240.000000."},{"name":"unit","type":"string","doc":"The product\'s stock unit by its Odoo name. Example: Units."},{"name":"postings","type":{"type":"array","items":{"type":"string","logicalType":"uuid"}},"doc":"Movements (eventIds of StockMoved) whose postings this quantity contains and no earlier report of it named. Example: [].","default":[]},{"name":"changes","type":{"type":"array","items":{"type":"record","name":"OdooMove","doc":"A done stock move line of Odoo that touched the balance and is not of our making.","fields":[{"name":"lineId","type":"long","doc":"Odoo id of the stock.move.line. Example: 5311."},{"name":"reference","type":"string","doc":"The document\'s number, or what Odoo calls the change. Example: Product Quantity Updated."},{"name":"movedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Date of the move in Odoo, UTC, whole seconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"quantity","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"What it did to this balance, in the stock unit; negative where stock left. Example: -3.000000."},{"name":"otherLocation","type":"string","doc":"The move\'s other end by its code. Example: Inventory adjustment."},{"name":"otherUsage","type":"string","doc":"Kind of the other end in Odoo\'s words: internal, inventory, supplier, customer, production, transit. Example: inventory."},{"name":"userId","type":["null","long"],"doc":"Odoo id of the user who wrote the line last; null when Odoo does not say. Example: 2.","default":null}]}},"doc":"Moves that people or other programs made in Odoo since the last report and that touched this balance; empty when the change has none. Example: [].","default":[]}]}',
};

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

/**
 * A person decided who posts a flow at a site from a moment on: the old interface (SHADOW) or Wardline (LIVE). Who did
 * stands at GET /checkpoints/<id> of odoo-adapter. Key: the checkpoint id.
 */
export interface PostingSwitched {
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

  /** The checkpoint that it comes under. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20. */
  readonly checkpointId: EventId;

  /**
   * What the movement becomes in Odoo: consumption, receipt, delivery, transfer or adjustment. Example: consumption.
   */
  readonly flow: string;

  /** Code of the location that the checkpoint is about, with all below it. Example: NORTH. */
  readonly site: string;

  /** Odoo's ids of the users by which the old interface writes. Example: [42]. */
  readonly oldUserIds: readonly bigint[];

  /** How far apart in time the two may be with the same fact, in milliseconds. Example: 3600000. */
  readonly toleranceMs: bigint;

  /** Who posts: SHADOW the old interface, LIVE Wardline. Example: LIVE. */
  readonly mode: PostingMode;

  /** From when on, UTC milliseconds. Example: 2026-11-28T22:00:00.000Z. */
  readonly from: Date;

  /** Why. Example: Fourteen days without a difference. */
  readonly reason: string;
}

export const PostingSwitched: RecordType<PostingSwitched> = {
  fullName: 'org.wardline.erp.PostingSwitched',
  schema:
    '{"type":"record","name":"PostingSwitched","namespace":"org.wardline.erp","doc":"A person decided who posts a flow at a site from a moment on: the old interface (SHADOW) or Wardline (LIVE). Who did stands at GET /checkpoints/<id> of odoo-adapter. Key: the checkpoint id.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"checkpointId","type":{"type":"string","logicalType":"uuid"},"doc":"The checkpoint that it comes under. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20."},{"name":"flow","type":"string","doc":"What the movement becomes in Odoo: consumption, receipt, delivery, transfer or adjustment. Example: consumption."},{"name":"site","type":"string","doc":"Code of the location that the checkpoint is about, with all below it. Example: NORTH."},{"name":"oldUserIds","type":{"type":"array","items":"long"},"doc":"Odoo\'s ids of the users by which the old interface writes. Example: [42]."},{"name":"toleranceMs","type":"long","doc":"How far apart in time the two may be with the same fact, in milliseconds. Example: 3600000."},{"name":"mode","type":{"type":"enum","name":"PostingMode","doc":"Who posts a flow at a site.","symbols":["UNKNOWN","SHADOW","LIVE"],"default":"UNKNOWN"},"doc":"Who posts: SHADOW the old interface, LIVE Wardline. Example: LIVE."},{"name":"from","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"From when on, UTC milliseconds. Example: 2026-11-28T22:00:00.000Z."},{"name":"reason","type":"string","doc":"Why. Example: Fourteen days without a difference."}]}',
};

/**
 * A movement is not posted to Odoo for now: its flow and site are in shadow mode, where the old interface posts, or
 * were switched between its happening and its coming. WithheldPostingSettled follows. Key: that of the movement.
 */
export interface PostingWithheld {
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

  /** The eventId of the movement. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02. */
  readonly sourceEventId: EventId;

  /** The checkpoint that it comes under. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20. */
  readonly checkpointId: EventId;

  /**
   * What the movement becomes in Odoo: consumption, receipt, delivery, transfer or adjustment. Example: consumption.
   */
  readonly flow: string;

  /** Code of the location that the checkpoint is about, with all below it. Example: NORTH. */
  readonly site: string;

  /**
   * Until when its counterpart is waited for, UTC milliseconds; at a switch possibly longer. Example:
   * 2026-11-28T10:15:30.000Z.
   */
  readonly settleAt: Date;
}

export const PostingWithheld: RecordType<PostingWithheld> = {
  fullName: 'org.wardline.erp.PostingWithheld',
  schema:
    '{"type":"record","name":"PostingWithheld","namespace":"org.wardline.erp","doc":"A movement is not posted to Odoo for now: its flow and site are in shadow mode, where the old interface posts, or were switched between its happening and its coming. WithheldPostingSettled follows. Key: that of the movement.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"sourceEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the movement. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02."},{"name":"checkpointId","type":{"type":"string","logicalType":"uuid"},"doc":"The checkpoint that it comes under. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20."},{"name":"flow","type":"string","doc":"What the movement becomes in Odoo: consumption, receipt, delivery, transfer or adjustment. Example: consumption."},{"name":"site","type":"string","doc":"Code of the location that the checkpoint is about, with all below it. Example: NORTH."},{"name":"settleAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"Until when its counterpart is waited for, UTC milliseconds; at a switch possibly longer. Example: 2026-11-28T10:15:30.000Z."}]}',
};

/** What became of a movement that was withheld. Key: that of the movement. */
export interface WithheldPostingSettled {
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

  /** The eventId of the movement. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02. */
  readonly sourceEventId: EventId;

  /** The checkpoint that it comes under. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20. */
  readonly checkpointId: EventId;

  /**
   * EXACT: the old interface posted the same. DAY: it posted the same sum of a business day. DIFFERS: it posted the
   * fact with another lot or quantity. ALONE: it posted nothing of the kind, a person has to look. POSTED_HERE:
   * Wardline posts it, PostingSucceeded or PostingRefused follows. Example: EXACT.
   */
  readonly outcome: WithheldOutcome;

  /** Ids of the old interface's lines in Odoo (stock.move.line). Example: [48211]. */
  readonly moveLineIds: readonly bigint[];

  /** The document of the old interface in Odoo; null when there is none. Example: WH/OUT/00042. */
  readonly reference: string | null;

  /**
   * When Odoo did the last of these lines, UTC milliseconds; null when there is none. Example:
   * 2026-11-28T08:20:00.000Z.
   */
  readonly movedAt: Date | null;

  /** What was found, for a person. Example: The old interface posted it as WH/OUT/00042. */
  readonly message: string;
}

export const WithheldPostingSettled: RecordType<WithheldPostingSettled> = {
  fullName: 'org.wardline.erp.WithheldPostingSettled',
  schema:
    '{"type":"record","name":"WithheldPostingSettled","namespace":"org.wardline.erp","doc":"What became of a movement that was withheld. Key: that of the movement.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"sourceEventId","type":{"type":"string","logicalType":"uuid"},"doc":"The eventId of the movement. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02."},{"name":"checkpointId","type":{"type":"string","logicalType":"uuid"},"doc":"The checkpoint that it comes under. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c20."},{"name":"outcome","type":{"type":"enum","name":"WithheldOutcome","doc":"What became of a movement that was withheld.","symbols":["UNKNOWN","EXACT","DAY","DIFFERS","ALONE","POSTED_HERE"],"default":"UNKNOWN"},"doc":"EXACT: the old interface posted the same. DAY: it posted the same sum of a business day. DIFFERS: it posted the fact with another lot or quantity. ALONE: it posted nothing of the kind, a person has to look. POSTED_HERE: Wardline posts it, PostingSucceeded or PostingRefused follows. Example: EXACT."},{"name":"moveLineIds","type":{"type":"array","items":"long"},"doc":"Ids of the old interface\'s lines in Odoo (stock.move.line). Example: [48211]."},{"name":"reference","type":["null","string"],"doc":"The document of the old interface in Odoo; null when there is none. Example: WH/OUT/00042.","default":null},{"name":"movedAt","type":["null",{"type":"long","logicalType":"timestamp-millis"}],"doc":"When Odoo did the last of these lines, UTC milliseconds; null when there is none. Example: 2026-11-28T08:20:00.000Z.","default":null},{"name":"message","type":"string","doc":"What was found, for a person. Example: The old interface posted it as WH/OUT/00042."}]}',
};
