import { Injectable } from '@nestjs/common';
import { Decimal, type LocationChanged, type ProductChanged, type UnitChanged } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { ProductName } from './check-consumption/name-record.js';
import type { Location, Product } from './master-data.js';
import type { Unit } from './unit-of-measure.js';

const productColumns = `product_code AS code, name, tracking, unit, active`;

/** Keeps products, locations and units as Odoo has them; the newest word counts, an older one changes nothing. */
@Injectable()
export class MasterDataStore {
  /** Products that carry the name; archived ones too. `crosswalkTarget` is where an NDC leads. */
  async products(tx: Transaction, name: ProductName, crosswalkTarget: string | null): Promise<Product[]> {
    const { scheme, value, supplierCode } = name;
    if (scheme === 'GTIN') {
      return tx.query<Product>(`SELECT ${productColumns} FROM product WHERE gtins @> ARRAY[$1] ORDER BY code`, [value]);
    }
    if (scheme === 'SUPPLIER_ITEM') {
      const item = JSON.stringify([{ supplierCode, itemCode: value }]);
      return tx.query<Product>(
        `SELECT ${productColumns} FROM product WHERE supplier_items @> $1::jsonb ORDER BY code`,
        [item],
      );
    }
    const code = scheme === 'NDC' ? crosswalkTarget : value;
    if (code === null) return [];
    return tx.query<Product>(`SELECT ${productColumns} FROM product WHERE product_code = $1`, [code]);
  }

  /** Locations with this code or complete name; archived ones too. */
  async locations(tx: Transaction, codeOrName: string): Promise<Location[]> {
    return tx.query<Location>(
      `SELECT location_code AS code, name, usage, active FROM location WHERE location_code = $1 OR name = $1 ORDER BY code`,
      [codeOrName],
    );
  }

  /** The units of these names, by name. An archived unit still says how much it is. */
  async units(tx: Transaction, names: readonly string[]): Promise<Map<string, Unit>> {
    const rows = await tx.query<{ name: string; factor: string; rootUnit: string; rounding: string }>(
      `SELECT unit AS name, factor, root_unit AS "rootUnit", rounding FROM unit WHERE unit = ANY($1)`,
      [names],
    );
    const units = rows.map((row) => ({ ...row, factor: new Decimal(row.factor), rounding: new Decimal(row.rounding) }));
    return new Map(units.map((unit) => [unit.name, unit]));
  }

  /** Takes Odoo's word on a product; false when a newer one is known. */
  async saveProduct(tx: Transaction, product: ProductChanged): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO product AS known (product_code, name, tracking, unit, gtins, supplier_items, active, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (product_code) DO UPDATE SET name = excluded.name, tracking = excluded.tracking, unit = excluded.unit,
         gtins = excluded.gtins, supplier_items = excluded.supplier_items, active = excluded.active, recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [
        product.productCode,
        product.name,
        product.tracking,
        product.unit,
        gtinsOf(product),
        JSON.stringify(product.supplierItems),
        product.active,
        product.recordedAt,
      ],
    );
    return rows.length > 0;
  }

  /** Takes Odoo's word on a location; false when a newer one is known. */
  async saveLocation(tx: Transaction, location: LocationChanged): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO location AS known (location_code, name, usage, active, recorded_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (location_code) DO UPDATE SET name = excluded.name, usage = excluded.usage, active = excluded.active,
         recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [location.locationCode, location.name, location.usage, location.active, location.recordedAt],
    );
    return rows.length > 0;
  }

  /** Takes Odoo's word on a unit; false when a newer one is known. */
  async saveUnit(tx: Transaction, unit: UnitChanged): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO unit AS known (unit, factor, root_unit, rounding, active, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (unit) DO UPDATE SET factor = excluded.factor, root_unit = excluded.root_unit, rounding = excluded.rounding,
         active = excluded.active, recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [unit.unit, unit.factor.toFixed(), unit.rootUnit, unit.rounding.toFixed(), unit.active, unit.recordedAt],
    );
    return rows.length > 0;
  }
}

/** The trade item numbers by which a product is found: its own and those of its packagings. */
export function gtinsOf(product: ProductChanged): string[] {
  const gtins = [product.gtin, ...product.packagings.map(({ gtin }) => gtin)];
  return [...new Set(gtins.filter((gtin) => gtin !== null))];
}
