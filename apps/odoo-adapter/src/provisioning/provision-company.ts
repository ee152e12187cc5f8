import { idOf, type Many2one, type Odoo } from '../odoo.js';
import type { WarehouseTypes } from '../posting/operation.js';
import { externalModule } from '../posting/picking-document.js';
import type { CompanyFact } from '../posting/resolve-movement.js';
import { isScrap, virtualLocation, type Places, type VirtualLocation } from '../posting/virtual-locations.js';

const context = { lang: 'en_US', tz: 'UTC' };

/** A warehouse as provisioning reads it (`stock.warehouse`). */
export interface WarehouseRow {
  readonly id: number;
  readonly company_id: Many2one;
  readonly lot_stock_id: Many2one;
  readonly in_type_id: Many2one;
  readonly out_type_id: Many2one;
  readonly int_type_id: Many2one;
}

/** A virtual location that is there, archived or not (`stock.location`). */
export interface VirtualRow {
  readonly id: number;
  readonly usage: string;
  readonly complete_name: string;
  readonly company_id: Many2one;
  readonly active: boolean;
}

/** What Odoo has already: records that earlier starts made, by external id, and virtual locations, oldest first. */
export interface Present {
  readonly made: ReadonlyMap<string, number>;
  readonly virtual: readonly VirtualRow[];
}

/** Finds or makes what posting needs in one company, given its warehouses, oldest first; safe to repeat. */
export async function provisionCompany(
  odoo: Odoo,
  [first, ...others]: readonly [WarehouseRow, ...WarehouseRow[]],
  present: Present,
): Promise<Omit<CompanyFact, 'quantityDigits'>> {
  const companyId = idOf(first.company_id) ?? 0;
  const company = first.company_id ? first.company_id[1] : String(companyId);
  const places = await placesOf(odoo, companyId, present);
  const type = async (role: string, name: string, code: string, destination: number): Promise<number> => {
    const id = `${role}_type_${companyId}`;
    const row = [id, name, 'internal', code, ...operationTypeRow(first, destination)];
    return present.made.get(id) ?? create(odoo, 'stock.picking.type', operationTypeFields, row);
  };
  return {
    ...{ companyId, company, places, warehouses: [first, ...others].map(typesOf) },
    consumptionTypeId: await type('consumption', 'Ward consumption', 'WCON', places[virtualLocation.consumption]),
    adjustmentTypeId: await type('adjustment', 'Stock adjustment', 'WADJ', places[virtualLocation.adjustment]),
  };
}

function typesOf({
  id,
  in_type_id: receipts,
  out_type_id: deliveries,
  int_type_id: transfers,
}: WarehouseRow): WarehouseTypes {
  return {
    warehouseId: id,
    receipts: idOf(receipts) ?? 0,
    deliveries: idOf(deliveries) ?? 0,
    transfers: idOf(transfers) ?? 0,
  };
}

/** The company's virtual locations: Odoo's own where it has them, else made by external id. */
async function placesOf(odoo: Odoo, companyId: number, { made, virtual }: Present): Promise<Places> {
  const own = virtual.filter((row) => idOf(row.company_id) === companyId);
  const oldest = (usage: string, isIt: (row: VirtualRow) => boolean, among = own): VirtualRow | undefined =>
    among.find((row) => row.usage === usage && isIt(row));
  const orMade = async (found: VirtualRow | undefined, role: string, name: VirtualLocation, usage: string) => {
    const id = `${role}_location_${companyId}`;
    const row = [id, name, usage, String(companyId)];
    return found?.id ?? made.get(id) ?? create(odoo, 'stock.location', locationFields, row);
  };
  const transit = oldest('transit', () => true);
  if (transit?.active === false) await show(odoo, transit.id);
  const { consumption, vendors, adjustment, scrap } = virtualLocation;
  const loss = oldest('inventory', (row) => !isScrap(row.complete_name));
  const scrapped = oldest('inventory', (row) => isScrap(row.complete_name));
  const outside = virtual.filter((row) => [companyId, null].includes(idOf(row.company_id)));
  return {
    // production, not inventory: consumption is a use and no loss, and only there Odoo refuses a serial that is used twice
    [consumption]: await orMade(undefined, 'consumption', consumption, 'production'),
    [vendors]: await orMade(
      oldest('supplier', () => true, outside),
      'vendors',
      vendors,
      'supplier',
    ),
    [virtualLocation.transit]: await orMade(transit, 'transit', virtualLocation.transit, 'transit'),
    [adjustment]: await orMade(loss, 'adjustment', adjustment, 'inventory'),
    [scrap]: await orMade(scrapped, 'scrap', scrap, 'inventory'),
  };
}

/** Odoo hides the transit location of a company with one warehouse; goods that lie in it must be seen. */
async function show(odoo: Odoo, id: number): Promise<void> {
  await odoo.call('stock.location', 'write', { ids: [id], vals: { active: true }, context });
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
  ...['id', 'name', 'code', 'sequence_code', 'company_id/.id', 'warehouse_id/.id'],
  ...['default_location_src_id/.id', 'default_location_dest_id/.id', 'create_backorder', 'reservation_method'],
  ...['use_create_lots', 'use_existing_lots'],
];

/** Internal, not outgoing: deliveries bring carriers and messages to customers. Lots are used, never made up. */
function operationTypeRow(warehouse: WarehouseRow, destination: number): string[] {
  const owner = [String(idOf(warehouse.company_id) ?? ''), String(warehouse.id)];
  const places = [String(idOf(warehouse.lot_stock_id) ?? ''), String(destination)];
  return [...owner, ...places, 'never', 'manual', '0', '1'];
}
