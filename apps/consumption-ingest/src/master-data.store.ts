import { Injectable } from '@nestjs/common';
import { Decimal, type LocationChanged, type ProductChanged, type UnitChanged } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { ProductName } from './check-consumption/name-record.js';
import { lotColumns } from './lot.store.js';
import type { Location, Lot, Product } from './master-data.js';
import type { Unit } from '@wardline/units-of-measure';

const findAll = `
WITH products AS (
  SELECT product_code AS code, name, tracking, unit, active, gtins, supplier_items AS "supplierItems",
    code_units AS "codeUnits" FROM product
  WHERE product_code IN (
    SELECT product_code FROM product WHERE product_code = ANY($1::text[])
    UNION SELECT product_code FROM product WHERE gtins && $2::text[]
    UNION SELECT product_code FROM unnest($3::jsonb[]) AS item JOIN product ON supplier_items @> item)
), locations AS (
  SELECT location_code AS code, name, usage, active FROM location
  WHERE location_code = ANY($4::text[]) OR name = ANY($4::text[])
), lots AS (
  SELECT ${lotColumns} FROM lot WHERE product_code IN (SELECT code FROM products) AND lot_number = ANY($6::text[])
), units AS (
  SELECT unit AS name, factor::text, root_unit AS "rootUnit", rounding::text FROM unit
  WHERE unit = ANY($5::text[]) OR unit IN (SELECT unit FROM products)
    OR unit IN (SELECT packed.value FROM products, jsonb_each_text("codeUnits") AS packed)
)
SELECT (SELECT coalesce(json_agg(p ORDER BY code), '[]') FROM products p) AS products,
  (SELECT coalesce(json_agg(l ORDER BY code), '[]') FROM locations l) AS locations,
  (SELECT coalesce(json_agg(t), '[]') FROM lots t) AS lots,
  (SELECT coalesce(json_agg(u), '[]') FROM units u) AS units`;

/** What to look up, for many records in one go. */
export interface MasterDataQuery {
  readonly products: readonly ProductName[];
  /** Codes or complete names. */
  readonly locations: readonly string[];
  /** Unit names beside the stock units of the products found. */
  readonly units: readonly string[];
  /** Lot numbers of the products found. */
  readonly lots: readonly string[];
}

/** A product with the codes by which it is found. */
export interface KnownProduct extends Product {
  readonly gtins: readonly string[];
  readonly supplierItems: readonly { readonly supplierCode: string; readonly itemCode: string }[];
}

/** What was found; archived products, locations and units too: an archived unit still says how much it is. */
export interface MasterDataFound {
  readonly products: readonly KnownProduct[];
  readonly locations: readonly Location[];
  readonly lots: readonly Lot[];
  readonly units: ReadonlyMap<string, Unit>;
}

interface FoundRow {
  products: KnownProduct[];
  locations: Location[];
  lots: Lot[];
  units: { name: string; factor: string; rootUnit: string; rounding: string }[];
}

/** Keeps products, locations and units as Odoo has them; the newest word counts, an older one changes nothing. */
@Injectable()
export class MasterDataStore {
  /** Looks everything up in one statement: this is the path of every record. */
  async find(tx: Transaction, query: MasterDataQuery): Promise<MasterDataFound> {
    const { products: names, locations: places, units, lots: numbers } = query;
    const named = (scheme: ProductName['scheme']) => names.filter((name) => name.scheme === scheme);
    const items = named('SUPPLIER_ITEM').map(({ supplierCode, value: itemCode }) => [{ supplierCode, itemCode }]);
    const [found] = await tx.query<FoundRow>(findAll, [
      named('INTERNAL').map(({ value }) => value),
      named('GTIN').map(({ value }) => value),
      items.map((item) => JSON.stringify(item)),
      places,
      units,
      numbers,
    ]);
    const { products, locations, lots, units: rows } = found!;
    return { products, locations, lots, units: new Map(rows.map((row) => [row.name, unitOf(row)])) };
  }

  /** Takes Odoo's word on a product; false when a newer one is known. */
  async saveProduct(tx: Transaction, product: ProductChanged): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO product AS known (product_code, name, tracking, unit, gtins, supplier_items, active, recorded_at, code_units)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (product_code) DO UPDATE SET name = excluded.name, tracking = excluded.tracking, unit = excluded.unit,
         gtins = excluded.gtins, supplier_items = excluded.supplier_items, code_units = excluded.code_units, active = excluded.active, recorded_at = excluded.recorded_at
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
        JSON.stringify(codeUnitsOf(product)),
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

/** Whether a record that gives this name means this product; a National Drug Code is translated before. */
export function isNamed(product: KnownProduct, { scheme, value, supplierCode }: ProductName): boolean {
  if (scheme === 'INTERNAL') return product.code === value;
  if (scheme === 'GTIN') return product.gtins.includes(value);
  return (
    scheme === 'SUPPLIER_ITEM' &&
    product.supplierItems.some((item) => item.supplierCode === supplierCode && item.itemCode === value)
  );
}

/** The trade item numbers by which a product is found: its own and those of its packagings. */
export function gtinsOf(product: ProductChanged): string[] {
  const gtins = [product.gtin, ...product.packagings.map(({ gtin }) => gtin)];
  return [...new Set(gtins.filter((gtin) => gtin !== null))];
}

/** What one of each GTIN counts. A GTIN that the product and a packaging share counts the product. */
function codeUnitsOf({ gtin, unit, packagings }: ProductChanged): Record<string, string> {
  const packed = packagings.flatMap((packaging) => (packaging.gtin === null ? [] : [[packaging.gtin, packaging.unit]]));
  return Object.fromEntries([...packed, ...(gtin === null ? [] : [[gtin, unit]])]) as Record<string, string>;
}

function unitOf({ factor, rounding, ...rest }: FoundRow['units'][number]): Unit {
  return { ...rest, factor: new Decimal(factor), rounding: new Decimal(rounding) };
}
