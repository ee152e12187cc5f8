import { Decimal } from '@wardline/event-contracts';
import { callOdoo, type OdooAddress } from './odoo-rpc.ts';
import { readPages } from './service-http.ts';

/** One place where the ledger and Odoo hold different quantities. */
export interface StockDifference {
  readonly location: string;
  readonly product: string;
  readonly lot: string;
  readonly ledger: string;
  readonly odoo: string;
}

/** Quantities by place, product and lot or serial (empty for none), joined by line feeds. */
export type Balances = Map<string, Decimal>;

/** Compares every balance of Odoo's internal locations with the ledger, to the lot. */
export async function compareWithOdoo(odoo: OdooAddress, inventorySync: string): Promise<StockDifference[]> {
  const { balances: inOdoo, locations } = await odooBalances(odoo);
  const inLedger = await ledgerBalances(inventorySync, locations);
  const keys = [...new Set([...inOdoo.keys(), ...inLedger.keys()])].sort();
  return keys.flatMap((key) => {
    const [ledger, odooQuantity] = [inLedger.get(key) ?? zero, inOdoo.get(key) ?? zero];
    if (ledger.equals(odooQuantity)) return [];
    const [location = '', product = '', lot = ''] = key.split('\n');
    return [{ location, product, lot, ledger: ledger.toString(), odoo: odooQuantity.toString() }];
  });
}

const zero = new Decimal(0);

async function ledgerBalances(inventorySync: string, locations: ReadonlySet<string>): Promise<Balances> {
  const balances: Balances = new Map();
  type Balance = {
    location: string;
    productCode: string;
    lotNumber: string | null;
    serialNumber: string | null;
    quantity: string;
  };
  for await (const balance of readPages<Balance>(`${inventorySync}/balances?limit=1000`)) {
    if (!locations.has(balance.location)) continue;
    addTo(
      balances,
      [balance.location, balance.productCode, balance.lotNumber ?? balance.serialNumber ?? ''],
      balance.quantity,
    );
  }
  return balances;
}

type Reference = [number, string] | false;
type Quant = { product_id: Reference; location_id: Reference; lot_id: Reference; quantity: number };

/** What Odoo holds at its internal locations, asked from Odoo itself, and which locations those are. */
export async function odooBalances(odoo: OdooAddress): Promise<{ balances: Balances; locations: Set<string> }> {
  const places = await readAll<{ id: number; barcode: string | false; complete_name: string }>(
    odoo,
    'stock.location',
    ['barcode', 'complete_name'],
    [['usage', '=', 'internal']],
  );
  const products = await readAll<{ id: number; default_code: string | false }>(odoo, 'product.product', [
    'default_code',
  ]);
  const lots = await readAll<{ id: number; name: string }>(odoo, 'stock.lot', ['name']);
  const quantFields = ['product_id', 'location_id', 'lot_id', 'quantity'];
  const quants = await readAll<Quant>(odoo, 'stock.quant', quantFields, [['location_id.usage', '=', 'internal']]);
  const placeCode = new Map(places.map((place) => [place.id, place.barcode || place.complete_name]));
  const productCode = new Map(products.map((product) => [product.id, product.default_code || `ODOO-${product.id}`]));
  const lotName = new Map(lots.map((lot) => [lot.id, lot.name]));
  const balances: Balances = new Map();
  for (const { location_id: place, product_id: product, lot_id: lot, quantity } of quants) {
    const key = [placeCode.get(idOf(place)), productCode.get(idOf(product)), lotName.get(idOf(lot))];
    addTo(
      balances,
      key.map((part) => part ?? ''),
      String(quantity),
    );
  }
  return { balances, locations: new Set(placeCode.values()) };
}

function readAll<T>(odoo: OdooAddress, model: string, fields: string[], domain: unknown[] = []): Promise<T[]> {
  return callOdoo<T[]>(odoo, model, 'search_read', { domain, fields, context: { active_test: false } });
}

function idOf(reference: [number, string] | false): number {
  return reference === false ? 0 : reference[0];
}

function addTo(balances: Balances, key: readonly string[], quantity: string): void {
  const joined = key.join('\n');
  balances.set(joined, (balances.get(joined) ?? zero).plus(quantity));
}
