import type { Transaction } from '@wardline/event-handling';
import type { CompanyFact } from '../posting/resolve-movement.js';

/** Stores what is set up in Odoo, per company. */
export async function saveCompanies(tx: Transaction, companies: readonly CompanyFact[]): Promise<void> {
  await tx.query(
    `INSERT INTO provisioned (company_id, company, consumption_location_id, operation_type_id, quantity_digits)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::int[])
     ON CONFLICT (company_id) DO UPDATE SET company = excluded.company, quantity_digits = excluded.quantity_digits,
       consumption_location_id = excluded.consumption_location_id, operation_type_id = excluded.operation_type_id`,
    [
      companies.map(({ companyId }) => companyId),
      companies.map(({ company }) => company),
      companies.map(({ consumptionLocationId }) => consumptionLocationId),
      companies.map(({ operationTypeId }) => operationTypeId),
      companies.map((company) => company.quantityDigits),
    ],
  );
}
