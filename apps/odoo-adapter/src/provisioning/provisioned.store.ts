import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';
import type { CompanyFact } from '../posting/resolve-movement.js';

interface CompanyRow {
  company_id: string;
  company: string;
  consumption_type_id: string;
  adjustment_type_id: string | null;
  places: CompanyFact['places'];
  warehouses: CompanyFact['warehouses'];
  quantity_digits: number;
}

/** Stores what is set up in Odoo, per company. */
export async function saveCompanies(tx: Transaction, companies: readonly CompanyFact[]): Promise<void> {
  await tx.query(
    `INSERT INTO provisioned (company_id, company, consumption_type_id, adjustment_type_id, places, warehouses, quantity_digits)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::jsonb[], $6::jsonb[], $7::int[])
     ON CONFLICT (company_id) DO UPDATE SET company = excluded.company, quantity_digits = excluded.quantity_digits,
       consumption_type_id = excluded.consumption_type_id, adjustment_type_id = excluded.adjustment_type_id,
       places = excluded.places, warehouses = excluded.warehouses`,
    [
      companies.map(({ companyId }) => companyId),
      companies.map(({ company }) => company),
      companies.map(({ consumptionTypeId }) => consumptionTypeId),
      companies.map(({ adjustmentTypeId }) => adjustmentTypeId),
      companies.map(({ places }) => JSON.stringify(places)),
      companies.map(({ warehouses }) => JSON.stringify(warehouses)),
      companies.map((company) => company.quantityDigits),
    ],
  );
}

/** Companies that are set up in Odoo. */
export async function companiesOf(query: Query): Promise<Map<number, CompanyFact>> {
  const rows = await query.query<CompanyRow>(`SELECT * FROM provisioned`);
  return new Map(rows.map((row) => [Number(row.company_id), companyFact(row)]));
}

function companyFact(row: CompanyRow): CompanyFact {
  const { company, places, warehouses, quantity_digits: quantityDigits } = row;
  return {
    ...{ companyId: Number(row.company_id), company, places, warehouses, quantityDigits },
    consumptionTypeId: Number(row.consumption_type_id),
    adjustmentTypeId: Number(row.adjustment_type_id),
  };
}
