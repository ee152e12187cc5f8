import { virtualLocation } from './virtual-locations.js';

/** The standard document of Odoo that a movement becomes: each is a transfer (`stock.picking`) of another operation type. */
export type Operation = 'consumption' | 'receipt' | 'delivery' | 'adjustment' | 'transfer';

/** The operation types of a warehouse in Odoo (`in_type_id`, `out_type_id`, `int_type_id` of `stock.warehouse`). */
export interface WarehouseTypes {
  readonly warehouseId: number;
  readonly receipts: number;
  readonly deliveries: number;
  readonly transfers: number;
}

/**
 * Which document a movement becomes, from where it goes: to or from Consumption, from or back to the vendors, to or from
 * the loss location or scrap, and between places that hold stock, the company's transit location among them.
 */
export function operationOf(fromLocation: string, toLocation: string): Operation {
  const ends = [fromLocation, toLocation];
  const { consumption, vendors, adjustment, scrap } = virtualLocation;
  if (ends.includes(consumption)) return 'consumption';
  if (fromLocation === vendors) return 'receipt';
  if (toLocation === vendors) return 'delivery';
  return ends.includes(adjustment) || ends.includes(scrap) ? 'adjustment' : 'transfer';
}
