import { Injectable } from '@nestjs/common';
import {
  Decimal,
  type LocalDate,
  type LocationChanged,
  type LotChanged,
  type ProductChanged,
  type UnitChanged,
} from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Location, Lot, Product } from './master-data.js';
import type { ReceivingRule } from './receiving-rules/receiving-rule.js';
import type { Unit } from '@wardline/units-of-measure';

const findAll = `
WITH products AS (
  SELECT product_code AS code, tracking, unit, gtins, category, active FROM product
  WHERE product_code = ANY ($1::text[]) OR gtins && $2::text[]
), locations AS (
  SELECT location_code AS code, name, usage, active FROM location
  WHERE location_code = ANY ($3::text[]) OR name = ANY ($3::text[])
), lots AS (
  SELECT product_code AS "productCode", lot_number AS number, expiry_date AS "expiryDate", active FROM lot
  WHERE product_code IN (SELECT code FROM products) AND lot_number = ANY ($4::text[])
), units AS (
  SELECT unit AS name, factor::text, root_unit AS "rootUnit", rounding::text FROM unit
  WHERE unit = ANY ($5::text[]) OR unit IN (SELECT unit FROM products)
), classes AS (
  SELECT DISTINCT array_to_string(parts[1:depth], ' / ') AS class
  FROM products, string_to_array(category, ' / ') AS parts, generate_series(1, cardinality(parts)) AS depth WHERE $6
), rules AS (
  SELECT DISTINCT ON (scope, subject) scope, subject, requirements FROM receiving_rule
  WHERE $6 AND (scope = 'PRODUCT' AND subject IN (SELECT code FROM products)
    OR scope = 'CLASS' AND subject IN (SELECT class FROM classes))
  ORDER BY scope, subject, id DESC
)
SELECT (SELECT coalesce(json_agg(p ORDER BY code), '[]') FROM products p) AS products,
  (SELECT coalesce(json_agg(l ORDER BY code), '[]') FROM locations l) AS locations,
  (SELECT coalesce(json_agg(t), '[]') FROM lots t) AS lots,
  (SELECT coalesce(json_agg(u), '[]') FROM units u) AS units,
  (SELECT coalesce(json_agg(r), '[]') FROM rules r WHERE requirements IS NOT NULL) AS rules`;

/** What to look up, for many records in one go. */
export interface MasterDataQuery {
  readonly productCodes: readonly string[];
  readonly gtins: readonly string[];
  /** Codes or complete names. */
  readonly locations: readonly string[];
  /** Lots and serials of the products found. */
  readonly lots: readonly string[];
  /** Unit names beside the stock units of the products found. */
  readonly units: readonly string[];
  /** Whether the receiving rules of the products found are asked for. */
  readonly withRules: boolean;
}

/** What was found; what is archived too. */
export interface MasterDataFound {
  readonly products: readonly Product[];
  readonly locations: readonly Location[];
  readonly lots: readonly Lot[];
  readonly units: ReadonlyMap<string, Unit>;
  /** Those of the products and of their classes. */
  readonly rules: readonly ReceivingRule[];
}

interface FoundRow {
  products: Product[];
  locations: Location[];
  lots: Lot[];
  units: { name: string; factor: string; rootUnit: string; rounding: string }[];
  rules: ReceivingRule[];
}

/** A lot or serial that the ledger has seen before Odoo has. */
export interface LotSeen {
  readonly productCode: string;
  readonly number: string;
  readonly expiryDate: LocalDate | null;
}

/** Keeps master data as Odoo has it; the newest word counts, an older one changes nothing. */
@Injectable()
export class MasterDataStore {
  /** Looks everything up in one statement. */
  async find(tx: Transaction, query: MasterDataQuery): Promise<MasterDataFound> {
    const { productCodes, gtins, locations: places, lots: numbers, units, withRules } = query;
    const [found] = await tx.query<FoundRow>(findAll, [productCodes, gtins, places, numbers, units, withRules]);
    const { products, locations, lots, units: rows, rules } = found!;
    return { products, locations, lots, units: new Map(rows.map((row) => [row.name, unitOf(row)])), rules };
  }

  /** Takes Odoo's word on a product; false when a newer one is known. */
  async saveProduct(tx: Transaction, product: ProductChanged): Promise<boolean> {
    const { productCode, gtin, tracking, unit, active, category, recordedAt } = product;
    const rows = await tx.query(
      `INSERT INTO product AS known (product_code, gtin, tracking, unit, gtins, active, category, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (product_code) DO UPDATE SET gtin = excluded.gtin, tracking = excluded.tracking, unit = excluded.unit,
         gtins = excluded.gtins, active = excluded.active, category = excluded.category, recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [productCode, gtin, tracking, unit, gtinsOf(product), active, category, recordedAt],
    );
    return rows.length > 0;
  }

  /** Takes Odoo's word on a location; false when a newer one is known. */
  async saveLocation(tx: Transaction, location: LocationChanged): Promise<boolean> {
    const { locationCode, name, usage, active, recordedAt } = location;
    const rows = await tx.query(
      `INSERT INTO location AS known (location_code, name, usage, active, recorded_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (location_code) DO UPDATE SET name = excluded.name, usage = excluded.usage, active = excluded.active,
         recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [locationCode, name, usage, active, recordedAt],
    );
    return rows.length > 0;
  }

  /** Takes Odoo's word on a unit, an archived one too: it still says how much it is. False when a newer one is known. */
  async saveUnit(tx: Transaction, { unit, factor, rootUnit, rounding, recordedAt }: UnitChanged): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO unit AS known (unit, factor, root_unit, rounding, recorded_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (unit) DO UPDATE SET factor = excluded.factor, root_unit = excluded.root_unit,
         rounding = excluded.rounding, recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [unit, factor.toFixed(), rootUnit, rounding.toFixed(), recordedAt],
    );
    return rows.length > 0;
  }

  /** Takes Odoo's word on a lot or serial; false when a newer one is known. */
  async saveLot(tx: Transaction, lot: LotChanged): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO lot AS known (product_code, lot_number, expiry_date, active, recorded_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (product_code, lot_number) DO UPDATE SET expiry_date = coalesce(excluded.expiry_date, known.expiry_date),
         active = excluded.active, recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at RETURNING 1`,
      [lot.productCode, lot.lotNumber, lot.expiryDate, lot.active, lot.recordedAt],
    );
    return rows.length > 0;
  }

  /** Keeps lots that came in by the ledger's own records until Odoo has a word on them. */
  noteLots(tx: Transaction, seen: readonly LotSeen[]): void {
    if (seen.length === 0) return;
    tx.write(
      `INSERT INTO lot (product_code, lot_number, expiry_date, active, recorded_at)
       SELECT product_code, lot_number, expiry_date, true, '-infinity'
       FROM unnest($1::text[], $2::text[], $3::date[]) AS seen (product_code, lot_number, expiry_date)
       ORDER BY product_code, lot_number ON CONFLICT (product_code, lot_number) DO NOTHING`,
      [
        seen.map(({ productCode }) => productCode),
        seen.map(({ number }) => number),
        seen.map(({ expiryDate }) => expiryDate),
      ],
    );
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
