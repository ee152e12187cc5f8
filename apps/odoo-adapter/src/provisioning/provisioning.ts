import type { Database } from '@wardline/outbox';
import { holdLease, type Lease } from '../lease.store.js';
import { quantityDigits } from '../master-data/units.js';
import { idOf, type Odoo } from '../odoo.js';
import { externalModule } from '../posting/picking-document.js';
import type { CompanyFact } from '../posting/resolve-movement.js';
import { checkModules, checkRights, checkVersion } from './odoo-requirements.js';
import { provisionCompany, type Present, type VirtualRow, type WarehouseRow } from './provision-company.js';
import { saveCompanies } from './provisioned.store.js';

const context = { lang: 'en_US', tz: 'UTC' };

/** The Odoo that is set up: the port and the version it told. */
export interface OdooServer extends Odoo {
  version(): Promise<{ readonly series: string; readonly major: number }>;
}

/**
 * Checks that this Odoo can be posted to and creates by external id what posting needs, per company with a warehouse: the
 * virtual locations that it lacks ("Consumption", often "Scrap") and the operation types "Ward consumption" and "Stock
 * adjustment". Safe to repeat. Throws `OdooUnsuitable` with one line per thing that is missing, and `OdooError` when Odoo
 * cannot be asked.
 */
export async function provision(odoo: OdooServer, database: Database, lease: Lease): Promise<CompanyFact[]> {
  checkVersion(await odoo.version());
  await checkModules(odoo);
  await checkRights(odoo);
  const digits = await quantityDigits({ odoo });
  const warehouses = await odoo.searchRead<WarehouseRow>('stock.warehouse', {
    domain: [],
    fields: ['company_id', 'lot_stock_id', 'in_type_id', 'out_type_id', 'int_type_id'],
    order: 'id',
    context,
  });
  const present = { made: await knownRecords(odoo), virtual: await virtualLocations(odoo) } satisfies Present;
  const companies: CompanyFact[] = [];
  for (const [first, ...others] of Map.groupBy(warehouses, (row) => idOf(row.company_id)).values()) {
    if (first !== undefined)
      companies.push({ ...(await provisionCompany(odoo, [first, ...others], present)), quantityDigits: digits });
  }
  await database.transaction(async (tx) => {
    await holdLease(tx, lease);
    await saveCompanies(tx, companies);
  });
  return companies;
}

async function virtualLocations(odoo: Odoo): Promise<VirtualRow[]> {
  return odoo.searchRead<VirtualRow>('stock.location', {
    domain: [['usage', 'in', ['supplier', 'transit', 'inventory']]],
    fields: ['usage', 'complete_name', 'company_id', 'active'],
    order: 'id',
    context: { ...context, active_test: false },
  });
}

/** What an earlier start made, by external id: found again and left as its administrator may have changed it. */
async function knownRecords(odoo: Odoo): Promise<Map<string, number>> {
  const rows = await odoo.searchRead<{ name: string; res_id: number }>('ir.model.data', {
    domain: [
      ['module', '=', externalModule],
      ['model', 'in', ['stock.location', 'stock.picking.type']],
    ],
    fields: ['name', 'res_id'],
  });
  return new Map(rows.map(({ name, res_id: id }) => [name, id]));
}
