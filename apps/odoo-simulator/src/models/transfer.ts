import { boolean, char, date, datetime, float, integer, many2one, one2many, selection, text } from '../orm/field.js';
import type { ModelDefinition } from '../orm/model.js';
import { lineRules } from '../stock/line-rules.js';
import { moveRules } from '../stock/move-rules.js';
import { pickingMethods, pickingRules } from '../stock/picking-rules.js';
import { quantMethods, quantRules } from '../stock/quant-rules.js';

const quantityDigits = { digits: 'Product Unit' } as const;

const factorOf = (unitId: string): string => `(SELECT u.factor FROM uom_uom u WHERE u.id = ${unitId})`;
const productUnit = (alias: string): string =>
  `(SELECT t.uom_id FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id WHERE p.id = ${alias}.product_id)`;

/** Done quantity of a move in its own unit: the sum of its lines. */
const movedQuantity = (alias: string): string =>
  `round(COALESCE((SELECT sum(l.quantity * ${factorOf('l.product_uom_id')}) FROM stock_move_line l WHERE l.move_id = ${alias}.id), 0)
    / COALESCE(NULLIF(${factorOf(`${alias}.product_uom`)}, 0), 1), 6)`;

const inProductUnit = (alias: string, quantity: string, unit: string): string =>
  `CASE WHEN ${alias}.${unit} = ${productUnit(alias)} THEN ${alias}.${quantity}
    ELSE round(${alias}.${quantity} * ${factorOf(`${alias}.${unit}`)} / ${factorOf(productUnit(alias))}, 2) END`;

const shortName = (id: string): string => `(SELECT l."name" FROM stock_location l WHERE l.id = ${id})`;
const moveName = (alias: string): string =>
  `COALESCE((SELECT NULLIF(k.origin, '') || '/' FROM stock_picking k WHERE k.id = ${alias}.picking_id), '') ||
   COALESCE((SELECT NULLIF(p.default_code, '') || ': ' FROM product_product p WHERE p.id = ${alias}.product_id), '') ||
   ${shortName(`${alias}.location_id`)} || '>' || ${shortName(`${alias}.location_dest_id`)}`;

const moveStates = [
  ['draft', 'New'],
  ['waiting', 'Waiting Another Move'],
  ['confirmed', 'Waiting'],
  ['partially_available', 'Partially Available'],
  ['assigned', 'Available'],
  ['done', 'Done'],
  ['cancel', 'Cancelled'],
] as const;

const picking: ModelDefinition = {
  name: 'stock.picking',
  isDocument: true,
  label: 'Transfer',
  order: 'priority desc, scheduled_date, id desc',
  fields: {
    name: char('Reference', { default: '/', readonly: true }),
    origin: char('Source Document', { index: true }),
    note: text('Notes'),
    state: selection(
      'Status',
      [
        ['draft', 'Draft'],
        ['waiting', 'Waiting Another Operation'],
        ['confirmed', 'Waiting'],
        ['assigned', 'Ready'],
        ['done', 'Done'],
        ['cancel', 'Cancelled'],
      ],
      { readonly: true, default: 'draft', index: true },
    ),
    priority: selection(
      'Priority',
      [
        ['0', 'Normal'],
        ['1', 'Urgent'],
      ],
      { default: '0' },
    ),
    move_type: selection(
      'Shipping Policy',
      [
        ['direct', 'As soon as possible'],
        ['one', 'When all products are ready'],
      ],
      { required: true, default: 'direct' },
    ),
    picking_type_id: many2one('stock.picking.type', 'Operation Type', { required: true, index: true }),
    picking_type_code: selection('Type of Operation', [], { related: 'picking_type_id.code' }),
    location_id: many2one('stock.location', 'Source Location', { required: true, checkCompany: true }),
    location_dest_id: many2one('stock.location', 'Destination Location', { required: true, checkCompany: true }),
    move_ids: one2many('stock.move', 'picking_id', 'Stock Moves'),
    move_line_ids: one2many('stock.move.line', 'picking_id', 'Operations'),
    backorder_id: many2one('stock.picking', 'Back Order of', { index: true }),
    backorder_ids: one2many('stock.picking', 'backorder_id', 'Back Orders'),
    partner_id: many2one('res.partner', 'Contact'),
    company_id: many2one('res.company', 'Company', { readonly: true, index: true }),
    user_id: many2one('res.users', 'Responsible'),
    scheduled_date: datetime('Scheduled Date'),
    date_deadline: datetime('Deadline', { readonly: true }),
    date_done: datetime('Date of Transfer'),
  },
  unique: [{ columns: ['name', 'company_id'], message: 'Reference must be unique per company!' }],
  hooks: pickingRules,
  methods: pickingMethods,
};

const move: ModelDefinition = {
  name: 'stock.move',
  isDocument: true,
  label: 'Stock Move',
  order: 'sequence, id',
  displayName: moveName,
  searchNames: ['reference', 'origin'],
  fields: {
    sequence: integer('Sequence', { default: 10 }),
    priority: selection(
      'Priority',
      [
        ['0', 'Normal'],
        ['1', 'Urgent'],
      ],
      { default: '0' },
    ),
    reference: char('Reference', { readonly: true }),
    origin: char('Source Document'),
    picking_id: many2one('stock.picking', 'Transfer', { index: true, checkCompany: true }),
    picking_type_id: many2one('stock.picking.type', 'Operation Type', { checkCompany: true }),
    picking_code: selection('Type of Operation', [], { related: 'picking_type_id.code' }),
    company_id: many2one('res.company', 'Company', { required: true, index: true }),
    partner_id: many2one('res.partner', 'Destination Address'),
    product_id: many2one('product.product', 'Product', {
      required: true,
      index: true,
      checkCompany: true,
      ondelete: 'restrict',
    }),
    product_tmpl_id: many2one('product.template', 'Product Template', { related: 'product_id.product_tmpl_id' }),
    product_uom: many2one('uom.uom', 'Unit', { required: true }),
    product_uom_qty: float('Demand', { required: true, default: 0, ...quantityDigits }),
    product_qty: float('Real Quantity', {
      readonly: true,
      sql: (alias) => inProductUnit(alias, 'product_uom_qty', 'product_uom'),
    }),
    quantity: float('Quantity', { sql: movedQuantity, writable: true, ...quantityDigits }),
    picked: boolean('Picked'),
    state: selection('Status', moveStates, { readonly: true, default: 'draft', index: true }),
    location_id: many2one('stock.location', 'Source Location', { required: true, checkCompany: true }),
    location_dest_id: many2one('stock.location', 'Intermediate Location', { required: true, checkCompany: true }),
    location_usage: selection('Source Location Type', [], { related: 'location_id.usage' }),
    location_dest_usage: selection('Destination Location Type', [], { related: 'location_dest_id.usage' }),
    move_line_ids: one2many('stock.move.line', 'move_id', 'Move Lines'),
    procure_method: selection(
      'Supply Method',
      [
        ['make_to_stock', 'Take From Stock'],
        ['make_to_order', 'Advanced: Apply Procurement Rules'],
      ],
      { required: true, default: 'make_to_stock' },
    ),
    is_inventory: boolean('Inventory'),
    inventory_name: char('Inventory Name', { readonly: true }),
    has_tracking: selection('Product with Tracking', [], { related: 'product_id.tracking' }),
    date: datetime('Date Scheduled', { required: true, index: true }),
    date_deadline: datetime('Deadline', { readonly: true }),
    additional: boolean('Added after the confirmation', { default: false }),
    price_unit: float('Unit Price'),
    description_picking: text('Description'),
  },
  hooks: moveRules,
};

const line: ModelDefinition = {
  name: 'stock.move.line',
  isDocument: true,
  label: 'Product Moves (Stock Move Line)',
  order: 'id',
  displayName: (
    alias,
  ) => `(SELECT CASE WHEN COALESCE(p.default_code, '') <> '' THEN '[' || p.default_code || '] ' ELSE '' END || t."name"
      FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id WHERE p.id = ${alias}.product_id)`,
  searchNames: ['display_name'],
  fields: {
    picking_id: many2one('stock.picking', 'Transfer', { index: true, checkCompany: true }),
    move_id: many2one('stock.move', 'Stock Operation', { index: true, ondelete: 'cascade', checkCompany: true }),
    company_id: many2one('res.company', 'Company', { required: true, readonly: true, index: true }),
    product_id: many2one('product.product', 'Product', { index: true, checkCompany: true, ondelete: 'cascade' }),
    product_uom_id: many2one('uom.uom', 'Unit', { required: true }),
    quantity: float('Quantity', { default: 0, ...quantityDigits }),
    quantity_product_uom: float('Quantity in Product UoM', {
      readonly: true,
      sql: (alias) => inProductUnit(alias, 'quantity', 'product_uom_id'),
    }),
    picked: boolean('Picked'),
    lot_id: many2one('stock.lot', 'Lot/Serial Number', { index: true, checkCompany: true }),
    lot_name: char('Lot/Serial Number Name'),
    location_id: many2one('stock.location', 'From', { required: true, checkCompany: true }),
    location_dest_id: many2one('stock.location', 'To', { required: true, checkCompany: true }),
    state: selection('Status', moveStates, { related: 'move_id.state' }),
    reference: char('Reference', { related: 'move_id.reference' }),
    origin: char('Source', { related: 'move_id.origin' }),
    is_inventory: boolean('Inventory', { related: 'move_id.is_inventory' }),
    tracking: selection('Product with Tracking', [], { related: 'product_id.tracking' }),
    picking_type_id: many2one('stock.picking.type', 'Operation type', { related: 'picking_id.picking_type_id' }),
    date: datetime('Date', { required: true, index: true }),
    expiration_date: datetime('Expiration Date'),
    removal_date: datetime('Removal Date', { related: 'lot_id.removal_date' }),
  },
  indexes: [['product_id', 'location_id', 'lot_id'], ['write_date']],
  hooks: lineRules,
};

const quant: ModelDefinition = {
  name: 'stock.quant',
  label: 'Quants',
  order: 'id',
  displayName: (alias) => `(SELECT l.complete_name FROM stock_location l WHERE l.id = ${alias}.location_id) ||
      COALESCE((SELECT ' - ' || b."name" FROM stock_lot b WHERE b.id = ${alias}.lot_id), '')`,
  searchNames: ['display_name'],
  fields: {
    product_id: many2one('product.product', 'Product', { required: true, checkCompany: true }),
    product_tmpl_id: many2one('product.template', 'Product Template', { related: 'product_id.product_tmpl_id' }),
    product_uom_id: many2one('uom.uom', 'Unit', { related: 'product_id.uom_id' }),
    product_categ_id: many2one('product.category', 'Product Category', { related: 'product_tmpl_id.categ_id' }),
    tracking: selection('Tracking', [], { related: 'product_id.tracking' }),
    company_id: many2one('res.company', 'Company', { readonly: true, index: true }),
    location_id: many2one('stock.location', 'Location', { required: true, index: true }),
    warehouse_id: many2one('stock.warehouse', 'Warehouse', { related: 'location_id.warehouse_id' }),
    lot_id: many2one('stock.lot', 'Lot/Serial Number', { index: true, ondelete: 'restrict', checkCompany: true }),
    owner_id: many2one('res.partner', 'Owner'),
    quantity: float('Quantity', { readonly: true, ...quantityDigits }),
    reserved_quantity: float('Reserved Quantity', { readonly: true, required: true, default: 0, ...quantityDigits }),
    available_quantity: float('Available Quantity', {
      readonly: true,
      sql: (alias) => `${alias}.quantity - ${alias}.reserved_quantity`,
    }),
    in_date: datetime('Incoming Date', { required: true, readonly: true }),
    inventory_quantity: float('Counted', quantityDigits),
    inventory_quantity_auto_apply: float('Inventoried Quantity', {
      sql: (alias) => `${alias}.quantity`,
      writable: true,
      ...quantityDigits,
    }),
    inventory_diff_quantity: float('Difference', { readonly: true, ...quantityDigits }),
    inventory_date: date('Scheduled'),
    inventory_quantity_set: boolean('Inventory Quantity Set'),
    user_id: many2one('res.users', 'Assigned To'),
    expiration_date: datetime('Expiration Date', { related: 'lot_id.expiration_date' }),
    removal_date: datetime('Removal Date', { related: 'lot_id.removal_date' }),
  },
  indexes: [['product_id', 'location_id', 'lot_id']],
  hooks: quantRules,
  methods: quantMethods,
};

/** Transfers, their moves and lines, and the quantities that they change. */
export const transferModels: readonly ModelDefinition[] = [picking, move, line, quant];
