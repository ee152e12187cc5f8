import { boolean, char, datetime, float, integer, many2one, one2many, selection, text } from '../orm/field.js';
import type { ModelDefinition } from '../orm/model.js';
import { locationRules } from '../stock/location-rules.js';
import { lotRules } from '../stock/lot-rules.js';
import { pickingTypeRules } from '../stock/picking-type-rules.js';
import { createWarehouseParts } from '../stock/warehouse.js';

const active = boolean('Active', { default: true });
const internalQuantity = (alias: string): string =>
  `COALESCE((SELECT sum(q.quantity) FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
    WHERE q.lot_id = ${alias}.id AND (l.usage = 'internal' OR (l.usage = 'transit' AND l.company_id IS NOT NULL))), 0)`;

/** The one location of a lot, when it lies in just one. */
const onlyLocation = (alias: string): string =>
  `SELECT CASE WHEN count(DISTINCT q.location_id) = 1 THEN min(q.location_id) END FROM stock_quant q
    WHERE q.lot_id = ${alias}.id AND q.quantity > 0`;

/** Kinds of location. */
export const usages = [
  ['supplier', 'Vendor'],
  ['view', 'Virtual'],
  ['internal', 'Internal'],
  ['customer', 'Customer'],
  ['inventory', 'Inventory Loss'],
  ['production', 'Production'],
  ['transit', 'Transit'],
] as const;

const warehouse: ModelDefinition = {
  name: 'stock.warehouse',
  label: 'Warehouse',
  order: 'sequence, id',
  fields: {
    name: char('Warehouse', { required: true }),
    code: char('Short Name', { required: true }),
    sequence: integer('Sequence', { default: 10 }),
    company_id: many2one('res.company', 'Company', { required: true }),
    partner_id: many2one('res.partner', 'Address'),
    view_location_id: many2one('stock.location', 'View Location'),
    lot_stock_id: many2one('stock.location', 'Location Stock'),
    in_type_id: many2one('stock.picking.type', 'In Type'),
    out_type_id: many2one('stock.picking.type', 'Out Type'),
    int_type_id: many2one('stock.picking.type', 'Internal Type'),
    active,
  },
  unique: [
    { columns: ['name', 'company_id'], message: 'The name of the warehouse must be unique per company!' },
    { columns: ['code', 'company_id'], message: 'The short name of the warehouse must be unique per company!' },
  ],
  hooks: {
    async beforeCreate(env, records) {
      for (const record of records) record['company_id'] ??= env.companyId;
    },
    afterCreate: createWarehouseParts,
  },
};

const location: ModelDefinition = {
  name: 'stock.location',
  label: 'Inventory Locations',
  order: 'complete_name, id',
  parent: 'location_id',
  displayName: (alias) => `${alias}."complete_name"`,
  searchNames: ['complete_name', 'barcode'],
  fields: {
    name: char('Location Name', { required: true }),
    complete_name: char('Full Location Name', { readonly: true, index: true }),
    usage: selection('Location Type', usages, { required: true, default: 'internal' }),
    location_id: many2one('stock.location', 'Parent Location', { index: true, checkCompany: true }),
    child_ids: one2many('stock.location', 'location_id', 'Contains'),
    parent_path: char('Parent Path', { index: true }),
    company_id: many2one('res.company', 'Company', { index: true }),
    barcode: char('Barcode'),
    quant_ids: one2many('stock.quant', 'location_id', 'Quants'),
    replenish_location: boolean('Replenishments', { default: false }),
    warehouse_id: many2one('stock.warehouse', 'Warehouse', {
      readonly: true,
      sql: (alias) => `SELECT w.id FROM stock_warehouse w JOIN stock_location v ON v.id = w.view_location_id
          WHERE ${alias}.parent_path LIKE v.parent_path || '%' ORDER BY length(v.parent_path) DESC LIMIT 1`,
    }),
    comment: text('Additional Information'),
    active,
  },
  unique: [{ columns: ['barcode', 'company_id'], message: 'The barcode for a location must be unique per company!' }],
  hooks: locationRules,
};

const nameOfWarehouse = (alias: string): string =>
  `(SELECT w."name" FROM stock_warehouse w WHERE w.id = ${alias}.warehouse_id)`;

const pickingType: ModelDefinition = {
  name: 'stock.picking.type',
  label: 'Picking Type',
  order: 'sequence, id',
  displayName: (alias) => `COALESCE(${nameOfWarehouse(alias)} || ': ', '') || ${alias}."name"`,
  searchNames: ['name'],
  fields: {
    name: char('Operation Type', { required: true }),
    sequence: integer('Sequence', { default: 10 }),
    sequence_id: many2one('ir.sequence', 'Reference Sequence', { checkCompany: true }),
    sequence_code: char('Sequence Prefix', { required: true }),
    code: selection(
      'Type of Operation',
      [
        ['incoming', 'Receipt'],
        ['outgoing', 'Delivery'],
        ['internal', 'Internal Transfer'],
      ],
      { required: true, default: 'incoming' },
    ),
    default_location_src_id: many2one('stock.location', 'Source Location', { required: true, checkCompany: true }),
    default_location_dest_id: many2one('stock.location', 'Destination Location', {
      required: true,
      checkCompany: true,
    }),
    return_picking_type_id: many2one('stock.picking.type', 'Operation Type for Returns', { checkCompany: true }),
    warehouse_id: many2one('stock.warehouse', 'Warehouse', { ondelete: 'cascade', checkCompany: true }),
    company_id: many2one('res.company', 'Company', { required: true }),
    use_create_lots: boolean('Create New Lots/Serial Numbers', { default: true }),
    use_existing_lots: boolean('Use Existing Lots/Serial Numbers', { default: true }),
    create_backorder: selection(
      'Create Backorder',
      [
        ['ask', 'Ask'],
        ['always', 'Always'],
        ['never', 'Never'],
      ],
      { required: true, default: 'ask' },
    ),
    reservation_method: selection(
      'Reservation Method',
      [
        ['at_confirm', 'At Confirmation'],
        ['manual', 'Manually'],
        ['by_date', 'Before scheduled date'],
      ],
      { required: true, default: 'at_confirm' },
    ),
    move_type: selection(
      'Shipping Policy',
      [
        ['direct', 'As soon as possible'],
        ['one', 'When all products are ready'],
      ],
      { required: true, default: 'direct' },
    ),
    barcode: char('Barcode'),
    active,
  },
  hooks: pickingTypeRules,
};

const lot: ModelDefinition = {
  name: 'stock.lot',
  label: 'Lot/Serial',
  order: 'name, id',
  fields: {
    name: char('Lot/Serial Number', { required: true }),
    ref: char('Internal Reference'),
    product_id: many2one('product.product', 'Product', { required: true, index: true, checkCompany: true }),
    product_uom_id: many2one('uom.uom', 'Unit', { related: 'product_id.uom_id' }),
    company_id: many2one('res.company', 'Company', { index: true }),
    quant_ids: one2many('stock.quant', 'lot_id', 'Quants'),
    product_qty: float('On Hand Quantity', { readonly: true, sql: internalQuantity }),
    location_id: many2one('stock.location', 'Location', { sql: onlyLocation }),
    note: text('Description'),
    use_expiration_date: boolean('Use Expiration Date', { related: 'product_id.use_expiration_date' }),
    expiration_date: datetime('Expiration Date'),
    use_date: datetime('Best before Date'),
    removal_date: datetime('Removal Date'),
    alert_date: datetime('Alert Date'),
    product_expiry_alert: boolean('Expiry Alert', {
      readonly: true,
      sql: (alias) => `COALESCE(${alias}.expiration_date <= (now() AT TIME ZONE 'UTC'), FALSE)`,
    }),
    product_expiry_reminded: boolean('Expiry has been reminded'),
  },
  indexes: [['product_id', 'name']],
  hooks: lotRules,
};

/** Where stock lies, in which lots, and by which kind of operation it moves. */
export const stockModels: readonly ModelDefinition[] = [warehouse, location, pickingType, lot];
