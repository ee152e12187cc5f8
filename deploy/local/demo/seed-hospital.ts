import { gtinOf, products, serialsAt, stores, supplier, wards, type DemoProduct } from './hospital.ts';
import { callOdoo, loadRecords, type OdooAddress } from './odoo-rpc.ts';

const shelfQuantity = 2_000;

/** Puts the demo hospital into an Odoo: places, units, supplier, products, lots, stock on the shelves. Repeating it changes nothing. */
export async function seedHospital(odoo: OdooAddress, day: Date): Promise<void> {
  const places = await seedLocations(odoo);
  await loadRecords(
    odoo,
    'uom.uom',
    ['id', 'name', 'relative_factor', 'relative_uom_id/id'],
    [['wardline_demo.uom_box_of_100', 'Box of 100', 100, 'uom.product_uom_unit']],
  );
  await loadRecords(
    odoo,
    'res.partner',
    ['id', 'name', 'ref', 'is_company', 'supplier_rank'],
    [['wardline_demo.supplier', supplier.name, supplier.code, '1', 1]],
  );
  await seedProducts(odoo, products);
  const lots = await seedLots(odoo, day);
  await seedStock(odoo, places, lots);
}

const productFields = [
  ...['id', 'name', 'default_code', 'barcode', 'type', 'is_storable'],
  ...['tracking', 'use_expiration_date', 'uom_id/id', 'uom_ids/id'],
];

/** Creates products as a pharmacist would, by external id so that a repeat finds them. */
export async function seedProducts(odoo: OdooAddress, wanted: readonly DemoProduct[]): Promise<void> {
  await loadRecords(odoo, 'product.product', productFields, wanted.map(productRow));
  const items = wanted.filter((product) => product.supplierItem !== undefined);
  if (items.length === 0) return;
  const templates = await templateIds(odoo, items);
  await loadRecords(
    odoo,
    'product.supplierinfo',
    ['id', 'partner_id/id', 'product_tmpl_id/.id', 'product_code'],
    items.map(({ code, supplierItem }) => [
      ...[externalId('supplierinfo', code), 'wardline_demo.supplier'],
      ...[templates.get(code), supplierItem],
    ]),
  );
}

function productRow(product: DemoProduct): unknown[] {
  const { code, name, tracking, unit, packagings } = product;
  const identity = [externalId('product', code), name, code, gtinOf(product), 'consu', '1'];
  return [...identity, tracking, tracking === 'lot' ? '1' : '0', unit, packagings.join(',')];
}

async function templateIds(odoo: OdooAddress, wanted: readonly DemoProduct[]): Promise<Map<string, number>> {
  const rows = await callOdoo<{ default_code: string; product_tmpl_id: [number, string] }[]>(
    odoo,
    'product.product',
    'search_read',
    {
      domain: [['default_code', 'in', wanted.map(({ code }) => code)]],
      fields: ['default_code', 'product_tmpl_id'],
    },
  );
  return new Map(rows.map((row) => [row.default_code, row.product_tmpl_id[0]]));
}

async function seedLocations(odoo: OdooAddress): Promise<Map<string, number>> {
  const [warehouse] = await callOdoo<{ lot_stock_id: [number, string] }[]>(odoo, 'stock.warehouse', 'search_read', {
    domain: [],
    fields: ['lot_stock_id'],
    order: 'id',
    limit: 1,
  });
  if (warehouse === undefined)
    throw new Error('This Odoo has no warehouse: install Inventory and create one, then start again');
  const fields = ['id', 'name', 'barcode', 'usage', 'location_id/.id'];
  const [north, south] = await loadRecords(odoo, 'stock.location', fields, [
    [externalId('location', 'NORTH'), 'North', 'NORTH', 'internal', warehouse.lot_stock_id[0]],
    [externalId('location', 'SOUTH'), 'South', 'SOUTH', 'internal', warehouse.lot_stock_id[0]],
  ]);
  const codes = [...wards, ...stores];
  const ids = await loadRecords(
    odoo,
    'stock.location',
    fields,
    codes.map((code) => [
      externalId('location', code),
      code.slice(6),
      code,
      'internal',
      code.startsWith('NORTH') ? north : south,
    ]),
  );
  return new Map(codes.map((code, index) => [code, ids[index]!]));
}

interface SeededLot {
  readonly product: DemoProduct;
  readonly name: string;
  /** The only place of a serial; null for a lot, which lies everywhere. */
  readonly place: string | null;
  readonly id: number;
}

async function seedLots(odoo: OdooAddress, day: Date): Promise<SeededLot[]> {
  const wanted = products.flatMap((product) => [
    ...product.lots.map((lot) => ({ product, name: lot.name, place: null, expiry: expiryOf(day, lot.expiresInDays) })),
    ...(product.tracking === 'serial'
      ? wards.flatMap((place) => serialsAt(product, place).map((name) => ({ product, name, place, expiry: '' })))
      : []),
  ]);
  const rows = wanted.map(({ product, name, expiry }) => [
    externalId('lot', `${product.code}-${name}`),
    name,
    externalId('product', product.code),
    expiry,
  ]);
  const ids = await loadRecords(odoo, 'stock.lot', ['id', 'name', 'product_id/id', 'expiration_date'], rows);
  return wanted.map(({ product, name, place }, index) => ({ product, name, place, id: ids[index]! }));
}

/** Counts the shelves once; stock that is there already is left as it is. */
async function seedStock(
  odoo: OdooAddress,
  places: ReadonlyMap<string, number>,
  lots: readonly SeededLot[],
): Promise<void> {
  const present = await callOdoo<number>(odoo, 'stock.quant', 'search_count', {
    domain: [['location_id', 'in', [...places.values()]]],
  });
  if (present > 0) return;
  const productIds = await productIdsOf(odoo);
  const vals = [...places].flatMap(([place, locationId]) =>
    products.flatMap((product) => {
      const base = { product_id: productIds.get(product.code), location_id: locationId };
      if (product.tracking === 'none') return [{ ...base, inventory_quantity: shelfQuantity }];
      const here = lots.filter((lot) => lot.product === product && (lot.place === null || lot.place === place));
      return here.map((lot) => ({
        ...base,
        lot_id: lot.id,
        inventory_quantity: lot.place === null ? shelfQuantity : 1,
      }));
    }),
  );
  const context = { inventory_mode: true };
  const ids = await callOdoo<number[]>(odoo, 'stock.quant', 'create', { vals_list: vals, context });
  await callOdoo(odoo, 'stock.quant', 'action_apply_inventory', { ids, context });
}

async function productIdsOf(odoo: OdooAddress): Promise<Map<string, number>> {
  const rows = await callOdoo<{ id: number; default_code: string }[]>(odoo, 'product.product', 'search_read', {
    domain: [['default_code', 'in', products.map(({ code }) => code)]],
    fields: ['default_code'],
  });
  return new Map(rows.map((row) => [row.default_code, row.id]));
}

function expiryOf(day: Date, inDays: number): string {
  return `${new Date(day.getTime() + inDays * 86_400_000).toISOString().slice(0, 10)} 12:00:00`;
}

function externalId(kind: string, code: string): string {
  return `wardline_demo.${kind}_${code.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;
}
