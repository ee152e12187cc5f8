import { LocationChanged, Topic } from '@wardline/event-contracts';
import { businessEvent } from '@wardline/event-handling';
import { idOf, orNull, type Many2one } from '../odoo.js';
import type { MasterModel, MasterRow, OdooRow } from './master-model.js';

/** A location as Odoo reads it. */
export interface LocationRow {
  readonly id: number;
  readonly complete_name: string;
  readonly barcode: string | false;
  readonly usage: string;
  readonly company_id: Many2one;
  readonly warehouse_id: Many2one;
  readonly active: boolean;
}

/** Stock locations by barcode, else complete name. */
export const locations: MasterModel = {
  model: 'stock.location',
  domain: [],
  fields: ['complete_name', 'barcode', 'usage', 'company_id', 'warehouse_id', 'active'],
  feeds: [],
  dependents: ['stock.lot'],
  understand: async (rows) => (rows as readonly (OdooRow & LocationRow)[]).map(locationRow),
  event: ({ code, active, odooId, data }, at) =>
    businessEvent(Topic.MasterdataLocation, code, LocationChanged, {
      occurredAt: at,
      locationCode: code,
      name: String(data['name']),
      usage: String(data['usage']),
      company: data['company'] as string | null,
      active,
      odooId: BigInt(odooId),
    }),
  announces: (code) => [`location:${code}`],
};

/** A location in our words. */
export function locationRow(row: LocationRow): MasterRow {
  const { id, complete_name: name, barcode, usage, company_id: company, warehouse_id: warehouse, active } = row;
  const owner = { company: company ? company[1] : null, companyId: idOf(company), warehouseId: idOf(warehouse) };
  const data = { name, usage, ...owner };
  return { odooId: id, code: orNull(barcode) ?? name, active, data };
}
