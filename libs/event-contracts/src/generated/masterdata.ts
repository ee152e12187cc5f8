// Generated from schemas/ by libs/workspace/src/contracts/generate.ts. Change the schema, not this file.
import type { Decimal } from 'decimal.js';
import type { EventId } from '../event-id.js';
import type { LocalDate } from '../local-date.js';
import type { RecordType } from '../record-type.js';

/** Whether each piece, each lot or nothing is told apart. */
export type ProductTracking = 'UNKNOWN' | 'NONE' | 'LOT' | 'SERIAL';

/** A unit the product is also packed in. */
export interface ProductPackaging {
  /** uom.uom name. Example: Pack of 6. */
  readonly unit: string;

  /** Barcode of the package at 14 digits; null when it has none. Example: 14012345678908. */
  readonly gtin: string | null;
}

/** The product's number at a supplier. */
export interface SupplierItem {
  /** res.partner.ref of the supplier. Example: MEDLINE. */
  readonly supplierCode: string;

  /** product.supplierinfo.product_code. Example: MDS-1001. */
  readonly itemCode: string;
}

/** A stock location as Odoo has it now. Key: location code. */
export interface LocationChanged {
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

  /** stock.location.barcode, else complete_name. Example: NORTH-ICU. */
  readonly locationCode: string;

  /** complete_name. Example: WH/Stock/North/ICU. */
  readonly name: string;

  /** stock.location.usage: internal, inventory, production, customer, supplier, transit, view. Example: internal. */
  readonly usage: string;

  /** Name of its company; null when shared. Example: North Hospital. */
  readonly company: string | null;

  /** False once it is archived or deleted in Odoo. Example: true. */
  readonly active: boolean;

  /** The record's id in Odoo. Example: 42. */
  readonly odooId: bigint;
}

export const LocationChanged: RecordType<LocationChanged> = {
  fullName: 'org.wardline.masterdata.LocationChanged',
  schema:
    '{"type":"record","name":"LocationChanged","namespace":"org.wardline.masterdata","doc":"A stock location as Odoo has it now. Key: location code.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"locationCode","type":"string","doc":"stock.location.barcode, else complete_name. Example: NORTH-ICU."},{"name":"name","type":"string","doc":"complete_name. Example: WH/Stock/North/ICU."},{"name":"usage","type":"string","doc":"stock.location.usage: internal, inventory, production, customer, supplier, transit, view. Example: internal."},{"name":"company","type":["null","string"],"doc":"Name of its company; null when shared. Example: North Hospital.","default":null},{"name":"active","type":"boolean","doc":"False once it is archived or deleted in Odoo. Example: true."},{"name":"odooId","type":"long","doc":"The record\'s id in Odoo. Example: 42."}]}',
};

/** A lot or serial of a product as Odoo has it now. Key: <product code>/<lot number>. */
export interface LotChanged {
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

  /** Product by Odoo's internal reference. Example: SUTURE-4-0. */
  readonly productCode: string;

  /** stock.lot.name, a lot or a serial by the product's tracking. Example: L2411A. */
  readonly lotNumber: string;

  /** Expiry date of the lot or serial, a calendar day. Example: 2027-03-31. */
  readonly expiryDate: LocalDate | null;

  /** For a serial: where Odoo has the piece, null when it is nowhere in stock. Null for lots. Example: NORTH-OR1. */
  readonly locationCode: string | null;

  /** False once it is archived or deleted in Odoo. Example: true. */
  readonly active: boolean;

  /** The record's id in Odoo. Example: 42. */
  readonly odooId: bigint;
}

export const LotChanged: RecordType<LotChanged> = {
  fullName: 'org.wardline.masterdata.LotChanged',
  schema:
    '{"type":"record","name":"LotChanged","namespace":"org.wardline.masterdata","doc":"A lot or serial of a product as Odoo has it now. Key: <product code>/<lot number>.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"productCode","type":"string","doc":"Product by Odoo\'s internal reference. Example: SUTURE-4-0."},{"name":"lotNumber","type":"string","doc":"stock.lot.name, a lot or a serial by the product\'s tracking. Example: L2411A."},{"name":"expiryDate","type":["null",{"type":"int","logicalType":"date"}],"doc":"Expiry date of the lot or serial, a calendar day. Example: 2027-03-31.","default":null},{"name":"locationCode","type":["null","string"],"doc":"For a serial: where Odoo has the piece, null when it is nowhere in stock. Null for lots. Example: NORTH-OR1.","default":null},{"name":"active","type":"boolean","doc":"False once it is archived or deleted in Odoo. Example: true."},{"name":"odooId","type":"long","doc":"The record\'s id in Odoo. Example: 42."}]}',
};

/** A product as Odoo has it now; the newest record of a key is the whole truth. Key: product code. */
export interface ProductChanged {
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

  /** product.product.default_code; ODOO-<id> where the product has none. Example: GLOVE-M. */
  readonly productCode: string;

  /** Name. Example: Nitrile glove M. */
  readonly name: string;

  /** Barcode brought to 14 digits when it is a valid GTIN; null otherwise. Example: 04012345678901. */
  readonly gtin: string | null;

  /** product.product.tracking. Example: LOT. */
  readonly tracking: ProductTracking;

  /** Stock unit, uom.uom name of uom_id. Example: Units. */
  readonly unit: string;

  /** Units of uom_ids with their barcodes. Example: one of Pack of 6. */
  readonly packagings: readonly ProductPackaging[];

  /** Numbers at suppliers. Example: one of MEDLINE. */
  readonly supplierItems: readonly SupplierItem[];

  /** product.category complete name. Example: All / Gloves. */
  readonly category: string;

  /** False once it is archived or deleted in Odoo. Example: true. */
  readonly active: boolean;

  /** The record's id in Odoo. Example: 42. */
  readonly odooId: bigint;
}

export const ProductChanged: RecordType<ProductChanged> = {
  fullName: 'org.wardline.masterdata.ProductChanged',
  schema:
    '{"type":"record","name":"ProductChanged","namespace":"org.wardline.masterdata","doc":"A product as Odoo has it now; the newest record of a key is the whole truth. Key: product code.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"productCode","type":"string","doc":"product.product.default_code; ODOO-<id> where the product has none. Example: GLOVE-M."},{"name":"name","type":"string","doc":"Name. Example: Nitrile glove M."},{"name":"gtin","type":["null","string"],"doc":"Barcode brought to 14 digits when it is a valid GTIN; null otherwise. Example: 04012345678901.","default":null},{"name":"tracking","type":{"type":"enum","name":"ProductTracking","doc":"Whether each piece, each lot or nothing is told apart.","symbols":["UNKNOWN","NONE","LOT","SERIAL"],"default":"UNKNOWN"},"doc":"product.product.tracking. Example: LOT."},{"name":"unit","type":"string","doc":"Stock unit, uom.uom name of uom_id. Example: Units."},{"name":"packagings","type":{"type":"array","items":{"type":"record","name":"ProductPackaging","doc":"A unit the product is also packed in.","fields":[{"name":"unit","type":"string","doc":"uom.uom name. Example: Pack of 6."},{"name":"gtin","type":["null","string"],"doc":"Barcode of the package at 14 digits; null when it has none. Example: 14012345678908.","default":null}]}},"doc":"Units of uom_ids with their barcodes. Example: one of Pack of 6.","default":[]},{"name":"supplierItems","type":{"type":"array","items":{"type":"record","name":"SupplierItem","doc":"The product\'s number at a supplier.","fields":[{"name":"supplierCode","type":"string","doc":"res.partner.ref of the supplier. Example: MEDLINE."},{"name":"itemCode","type":"string","doc":"product.supplierinfo.product_code. Example: MDS-1001."}]}},"doc":"Numbers at suppliers. Example: one of MEDLINE.","default":[]},{"name":"category","type":"string","doc":"product.category complete name. Example: All / Gloves."},{"name":"active","type":"boolean","doc":"False once it is archived or deleted in Odoo. Example: true."},{"name":"odooId","type":"long","doc":"The record\'s id in Odoo. Example: 42."}]}',
};

/** A supplier as Odoo has it now. Key: supplier code. */
export interface SupplierChanged {
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

  /** res.partner.ref. Example: MEDLINE. */
  readonly supplierCode: string;

  /** Name. Example: Medline Industries. */
  readonly name: string;

  /** False once it is archived or deleted in Odoo. Example: true. */
  readonly active: boolean;

  /** The record's id in Odoo. Example: 42. */
  readonly odooId: bigint;
}

export const SupplierChanged: RecordType<SupplierChanged> = {
  fullName: 'org.wardline.masterdata.SupplierChanged',
  schema:
    '{"type":"record","name":"SupplierChanged","namespace":"org.wardline.masterdata","doc":"A supplier as Odoo has it now. Key: supplier code.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"supplierCode","type":"string","doc":"res.partner.ref. Example: MEDLINE."},{"name":"name","type":"string","doc":"Name. Example: Medline Industries."},{"name":"active","type":"boolean","doc":"False once it is archived or deleted in Odoo. Example: true."},{"name":"odooId","type":"long","doc":"The record\'s id in Odoo. Example: 42."}]}',
};

/** A unit of measure as Odoo has it now. Key: unit name. */
export interface UnitChanged {
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

  /** uom.uom name. Example: Pack of 6. */
  readonly unit: string;

  /** How many of rootUnit one of it is. Example: 6.000000000000. */
  readonly factor: Decimal;

  /**
   * The unit at the end of the chain of relative units; two units convert into each other when it is the same. Example:
   * Units.
   */
  readonly rootUnit: string;

  /** Smallest step Odoo keeps of it (decimal precision of Product Unit). Example: 0.010000. */
  readonly rounding: Decimal;

  /** False once it is archived or deleted in Odoo. Example: true. */
  readonly active: boolean;

  /** The record's id in Odoo. Example: 42. */
  readonly odooId: bigint;
}

export const UnitChanged: RecordType<UnitChanged> = {
  fullName: 'org.wardline.masterdata.UnitChanged',
  schema:
    '{"type":"record","name":"UnitChanged","namespace":"org.wardline.masterdata","doc":"A unit of measure as Odoo has it now. Key: unit name.","fields":[{"name":"eventId","type":{"type":"string","logicalType":"uuid"},"doc":"Identity of this event, a UUID (version 7 preferred). A repeat of it is recognised and has no second effect. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"occurredAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When it happened in the real world, UTC milliseconds. Example: 2026-11-21T08:15:30.000Z."},{"name":"recordedAt","type":{"type":"long","logicalType":"timestamp-millis"},"doc":"When the publisher learned of it, UTC milliseconds. Example: 2026-11-21T08:15:31.120Z."},{"name":"source","type":"string","doc":"System that publishes this event. Example: cabinet-7."},{"name":"correlationId","type":{"type":"string","logicalType":"uuid"},"doc":"Shared by every event that one business fact led to; the eventId of the first. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01."},{"name":"causationId","type":["null",{"type":"string","logicalType":"uuid"}],"doc":"The eventId of the event that directly led to this one; null when nothing of ours did. Example: 0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01.","default":null},{"name":"unit","type":"string","doc":"uom.uom name. Example: Pack of 6."},{"name":"factor","type":{"type":"bytes","logicalType":"decimal","precision":28,"scale":12},"doc":"How many of rootUnit one of it is. Example: 6.000000000000."},{"name":"rootUnit","type":"string","doc":"The unit at the end of the chain of relative units; two units convert into each other when it is the same. Example: Units."},{"name":"rounding","type":{"type":"bytes","logicalType":"decimal","precision":18,"scale":6},"doc":"Smallest step Odoo keeps of it (decimal precision of Product Unit). Example: 0.010000."},{"name":"active","type":"boolean","doc":"False once it is archived or deleted in Odoo. Example: true."},{"name":"odooId","type":"long","doc":"The record\'s id in Odoo. Example: 42."}]}',
};
