import type { Env } from '../orm/environment.js';

/** A transfer as the stock rules need it. */
export interface Transfer {
  readonly id: number;
  readonly name: string;
  readonly state: string;
  readonly company_id: number;
  readonly picking_type_id: number;
  readonly location_id: number;
  readonly location_dest_id: number;
  readonly move_type: string;
  readonly source_usage: string;
  readonly create_backorder: 'ask' | 'always' | 'never';
  readonly uses_lots: boolean;
}

/** A move, with what its rules ask about product, unit and locations. */
export interface Move {
  readonly id: number;
  readonly picking_id: number | null;
  readonly picking_type_id: number | null;
  readonly product_id: number;
  readonly product_name: string;
  readonly tracking: 'none' | 'lot' | 'serial';
  readonly is_storable: boolean;
  readonly product_uom: number;
  readonly product_unit: number;
  /** Product units in one unit of the move. */
  readonly ratio: number;
  readonly product_uom_qty: number;
  readonly quantity: number;
  readonly picked: boolean;
  readonly state: string;
  readonly location_id: number;
  readonly location_dest_id: number;
  readonly source_usage: string;
  readonly dest_usage: string;
  readonly company_id: number;
  readonly is_inventory: boolean;
  readonly price_unit: number | null;
  readonly reservation_method: string | null;
  readonly use_create_lots: boolean | null;
  readonly use_existing_lots: boolean | null;
}

/** A line of a move: one lot from one place to another. */
export interface Line {
  readonly id: number;
  readonly move_id: number | null;
  readonly picking_id: number | null;
  readonly product_id: number;
  readonly product_uom_id: number;
  readonly quantity: number;
  readonly quantity_product_uom: number;
  readonly picked: boolean;
  readonly lot_id: number | null;
  readonly lot_name: string | null;
  readonly location_id: number;
  readonly location_dest_id: number;
  readonly source_usage: string;
  readonly state: string | null;
  readonly expiration_date: string | null;
  readonly is_expired: boolean;
}

/** Reads transfers in the order of their ids in the call. */
export async function transfersOf(env: Env, ids: readonly number[]): Promise<Transfer[]> {
  return env.tx.query<Transfer>(
    `SELECT k.id, k.name, k.state, k.company_id, k.picking_type_id, k.location_id, k.location_dest_id, k.move_type,
        l.usage AS source_usage, t.create_backorder, (t.use_create_lots OR t.use_existing_lots) AS uses_lots
      FROM unnest($1::int[]) WITH ORDINALITY AS asked(id, place)
      JOIN stock_picking k ON k.id = asked.id JOIN stock_picking_type t ON t.id = k.picking_type_id
      JOIN stock_location l ON l.id = k.location_id ORDER BY place`,
    [ids],
  );
}

/** Reads the moves that a condition over `m` finds; `$1` is the list of ids. */
export async function movesWhere(
  env: Env,
  where: 'm.id = ANY($1)' | 'm.picking_id = ANY($1)',
  ids: readonly number[],
): Promise<Move[]> {
  const product = env.models.get('product.product').displayName('p');
  return env.tx.query<Move>(
    `SELECT m.id, m.picking_id, m.picking_type_id, m.product_id, ${product} AS product_name, t.tracking, t.is_storable,
        m.product_uom, t.uom_id AS product_unit, (mu.factor / pu.factor) AS ratio, m.product_uom_qty, m.picked, m.state,
        m.location_id, m.location_dest_id, s.usage AS source_usage, d.usage AS dest_usage, m.company_id, m.is_inventory, m.price_unit,
        k.reservation_method, k.use_create_lots, k.use_existing_lots,
        round(COALESCE((SELECT sum(l.quantity * lu.factor) FROM stock_move_line l JOIN uom_uom lu ON lu.id = l.product_uom_id
          WHERE l.move_id = m.id), 0) / mu.factor, 6) AS quantity
      FROM stock_move m JOIN product_product p ON p.id = m.product_id JOIN product_template t ON t.id = p.product_tmpl_id
      JOIN uom_uom mu ON mu.id = m.product_uom JOIN uom_uom pu ON pu.id = t.uom_id
      JOIN stock_location s ON s.id = m.location_id JOIN stock_location d ON d.id = m.location_dest_id
      LEFT JOIN stock_picking_type k ON k.id = m.picking_type_id
      WHERE ${where} ORDER BY m.sequence, m.id`,
    [ids],
  );
}

/** Reads the lines of moves. */
export const linesOfMoves = (env: Env, moveIds: readonly number[]): Promise<Line[]> =>
  linesWhere(env, 'l.move_id = ANY($1)', moveIds);

/** Reads lines by a condition over `l`; `$1` is the list of ids. */
export async function linesWhere(
  env: Env,
  where: 'l.move_id = ANY($1)' | 'l.id = ANY($1)',
  ids: readonly number[],
): Promise<Line[]> {
  return env.tx.query<Line>(
    `SELECT l.id, l.move_id, l.picking_id, l.product_id, l.product_uom_id, l.quantity, l.picked, l.lot_id, l.lot_name,
        l.location_id, l.location_dest_id, s.usage AS source_usage, m.state, l.expiration_date,
        CASE WHEN l.product_uom_id = t.uom_id THEN l.quantity ELSE round(l.quantity * lu.factor / pu.factor, 2) END AS quantity_product_uom,
        COALESCE(b.expiration_date <= $2::timestamp OR b.removal_date <= $2::timestamp, FALSE) AS is_expired
      FROM stock_move_line l LEFT JOIN stock_move m ON m.id = l.move_id
      JOIN product_product p ON p.id = l.product_id JOIN product_template t ON t.id = p.product_tmpl_id
      JOIN uom_uom lu ON lu.id = l.product_uom_id JOIN uom_uom pu ON pu.id = t.uom_id
      JOIN stock_location s ON s.id = l.location_id LEFT JOIN stock_lot b ON b.id = l.lot_id
      WHERE ${where} ORDER BY l.id`,
    [ids, env.now],
  );
}

/** Stock from these places is not set aside: it is outside the house or unlimited. */
export const bypassesReservation = (usage: string): boolean =>
  ['supplier', 'customer', 'inventory', 'production'].includes(usage);
