import type { CompanyFact, LocationFact, OdooFacts, ProductFact } from '../posting/resolve-movement.js';
import type { Movement } from '../posting/posting.js';
import type { Query } from '../posting/posting.store.js';

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
  };
}

interface CompanyRow {
  company_id: string;
  company: string;
  consumption_location_id: string;
  operation_type_id: string;
  quantity_digits: number;
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
      movements.flatMap(({ fromLocation, toLocation }) => [fromLocation, toLocation]),
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
    lots: firstOf(of('stock.lot'), ({ odoo_id: id }) => Number(id)),
    companies: await companiesOf(query),
  };
}

/** Companies that are set up in Odoo. */
export async function companiesOf(query: Query): Promise<Map<number, CompanyFact>> {
  const rows = await query.query<CompanyRow>(`SELECT * FROM provisioned`);
  return new Map(
    rows.map((row) => [
      Number(row.company_id),
      {
        companyId: Number(row.company_id),
        company: row.company,
        consumptionLocationId: Number(row.consumption_location_id),
        operationTypeId: Number(row.operation_type_id),
        quantityDigits: row.quantity_digits,
      },
    ]),
  );
}

function firstOf<T>(rows: Map<string, RecordRow[]>, read: (row: RecordRow) => T): Map<string, T> {
  return new Map([...rows].map(([code, [first]]) => [code, read(first!)]));
}

function productFact({ odoo_id: id, data }: RecordRow): ProductFact {
  const { unit = '', unitId = 0, tracking = 'UNKNOWN', category = '' } = data;
  return { odooId: Number(id), unit, unitId, tracking, category };
}

function locationFact({ odoo_id: id, data }: RecordRow): LocationFact {
  return { odooId: Number(id), usage: data.usage ?? '', companyId: data.companyId ?? null };
}
