import { operatingRoomGln, propofolNdc, stores, wards } from './hospital.ts';
import { callOdoo, loadRecords, type OdooAddress } from './odoo-rpc.ts';
import { seedHospital } from './seed-hospital.ts';
import { putJson } from './service-http.ts';
import type { HospitalDay } from './generator/record.ts';
import { glnOf } from './generator/global-location.ts';

/** Puts the demo hospital into Odoo, and what the day needs beside it. */
export async function seedSite(odoo: OdooAddress, day: HospitalDay): Promise<void> {
  await seedHospital(odoo, day.end);
  const places = await idsBy(odoo, 'stock.location', 'barcode', [...wards, ...stores]);
  await seedPieces(odoo, day, places);
}

const atOnce = 500;

/** Serial pieces on their shelves, counted once. */
async function seedPieces(
  odoo: OdooAddress,
  { pieces }: HospitalDay,
  places: ReadonlyMap<string, number>,
): Promise<void> {
  const products = await idsBy(odoo, 'product.product', 'default_code', [
    ...new Set(pieces.map(({ product }) => product)),
  ]);
  for (let from = 0; from < pieces.length; from += atOnce) {
    const some = pieces.slice(from, from + atOnce);
    const rows = some.map(({ product, serial }) => [
      `wardline_day.piece_${serial.replace('-', '_')}`,
      serial,
      products.get(product),
    ]);
    const lots = await loadRecords(odoo, 'stock.lot', ['id', 'name', 'product_id/.id'], rows);
    const context = { inventory_mode: true };
    const vals = some.map(({ product, place }, index) => ({
      ...{ product_id: products.get(product), location_id: places.get(place), lot_id: lots[index] },
      inventory_quantity: 1,
    }));
    const ids = await callOdoo<number[]>(odoo, 'stock.quant', 'create', { vals_list: vals, context });
    await callOdoo(odoo, 'stock.quant', 'action_apply_inventory', { ids, context });
  }
}

async function idsBy(
  odoo: OdooAddress,
  model: string,
  field: string,
  values: readonly string[],
): Promise<Map<string, number>> {
  const asked = { domain: [[field, 'in', values]], fields: [field] };
  const rows = await callOdoo<({ id: number } & Record<string, string>)[]>(odoo, model, 'search_read', asked);
  return new Map(rows.map((row) => [row[field]!, row.id]));
}

/** Codes that Odoo has no field for, as a person enters them before the first day. */
export async function fillCrosswalk(ingest: string): Promise<void> {
  const put = (path: string, target: string, more = {}): Promise<void> =>
    putJson(`${ingest}/crosswalk/${path}`, { target, by: 'day', ...more });
  await put(`GLN/${operatingRoomGln}`, 'NORTH-OR1');
  await put(`NDC/${propofolNdc}`, 'PROPOFOL-20');
  for (const place of [...wards, ...stores]) await put(`GLN/${glnOf(place)}`, place);
  await put('UNIT/VIAL', 'Units');
  await put('UNIT/BX', 'Box of 100');
}
