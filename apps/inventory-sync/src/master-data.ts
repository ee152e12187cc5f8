import type { LocalDate, ProductTracking } from '@wardline/event-contracts';

/** A product as Odoo has it, as far as the ledger needs it. */
export interface Product {
  readonly code: string;
  readonly tracking: ProductTracking;
  /** Stock unit by its Odoo name. */
  readonly unit: string;
  /** 14 digits: of the product and of its packagings. */
  readonly gtins: readonly string[];
  /** Complete name of its class in Odoo; empty until Odoo has told it. */
  readonly category: string;
  readonly active: boolean;
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
}

/** What a stock operation waits for while this product is unknown; `take-master-data` announces the same name. */
export function awaitedProduct(scheme: 'INTERNAL' | 'GTIN', value: string): string {
  return `product:${scheme}:${value}`;
}

/** What a stock operation waits for while this location, by code or complete name, is unknown. */
export function awaitedLocation(name: string): string {
  return `location:${name}`;
}

/** What a stock operation waits for while this lot or serial is unknown. */
export function awaitedLot(productCode: string, number: string): string {
  return `lot:${productCode}/${number}`;
}

/** What a stock operation waits for while this unit is unknown. */
export function awaitedUnit(name: string): string {
  return `unit:${name}`;
}
