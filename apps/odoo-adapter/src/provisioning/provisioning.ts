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
  const known = await knownRecords(odoo);
  const companies: CompanyFact[] = [];
  for (const [warehouse] of Map.groupBy(warehouses, (row) => idOf(row.company_id)).values()) {
    if (warehouse !== undefined)
      companies.push({ ...(await provisionCompany(odoo, warehouse, known)), quantityDigits: digits });
  }
  await database.transaction(async (tx) => {
    await holdLease(tx, lease);
    await saveCompanies(tx, companies);
  });
  return companies;
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

async function provisionCompany(
  odoo: Odoo,
  warehouse: WarehouseRow,
  known: ReadonlyMap<string, number>,
): Promise<Omit<CompanyFact, 'quantityDigits'>> {
  const companyId = idOf(warehouse.company_id) ?? 0;
  const location = `consumption_location_${companyId}`;
  const consumptionLocationId =
    known.get(location) ??
    // production, not inventory: consumption is a use and no loss, and only there Odoo refuses a serial that is used twice
    (await create(odoo, 'stock.location', locationFields, [location, consumption, 'production', String(companyId)]));
  const type = `consumption_type_${companyId}`;
  const operationTypeId =
    known.get(type) ??
    (await create(
      odoo,
      'stock.picking.type',
      operationTypeFields,
      operationTypeRow(type, warehouse, consumptionLocationId),
    ));
  const company = warehouse.company_id ? warehouse.company_id[1] : String(companyId);
  return { companyId, company, consumptionLocationId, operationTypeId };
}

/** Creates one record under the external id that its first column names; replicas that do so at once make one. */
async function create(
  odoo: Odoo,
  model: string,
  fields: readonly string[],
  [name = '', ...row]: readonly string[],
): Promise<number> {
  const [id] = await odoo.load(model, { context, fields, data: [[`${externalModule}.${name}`, ...row]] });
  if (id === undefined) throw new Error(`Odoo created no ${model} for ${externalModule}.${name}`);
  return id;
}

const locationFields = ['id', 'name', 'usage', 'company_id/.id'];

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
function operationTypeRow(name: string, warehouse: WarehouseRow, consumptionLocationId: number): string[] {
  const companyId = String(idOf(warehouse.company_id) ?? '');
  const places = [String(idOf(warehouse.lot_stock_id) ?? ''), String(consumptionLocationId)];
  return [
    ...[name, 'Ward consumption', 'internal', 'WCON'],
    ...[companyId, String(warehouse.id), ...places, 'never', 'manual', '0', '1'],
  ];
}
