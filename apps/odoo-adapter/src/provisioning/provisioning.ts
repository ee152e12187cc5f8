import type { Database } from '@wardline/outbox';
import { holdLease, type Lease } from '../lease.store.js';
import { quantityDigits } from '../master-data/units.js';
import { idOf, type Many2one, type Odoo } from '../odoo.js';
import { externalModule } from '../posting/picking-document.js';
import { consumption, type CompanyFact } from '../posting/resolve-movement.js';
import { checkModules, checkRights, checkVersion } from './odoo-requirements.js';
import { saveCompanies } from './provisioned.store.js';

const context = { lang: 'en_US', tz: 'UTC' };

interface WarehouseRow {
  readonly id: number;
  readonly company_id: Many2one;
  readonly lot_stock_id: Many2one;
}

/** The Odoo that is set up: the port and the version it told. */
export interface OdooServer extends Odoo {
  version(): Promise<{ readonly series: string; readonly major: number }>;
}

/**
 * Checks that this Odoo can be posted to and creates by external id what posting needs, per company with a warehouse: the
 * virtual location "Consumption" and the operation type "Ward consumption". Safe to repeat. Throws `OdooUnsuitable` with
 * one line per thing that is missing, and `OdooError` when Odoo cannot be asked.
 */
export async function provision(odoo: OdooServer, database: Database, lease: Lease): Promise<CompanyFact[]> {
  checkVersion(await odoo.version());
  await checkModules(odoo);
  await checkRights(odoo);
  const digits = await quantityDigits({ odoo });
  const warehouses = await odoo.searchRead<WarehouseRow>('stock.warehouse', {
    domain: [],
    fields: ['company_id', 'lot_stock_id'],
    order: 'id',
    context,
  });
  const companies: CompanyFact[] = [];
  for (const rows of Map.groupBy(warehouses, (row) => idOf(row.company_id)).values()) {
    companies.push({ ...(await provisionCompany(odoo, rows[0]!)), quantityDigits: digits });
  }
  await database.transaction(async (tx) => {
    await holdLease(tx, lease);
    await saveCompanies(tx, companies);
  });
  return companies;
}

async function provisionCompany(odoo: Odoo, warehouse: WarehouseRow): Promise<Omit<CompanyFact, 'quantityDigits'>> {
  const companyId = idOf(warehouse.company_id) ?? 0;
  const [consumptionLocationId] = await odoo.load('stock.location', {
    context,
    fields: ['id', 'name', 'usage', 'company_id/.id'],
    // production, not inventory: consumption is a use and no loss, and only there Odoo refuses a serial that is used twice
    data: [[`${externalModule}.consumption_location_${companyId}`, consumption, 'production', String(companyId)]],
  });
  const [operationTypeId] = await odoo.load('stock.picking.type', {
    context,
    fields: operationTypeFields,
    data: [operationTypeRow(companyId, warehouse, consumptionLocationId!)],
  });
  const company = warehouse.company_id ? warehouse.company_id[1] : String(companyId);
  return { companyId, company, consumptionLocationId: consumptionLocationId!, operationTypeId: operationTypeId! };
}

const operationTypeFields = [
  'id',
  'name',
  'code',
  'sequence_code',
  'company_id/.id',
  'warehouse_id/.id',
  'default_location_src_id/.id',
  'default_location_dest_id/.id',
  'create_backorder',
  'reservation_method',
  'use_create_lots',
  'use_existing_lots',
];

/** Internal, not outgoing: deliveries bring carriers and messages to customers. Lots are used, never made up. */
function operationTypeRow(companyId: number, warehouse: WarehouseRow, consumptionLocationId: number): string[] {
  const places = [String(idOf(warehouse.lot_stock_id) ?? ''), String(consumptionLocationId)];
  return [
    ...[`${externalModule}.consumption_type_${companyId}`, 'Ward consumption', 'internal', 'WCON'],
    ...[String(companyId), String(warehouse.id), ...places, 'never', 'manual', '0', '1'],
  ];
}
