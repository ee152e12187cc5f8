import { boolean, char, date, float, integer, many2many, many2one, one2many, selection, text } from '../orm/field.js';
import type { ModelDefinition } from '../orm/model.js';
import { numberTree } from '../stock/tree.js';
import { packagingRules, productRules, supplierRules, templateRules, unitRules } from '../stock/product-rules.js';

const active = boolean('Active', { default: true });

/** `[code] name`, as Odoo shows a product. */
const codedName = (alias: string): string => {
  const template = `(SELECT t."name" FROM product_template t WHERE t.id = ${alias}.product_tmpl_id)`;
  return `CASE WHEN COALESCE(${alias}.default_code, '') <> '' THEN '[' || ${alias}.default_code || '] ' ELSE '' END || ${template}`;
};

const codedTemplate = (alias: string): string =>
  `CASE WHEN COALESCE(${alias}.default_code, '') <> '' THEN '[' || ${alias}.default_code || '] ' ELSE '' END || ${alias}."name"`;

/** What of a product lies in internal and transit locations. */
const onHand = (match: string): string =>
  `COALESCE((SELECT sum(q.quantity) FROM stock_quant q JOIN stock_location l ON l.id = q.location_id
    WHERE ${match} AND l.usage IN ('internal', 'transit')), 0)`;

const template: ModelDefinition = {
  name: 'product.template',
  label: 'Product',
  order: 'name, id',
  displayName: codedTemplate,
  searchNames: ['name', 'default_code', 'barcode'],
  fields: {
    name: char('Name', { required: true }),
    sequence: integer('Sequence', { default: 1 }),
    description: text('Description'),
    type: selection(
      'Product Type',
      [
        ['consu', 'Goods'],
        ['service', 'Service'],
        ['combo', 'Combo'],
      ],
      { required: true, default: 'consu' },
    ),
    is_storable: boolean('Track Inventory', { default: false }),
    tracking: selection(
      'Tracking',
      [
        ['serial', 'By Unique Serial Number'],
        ['lot', 'By Lots'],
        ['none', 'By Quantity'],
      ],
      { required: true, default: 'none' },
    ),
    use_expiration_date: boolean('Use Expiration Date', { default: false }),
    expiration_time: integer('Expiration Date', { default: 0 }),
    use_time: integer('Best Before Date', { default: 0 }),
    removal_time: integer('Removal Date', { default: 0 }),
    alert_time: integer('Alert Date', { default: 0 }),
    uom_id: many2one('uom.uom', 'Unit', { required: true, default: 1 }),
    uom_ids: many2many('uom.uom', 'Packagings'),
    categ_id: many2one('product.category', 'Product Category'),
    list_price: float('Sales Price', { default: 1 }),
    company_id: many2one('res.company', 'Company', { index: true }),
    sale_ok: boolean('Sales', { default: true }),
    purchase_ok: boolean('Purchase', { default: true }),
    seller_ids: one2many('product.supplierinfo', 'product_tmpl_id', 'Vendors'),
    product_variant_ids: one2many('product.product', 'product_tmpl_id', 'Products'),
    product_variant_id: many2one('product.product', 'Product', {
      sql: (alias) => `SELECT min(p.id) FROM product_product p WHERE p.product_tmpl_id = ${alias}.id AND p.active`,
    }),
    default_code: char('Internal Reference', { index: true }),
    barcode: char('Barcode', { index: true }),
    standard_price: float('Cost'),
    active,
  },
  hooks: templateRules,
};

const variant: ModelDefinition = {
  name: 'product.product',
  label: 'Product Variant',
  order: 'default_code, name, id',
  displayName: codedName,
  searchNames: ['name', 'default_code', 'barcode'],
  inherits: { model: 'product.template', link: 'product_tmpl_id' },
  fields: {
    product_tmpl_id: many2one('product.template', 'Product Template', {
      required: true,
      ondelete: 'cascade',
      index: true,
    }),
    default_code: char('Internal Reference', { index: true }),
    barcode: char('Barcode', { index: true }),
    standard_price: float('Cost'),
    lst_price: float('Sales Price', { related: 'product_tmpl_id.list_price' }),
    product_uom_ids: one2many('product.uom', 'product_id', 'Unit Barcode'),
    qty_available: float('Quantity On Hand', {
      readonly: true,
      sql: (alias) => onHand(`q.product_id = ${alias}.id`),
    }),
    active,
  },
  hooks: productRules,
};

const offers: readonly ModelDefinition[] = [
  {
    name: 'product.supplierinfo',
    label: 'Supplier Pricelist',
    order: 'sequence, min_qty desc, price, id',
    displayName: (alias) => `(SELECT p."name" FROM res_partner p WHERE p.id = ${alias}.partner_id)`,
    fields: {
      partner_id: many2one('res.partner', 'Vendor', { required: true, ondelete: 'cascade', checkCompany: true }),
      product_name: char('Vendor Product Name'),
      product_code: char('Vendor Product Code', { index: true }),
      sequence: integer('Sequence', { default: 1 }),
      product_uom_id: many2one('uom.uom', 'Unit', { required: true }),
      min_qty: float('Quantity', { required: true, default: 0 }),
      price: float('Unit Price', { default: 0 }),
      discount: float('Discount (%)', { default: 0 }),
      company_id: many2one('res.company', 'Company', { index: true }),
      currency_id: many2one('res.currency', 'Currency', { required: true, default: 1 }),
      date_start: date('Start Date'),
      date_end: date('End Date'),
      product_id: many2one('product.product', 'Product Variant', { checkCompany: true }),
      product_tmpl_id: many2one('product.template', 'Product Template', {
        required: true,
        ondelete: 'cascade',
        index: true,
        checkCompany: true,
      }),
      delay: integer('Lead Time', { required: true, default: 1 }),
    },
    hooks: supplierRules,
  },
  {
    name: 'product.uom',
    label: 'Link between products and their UoMs',
    displayName: (alias) => `${alias}."barcode"`,
    fields: {
      uom_id: many2one('uom.uom', 'Unit', { required: true, ondelete: 'cascade' }),
      product_id: many2one('product.product', 'Product', { required: true, ondelete: 'cascade', index: true }),
      barcode: char('Barcode', { required: true }),
      company_id: many2one('res.company', 'Company'),
    },
    unique: [{ columns: ['barcode'], message: 'A barcode can only be assigned to one packaging.' }],
    hooks: packagingRules,
  },
];

/** Products, their units, packagings and suppliers. */
export const productModels: readonly ModelDefinition[] = [
  {
    name: 'uom.uom',
    label: 'Product Unit of Measure',
    order: 'sequence, relative_uom_id, id',
    parent: 'relative_uom_id',
    fields: {
      name: char('Unit Name', { required: true }),
      sequence: integer('Sequence', { default: 100 }),
      relative_factor: float('Contains', { required: true, default: 1 }),
      relative_uom_id: many2one('uom.uom', 'Reference Unit', { ondelete: 'cascade', index: true }),
      related_uom_ids: one2many('uom.uom', 'relative_uom_id', 'Related UoMs'),
      factor: float('Absolute Quantity', { readonly: true }),
      rounding: float('Rounding Precision', {
        readonly: true,
        sql: () => `power(10, -(SELECT digits FROM decimal_precision WHERE name = 'Product Unit'))`,
      }),
      parent_path: char('Parent Path', { index: true }),
      product_uom_ids: one2many('product.uom', 'uom_id', 'Barcodes'),
      active,
    },
    hooks: unitRules,
  },
  {
    name: 'product.category',
    label: 'Product Category',
    order: 'complete_name',
    parent: 'parent_id',
    displayName: (alias) => `${alias}."complete_name"`,
    fields: {
      name: char('Name', { required: true }),
      complete_name: char('Complete Name', { readonly: true }),
      parent_id: many2one('product.category', 'Parent Category', { ondelete: 'cascade', index: true }),
      parent_path: char('Parent Path', { index: true }),
      child_id: one2many('product.category', 'parent_id', 'Child Categories'),
    },
    hooks: numberTree({ model: 'product.category', parent: 'parent_id', separator: ' / ' }),
  },
  template,
  variant,
  ...offers,
];
