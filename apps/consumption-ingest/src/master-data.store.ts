import { Injectable } from '@nestjs/common';
import { Decimal, type LocationChanged, type ProductChanged, type UnitChanged } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { ProductName } from './check-consumption/name-record.js';
import type { Location, Product } from './master-data.js';
import type { Unit } from './unit-of-measure.js';

const productColumns = `product_code AS code, name, tracking, unit, active`;

/** A name that is null finds nothing. */
const findAll = `
WITH products AS (
  SELECT ${productColumns} FROM product WHERE product_code = $1
  UNION ALL SELECT ${productColumns} FROM product WHERE gtins @> ARRAY[$2::text]
  UNION ALL SELECT ${productColumns} FROM product WHERE supplier_items @> $3::jsonb
), locations AS (
  SELECT location_code AS code, name, usage, active FROM location WHERE location_code = $4 OR name = $4
), units AS (
  SELECT unit AS name, factor::text, root_unit AS "rootUnit", rounding::text FROM unit
  WHERE unit = ANY($5::text[]) OR unit IN (SELECT unit FROM products)
)
SELECT (SELECT coalesce(json_agg(p ORDER BY code), '[]') FROM products p) AS products,
  (SELECT coalesce(json_agg(l ORDER BY code), '[]') FROM locations l) AS locations,
  (SELECT coalesce(json_agg(u), '[]') FROM units u) AS units`;

/** What to look up for one record, in one go. */
export interface MasterDataQuery {
  readonly product: ProductName | null;
  /** Code or complete name. */
  readonly location: string | null;
  /** Unit names beside the stock units of the products found. */
  readonly units: readonly string[];
}

/** What was found; archived products, locations and units too: an archived unit still says how much it is. */
export interface MasterDataFound {
  readonly products: readonly Product[];
  readonly locations: readonly Location[];
  readonly units: ReadonlyMap<string, Unit>;
}

interface FoundRow {
  products: Product[];
  locations: Location[];
  units: { name: string; factor: string; rootUnit: string; rounding: string }[];
}

/** Keeps products, locations and units as Odoo has them; the newest word counts, an older one changes nothing. */
@Injectable()
export class MasterDataStore {
  /** Looks everything up in one statement: this is the path of every record. */
  async find(tx: Transaction, { product, location, units }: MasterDataQuery): Promise<MasterDataFound> {
    const code = product?.scheme === 'INTERNAL' ? product.value : null;
    const gtin = product?.scheme === 'GTIN' ? product.value : null;
    const item =
      product?.scheme === 'SUPPLIER_ITEM' ? [{ supplierCode: product.supplierCode, itemCode: product.value }] : null;
    const parameters = [code, gtin, item === null ? null : JSON.stringify(item), location, units];
    const [found] = await tx.query<FoundRow>(findAll, parameters);
    const { products, locations, units: rows } = found!;
    return { products, locations, units: new Map(rows.map((row) => [row.name, unitOf(row)])) };
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

function unitOf({ factor, rounding, ...rest }: FoundRow['units'][number]): Unit {
  return { ...rest, factor: new Decimal(factor), rounding: new Decimal(rounding) };
}
