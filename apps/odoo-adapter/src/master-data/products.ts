import {
  ProductChanged,
  Topic,
  type ProductPackaging,
  type ProductTracking,
  type SupplierItem,
} from '@wardline/event-contracts';
import { businessEvent } from '@wardline/event-handling';
import { idOf, orNull, type Many2one, type Odoo } from '../odoo.js';
import { gtin14 } from '@wardline/barcodes';
import { readContext, type MasterModel, type MasterRow, type OdooRow, type Reading } from './master-model.js';

interface ProductRow {
  readonly id: number;
  readonly default_code: string | false;
  readonly name: string;
  readonly barcode: string | false;
  readonly tracking: string;
  readonly uom_id: Many2one;
  readonly uom_ids: readonly number[];
  readonly categ_id: Many2one;
  readonly product_tmpl_id: Many2one;
  readonly active: boolean;
}

interface SellerRow {
  readonly partner_id: Many2one;
  readonly product_code: string;
  readonly product_id: Many2one;
  readonly product_tmpl_id: Many2one;
}

interface PackBarcodeRow {
  readonly product_id: Many2one;
  readonly uom_id: Many2one;
  readonly barcode: string | false;
}

/** What stands beside a product in other models. */
interface Surroundings {
  readonly unitNames: ReadonlyMap<number, string>;
  readonly partnerRefs: ReadonlyMap<number, string>;
  readonly sellers: readonly SellerRow[];
  readonly packs: readonly PackBarcodeRow[];
}

/** The code of a product that has no internal reference. */
export function codeOf(id: number, defaultCode: string | false): string {
  return orNull(defaultCode) ?? `ODOO-${id}`;
}

/** Goods; services cannot be moved. */
export const products: MasterModel = {
  model: 'product.product',
  domain: [['type', '=', 'consu']],
  fields: ['default_code', 'name', 'barcode', 'tracking', 'uom_id', 'uom_ids', 'categ_id', 'product_tmpl_id', 'active'],
  feeds: [
    { model: 'product.template', concerns: (ids) => [['product_tmpl_id', 'in', ids]] },
    { model: 'product.supplierinfo', concerns: (ids) => [['seller_ids', 'in', ids]] },
    { model: 'product.uom', concerns: (ids) => [['product_uom_ids', 'in', ids]] },
    { model: 'product.category', concerns: (ids) => [['categ_id', 'child_of', ids]] },
  ],
  dependents: ['stock.lot'],
  understand: async (rows, reading) => {
    const page = rows as readonly (OdooRow & ProductRow)[];
    if (page.length === 0) return [];
    const surroundings = await readSurroundings(page, reading);
    return page.map((row) => productRow(row, surroundings));
  },
  event: ({ code, active, odooId, data }, at) =>
    businessEvent(Topic.MasterdataProduct, code, ProductChanged, {
      occurredAt: at,
      productCode: code,
      name: String(data['name']),
      gtin: data['gtin'] as string | null,
      tracking: data['tracking'] as ProductTracking,
      unit: String(data['unit']),
      packagings: data['packagings'] as ProductPackaging[],
      supplierItems: data['supplierItems'] as SupplierItem[],
      category: String(data['category']),
      active,
      odooId: BigInt(odooId),
    }),
  announces: (code) => [`product:${code}`],
};

async function readSurroundings(page: readonly ProductRow[], { odoo }: Reading): Promise<Surroundings> {
  const sellers = await sellersOf(page, odoo);
  const packs = await odoo.searchRead<PackBarcodeRow>('product.uom', {
    domain: [['product_id', 'in', page.map(({ id }) => id)]],
    fields: ['product_id', 'uom_id', 'barcode'],
    context: readContext,
  });
  const unitIds = page.flatMap((row) => [idOf(row.uom_id), ...row.uom_ids]);
  const partnerIds = sellers.map((seller) => idOf(seller.partner_id));
  return {
    unitNames: await textsOf(odoo, 'uom.uom', 'name', unitIds),
    partnerRefs: await textsOf(odoo, 'res.partner', 'ref', partnerIds),
    sellers,
    packs,
  };
}

async function sellersOf(page: readonly ProductRow[], odoo: Odoo): Promise<SellerRow[]> {
  const templates = page.map((row) => idOf(row.product_tmpl_id));
  return odoo.searchRead<SellerRow>('product.supplierinfo', {
    domain: [
      ['product_tmpl_id', 'in', templates],
      ['product_code', '!=', false],
    ],
    fields: ['partner_id', 'product_code', 'product_id', 'product_tmpl_id'],
    context: readContext,
  });
}

/** A text of records by id; records without it are left out. */
async function textsOf(
  odoo: Odoo,
  model: string,
  field: 'name' | 'ref',
  ids: readonly (number | null)[],
): Promise<Map<number, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const domain = [['id', 'in', wanted]];
  const rows = await odoo.searchRead<Record<'name' | 'ref', string | false>>(model, {
    domain,
    fields: [field],
    context: readContext,
  });
  return new Map(rows.flatMap((row) => (row[field] === false ? [] : [[row.id, row[field]] as const])));
}

const trackings: Readonly<Record<string, ProductTracking>> = { none: 'NONE', lot: 'LOT', serial: 'SERIAL' };

function productRow(row: ProductRow, around: Surroundings): MasterRow {
  const { id, default_code: defaultCode, name, barcode, tracking, uom_id: unit, categ_id: category, active } = row;
  const data = {
    name,
    gtin: barcode === false ? null : gtin14(barcode),
    tracking: trackings[tracking] ?? 'UNKNOWN',
    unit: around.unitNames.get(idOf(unit) ?? -1) ?? '',
    unitId: idOf(unit),
    packagings: packagingsOf(row, around),
    supplierItems: supplierItemsOf(row, around),
    category: category ? category[1] : '',
  };
  return { odooId: id, code: codeOf(id, defaultCode), active, data };
}

function packagingsOf({ id, uom_ids: unitIds }: ProductRow, { packs, unitNames }: Surroundings): ProductPackaging[] {
  const packagings = unitIds.flatMap((unitId) => {
    const unit = unitNames.get(unitId) ?? '';
    const barcodes = packs.filter((pack) => idOf(pack.product_id) === id && idOf(pack.uom_id) === unitId);
    const gtins = barcodes.map(({ barcode }) => (barcode === false ? null : gtin14(barcode)));
    return (gtins.length === 0 ? [null] : gtins).map((gtin) => ({ unit, gtin }));
  });
  return packagings.toSorted((a, b) => byText(`${a.unit}/${a.gtin ?? ''}`, `${b.unit}/${b.gtin ?? ''}`));
}

function supplierItemsOf(row: ProductRow, { sellers, partnerRefs }: Surroundings): SupplierItem[] {
  const items = sellers
    .filter(({ product_tmpl_id: template }) => idOf(template) === idOf(row.product_tmpl_id))
    .filter(({ product_id: variant }) => variant === false || idOf(variant) === row.id)
    .flatMap(({ partner_id: partner, product_code: itemCode }) => {
      const supplierCode = partnerRefs.get(idOf(partner) ?? -1);
      return supplierCode === undefined ? [] : [{ supplierCode, itemCode }];
    });
  const distinct = new Map(items.map((item) => [`${item.supplierCode}/${item.itemCode}`, item]));
  return [...distinct].toSorted(([a], [b]) => byText(a, b)).map(([, item]) => item);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
