import type { LocalDate } from '@wardline/event-contracts';
import type { LocationFact, LotFact, OdooFacts, ProductFact } from '../posting/resolve-movement.js';
import { companiesOf } from '../provisioning/provisioned.store.js';
import type { Movement } from '../posting/posting.js';
import type { Query } from '../posting/posting.store.js';
import { besideQuarantine } from '../posting/quarantine-place.js';

interface RecordRow {
  model: string;
  code: string;
  odoo_id: string;
  data: {
    unit?: string;
    unitId?: number;
    tracking?: string;
    category?: string;
    usage?: string;
    companyId?: number | null;
    warehouseId?: number | null;
    expiryDate?: LocalDate | null;
  };
}

/**
 * What is known of Odoo that these movements mention. Of two records with one code the active one counts, then the older.
 */
export async function factsFor(query: Query, movements: readonly Movement[]): Promise<OdooFacts> {
  const lots = movements.flatMap(({ productCode, serialNumber, lotNumber }) => {
    const name = serialNumber ?? lotNumber;
    return name === null ? [] : [`${productCode}/${name}`];
  });
  const records = await query.query<RecordRow>(
    `SELECT model, code, odoo_id, data FROM master_record
      WHERE NOT gone AND ((model = 'product.product' AND code = ANY($1)) OR (model = 'stock.location' AND code = ANY($2))
         OR (model = 'stock.lot' AND code = ANY($3)))
      ORDER BY model, code, active DESC, odoo_id`,
    [
      movements.map(({ productCode }) => productCode),
      movements.flatMap(({ fromLocation, toLocation }) => [fromLocation, toLocation].flatMap(withBeside)),
      lots,
    ],
  );
  const of = (model: string) =>
    Map.groupBy(
      records.filter((row) => row.model === model),
      ({ code }) => code,
    );
  return {
    products: firstOf(of('product.product'), productFact),
    locations: new Map([...of('stock.location')].map(([code, rows]) => [code, rows.map(locationFact)])),
    lots: firstOf(of('stock.lot'), lotFact),
    companies: await companiesOf(query),
  };
}

/** A place of quarantine stands beside another, which tells where to make it. */
function withBeside(code: string): string[] {
  const beside = besideQuarantine(code);
  return beside === null ? [code] : [code, beside];
}

function firstOf<T>(rows: Map<string, RecordRow[]>, read: (row: RecordRow) => T): Map<string, T> {
  return new Map([...rows].map(([code, [first]]) => [code, read(first!)]));
}

function productFact({ odoo_id: id, data }: RecordRow): ProductFact {
  const { unit = '', unitId = 0, tracking = 'UNKNOWN', category = '' } = data;
  return { odooId: Number(id), unit, unitId, tracking, category };
}

function locationFact({ odoo_id: id, data }: RecordRow): LocationFact {
  const { usage = '', companyId = null, warehouseId = null } = data;
  return { odooId: Number(id), usage, companyId, warehouseId };
}

function lotFact({ odoo_id: id, data }: RecordRow): LotFact {
  return { odooId: Number(id), expiryDate: data.expiryDate ?? null };
}
