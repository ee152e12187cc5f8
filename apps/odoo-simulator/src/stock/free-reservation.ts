import { Decimal } from 'decimal.js';
import type { Env } from '../orm/environment.js';
import { unlink } from '../orm/unlink.js';
import { write } from '../orm/write.js';
import type { QuantBook } from './quant-book.js';
import { linesWhere, type Line } from './transfer.store.js';

/** Stock was taken that others had set aside: their lines give way, the latest first. */
export async function freeReservations(env: Env, taken: readonly Line[], book: QuantBook): Promise<void> {
  if (taken.length === 0) return;
  const others = await competing(env, taken);
  for (const [place, ids] of others) {
    const line = taken.find((one) => placeOf(one) === place);
    if (!line) continue;
    let owed = book.available(line.product_id, line.location_id, line.lot_id).negated();
    for (const other of await linesWhere(env, 'l.id = ANY($1)', ids)) {
      if (owed.lte(0)) break;
      const given = Decimal.min(owed, other.quantity_product_uom);
      owed = owed.minus(given);
      if (given.eq(other.quantity_product_uom)) await unlink(env, 'stock.move.line', [other.id]);
      else await write(env, 'stock.move.line', [other.id], { quantity: other.quantity - given.toNumber() });
    }
  }
}

const placeOf = (line: Pick<Line, 'product_id' | 'location_id' | 'lot_id'>): string =>
  `${line.product_id}/${line.location_id}/${line.lot_id ?? ''}`;

async function competing(env: Env, taken: readonly Line[]): Promise<Map<string, number[]>> {
  const rows = await env.tx.query<{ id: number; product_id: number; location_id: number; lot_id: number | null }>(
    `SELECT l.id, l.product_id, l.location_id, l.lot_id FROM stock_move_line l JOIN stock_move m ON m.id = l.move_id
      WHERE m.state NOT IN ('done', 'cancel') AND l.quantity > 0 AND COALESCE(l.picked, FALSE) = FALSE AND l.id <> ALL($3)
        AND l.product_id = ANY($1) AND l.location_id = ANY($2) ORDER BY l.id DESC`,
    [taken.map((line) => line.product_id), taken.map((line) => line.location_id), taken.map((line) => line.id)],
  );
  const groups = Map.groupBy(rows, placeOf);
  return new Map([...groups].map(([place, lines]) => [place, lines.map((line) => line.id)]));
}
