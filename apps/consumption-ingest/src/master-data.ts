import type { LocalDate, ProductTracking } from '@wardline/event-contracts';

/** A product as Odoo has it, as far as consumption needs it. */
export interface Product {
  readonly code: string;
  readonly name: string;
  readonly tracking: ProductTracking;
  /** Stock unit by its Odoo name. */
  readonly unit: string;
  readonly active: boolean;
  /** Odoo's unit of what carries each GTIN, by the GTIN: the stock unit, or that of a packaging. */
  readonly codeUnits: Readonly<Record<string, string>>;
}

/** A stock location as Odoo has it. */
export interface Location {
  readonly code: string;
  /** Complete name. */
  readonly name: string;
  /** `internal` for places that hold the hospital's own stock. */
  readonly usage: string;
  readonly active: boolean;
}

/** A lot or serial of a product. */
export interface Lot {
  readonly productCode: string;
  readonly number: string;
  readonly expiryDate: LocalDate | null;
  readonly active: boolean;
  /** For a serial: where the piece is by the newest of Odoo's word and our accepted records; null when nowhere in stock. */
  readonly locationCode: string | null;
}
