import { isLocalDate, LotChanged, Topic, type LocalDate } from '@wardline/event-contracts';
import { businessEvent } from '@wardline/event-handling';
import { idOf, type Many2one } from '../odoo.js';
import type { MasterModel, OdooRow } from './master-model.js';
import { namesOf, type RecordName } from './master-record.store.js';

interface LotRow {
  readonly id: number;
  readonly name: string;
  readonly product_id: Many2one;
  readonly expiration_date: string | false;
  readonly location_id: Many2one;
}

/** Lots and serials, under the code of their product. Where a serial is, Odoo tells with `location_id`. */
export const lots: MasterModel = {
  model: 'stock.lot',
  domain: [],
  fields: ['name', 'product_id', 'expiration_date', 'location_id'],
  feeds: [],
  dependents: [],
  understand: async (rows, { database }) => {
    const page = rows as readonly (OdooRow & LotRow)[];
    const products = await namesOf(
      database,
      'product.product',
      page.map((row) => idOf(row.product_id)),
    );
    const locations = await namesOf(
      database,
      'stock.location',
      page.map((row) => idOf(row.location_id)),
    );
    return page.flatMap((row) => lotRow(row, products, locations));
  },
  event: ({ code, active, odooId, data }, at) =>
    businessEvent(Topic.MasterdataLot, code, LotChanged, {
      occurredAt: at,
      productCode: String(data['productCode']),
      lotNumber: String(data['lotNumber']),
      expiryDate: data['expiryDate'] as LocalDate | null,
      locationCode: data['locationCode'] as string | null,
      active,
      odooId: BigInt(odooId),
    }),
  announces: (code) => [`lot:${code}`],
};

function lotRow(row: LotRow, products: ReadonlyMap<number, RecordName>, locations: ReadonlyMap<number, RecordName>) {
  const product = products.get(idOf(row.product_id) ?? -1);
  if (product === undefined) return [];
  const location = locations.get(idOf(row.location_id) ?? -1);
  const isInStock = product.data['tracking'] === 'SERIAL' && location?.data['usage'] === 'internal';
  const data = {
    productCode: product.code,
    lotNumber: row.name,
    expiryDate: dayOf(row.expiration_date),
    locationCode: isInStock ? location.code : null,
  };
  return [{ odooId: row.id, code: `${product.code}/${row.name}`, active: true, data }];
}

/** The calendar day of an Odoo date-time, which is UTC. */
export function dayOf(dateTime: string | false): LocalDate | null {
  const day = dateTime === false ? '' : dateTime.slice(0, 10);
  return isLocalDate(day) ? day : null;
}
