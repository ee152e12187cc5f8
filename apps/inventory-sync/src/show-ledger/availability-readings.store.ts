import { Injectable } from '@nestjs/common';
import { Decimal } from '@wardline/event-contracts';
import { Database } from '@wardline/outbox';
import type { StandingStock } from './availability.js';

/** All that stands of a product, and how its places are called. */
export interface ProductStock {
  readonly stock: readonly StandingStock[];
  /** The full name of a location by its code, as far as Odoo told it. */
  readonly names: ReadonlyMap<string, string>;
}

// By Odoo's word, or by the last movement that said it, while Odoo has not.
const standing = `
SELECT b.location, nullif(b.lot_number, '') AS "lotNumber", nullif(b.serial_number, '') AS "serialNumber", b.quantity,
  b.unit, place.name, coalesce(
    (SELECT l.expiry_date FROM lot l WHERE l.product_code = b.product_code
      AND l.lot_number = coalesce(nullif(b.lot_number, ''), b.serial_number)),
    CASE WHEN b.lot_number <> '' THEN (SELECT m.expiry_date FROM stock_movement m WHERE m.lot_number = b.lot_number
      AND m.lot_number <> '' AND m.product_code = b.product_code ORDER BY m.position DESC LIMIT 1)
    ELSE (SELECT m.expiry_date FROM stock_movement m WHERE m.serial_number = b.serial_number
      AND m.serial_number <> '' AND m.product_code = b.product_code ORDER BY m.position DESC LIMIT 1) END
  ) AS "expiryDate"
FROM stock_balance b LEFT JOIN location place ON place.location_code = b.location
WHERE b.product_code = $1 AND b.quantity > 0`;

/** Reads what can be taken of a product. */
@Injectable()
export class AvailabilityReadings {
  constructor(private readonly database: Database) {}

  /** Every balance above zero, at every place. */
  async read(product: string): Promise<ProductStock> {
    const rows = await this.database.query<
      Omit<StandingStock, 'quantity'> & { readonly quantity: string; readonly name: string | null }
    >(standing, [product]);
    return {
      stock: rows.map(({ name: _, quantity, ...row }) => ({ ...row, quantity: new Decimal(quantity) })),
      names: new Map(rows.flatMap(({ location, name }) => (name === null ? [] : [[location, name]]))),
    };
  }
}
