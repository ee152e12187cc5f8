import { Decimal } from 'decimal.js';
import { create } from '../orm/create.js';
import type { Env } from '../orm/environment.js';
import { nowInSeconds } from '../orm/environment.js';
import { updateEach } from '../orm/write.js';
import { QuantBook } from './quant-book.js';

interface QuantRow {
  readonly id: number;
  readonly product_id: number;
  readonly location_id: number;
  readonly lot_id: number | null;
  readonly quantity: number | null;
  readonly reserved_quantity: number;
  readonly in_date: string;
}

/** Reads every quant of the products in the locations. */
export async function openBook(
  env: Env,
  productIds: readonly number[],
  locationIds: readonly number[],
): Promise<QuantBook> {
  const rows = await env.tx.query<QuantRow>(
    `SELECT id, product_id, location_id, lot_id, quantity, reserved_quantity, in_date FROM stock_quant
      WHERE product_id = ANY($1) AND location_id = ANY($2) AND owner_id IS NULL ORDER BY in_date, id`,
    [[...new Set(productIds)], [...new Set(locationIds)]],
  );
  return new QuantBook(
    rows.map((row) => ({
      id: row.id,
      productId: row.product_id,
      locationId: row.location_id,
      lotId: row.lot_id,
      quantity: new Decimal(row.quantity ?? 0),
      reserved: new Decimal(row.reserved_quantity),
      inDate: row.in_date.slice(0, 19),
      changed: false,
    })),
  );
}

/** Writes what changed; new quants get the company of their location. */
export async function closeBook(env: Env, book: QuantBook): Promise<void> {
  const changed = book.all().filter((quant) => quant.changed);
  const values = changed.map((quant) => ({
    quantity: quant.quantity.toFixed(),
    reserved_quantity: quant.reserved.toFixed(),
    in_date: quant.inDate || nowInSeconds(env),
  }));
  const present = changed.flatMap((quant, at) => (quant.id === null ? [] : [{ id: quant.id, ...values[at] }]));
  await updateEach(env, 'stock.quant', present);
  const added = changed.flatMap((quant, at) =>
    quant.id === null
      ? [{ product_id: quant.productId, location_id: quant.locationId, lot_id: quant.lotId, ...values[at] }]
      : [],
  );
  if (added.length > 0) await create({ ...env, context: {} }, 'stock.quant', added);
}
