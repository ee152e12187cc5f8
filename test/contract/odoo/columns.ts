import type { Row } from './rpc.js';

/** What a hospital of the suite consists of. */
export interface HospitalFacts {
  readonly company: number;
  readonly warehouse: Row;
  readonly ward: number;
  readonly consumption: number;
  readonly operationType: number;
  readonly sequenceCode: string;
  readonly unit: number;
}

/** One movement to be posted as a transfer. */
export interface Movement {
  readonly id: string;
  readonly product: number;
  readonly quantity: number | string;
  readonly lot?: number;
  readonly from?: number;
  readonly to?: number;
  readonly unit?: number;
  readonly origin?: string;
  /** Operation type; the hospital's own one when none is given. */
  readonly type?: number;
}

const transferColumns = ['id', 'picking_type_id/.id', 'location_id/.id', 'location_dest_id/.id', 'origin'];
const moveColumns = [
  'id',
  'product_id/.id',
  'product_uom_qty',
  'product_uom/.id',
  'location_id/.id',
  'location_dest_id/.id',
];
const lineColumns = [
  'id',
  'product_id/.id',
  'product_uom_id/.id',
  'lot_id/.id',
  'quantity',
  'picked',
  'location_id/.id',
  'location_dest_id/.id',
];

/** The columns of a posting; test/contract/odoo/README.md part 1 explains each. */
export const postingColumns: readonly string[] = [
  ...transferColumns,
  ...moveColumns.map((column) => `move_ids/${column}`),
  ...lineColumns.map((column) => `move_line_ids/${column}`),
];

/** Contexts that answer the two wizards of a validation. */
export const withoutWizards = { skip_backorder: true, skip_expired: true };

/** The columns that provision an operation type. */
export const operationTypeColumns: readonly string[] = [
  ...['id', 'name', 'code', 'sequence_code', 'company_id/.id', 'warehouse_id/.id'],
  ...[
    'default_location_src_id/.id',
    'default_location_dest_id/.id',
    'create_backorder',
    'reservation_method',
    'use_create_lots',
    'use_existing_lots',
  ],
];

/** The row of one movement, in the order of {@link postingColumns}. */
export function postingRow(movement: Movement, hospital: HospitalFacts): unknown[] {
  const { id, product, quantity, lot = '', origin = id } = movement;
  const { from = hospital.ward, to = hospital.consumption, unit = hospital.unit } = movement;
  const { type = hospital.operationType } = movement;
  return [
    ...[`wardline.${id}`, type, from, to, origin],
    ...[`wardline.${id}_move`, product, quantity, unit, from, to],
    ...[`wardline.${id}_line`, product, unit, lot, quantity, '1', from, to],
  ];
}
