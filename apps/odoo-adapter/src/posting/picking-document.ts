import { Decimal } from '@wardline/event-contracts';
import type { Composition } from './compose-batch.js';
import type { Posting } from './posting.js';
import type { ResolvedMovement } from './resolve-movement.js';

/** The module of every external id that Wardline gives in Odoo (`ir.model.data`). */
export const externalModule = 'wardline';

/** One stock transfer in Odoo with one line: what a posting, or a window of them, becomes. */
export interface PickingDocument {
  /** External id without the module. */
  readonly externalId: string;
  /** Key of the movements in it; a refused document holds back the later ones of its key. */
  readonly key: string;
  /** How many events it carries. */
  readonly events: number;
  /** How often it was tried, this time included. */
  readonly attempt: number;
  /** What Odoo shows as the source document; leads back to the (first) event. */
  readonly origin: string;
  readonly movement: ResolvedMovement;
  /** In the product's stock unit. */
  readonly quantity: Decimal;
}

/** Builds the document of a composition whose movements, all alike but for quantity, were resolved to `movement`. */
export function pickingDocument({ document, postings }: Composition, movement: ResolvedMovement): PickingDocument {
  const [first] = postings;
  if (first === undefined) throw new RangeError(`document ${document} has no postings`);
  return {
    externalId: document,
    key: first.key,
    events: postings.length,
    attempt: Math.max(...postings.map(({ attempts }) => attempts)) + 1,
    origin: originOf(first, postings.length, movement),
    movement,
    quantity: Decimal.sum(...postings.map((posting) => posting.movement.quantity)),
  };
}

/** An adjustment says why; a count that changes a balance is asked for its reason. */
function originOf({ eventId, movement: { reason } }: Posting, events: number, { operation }: ResolvedMovement): string {
  const why = operation === 'adjustment' && reason !== null ? `: ${reason}` : '';
  return `wardline ${eventId}${why}${events === 1 ? '' : ` and ${events - 1} more`}`;
}

/**
 * Columns of `stock.picking.load`. The line stands under the transfer beside its move (under the move it would lose its
 * transfer, and with it Odoo's lot checks), and both carry external ids, so that a repeated row updates and never doubles.
 */
export const loadFields = [
  'id',
  'picking_type_id/.id',
  'location_id/.id',
  'location_dest_id/.id',
  'origin',
  'move_ids/id',
  'move_ids/product_id/.id',
  'move_ids/product_uom_qty',
  'move_ids/product_uom/.id',
  'move_ids/location_id/.id',
  'move_ids/location_dest_id/.id',
  'move_line_ids/id',
  'move_line_ids/product_id/.id',
  'move_line_ids/product_uom_id/.id',
  'move_line_ids/lot_id/.id',
  'move_line_ids/quantity',
  'move_line_ids/picked',
  'move_line_ids/location_id/.id',
  'move_line_ids/location_dest_id/.id',
] as const;

/** The row of a document under {@link loadFields}. Every value is text, as Odoo's import wants it. */
export function loadRow({ externalId, origin, movement, quantity }: PickingDocument): string[] {
  const { product, operationTypeId, lotId, fromId, toId } = movement;
  const id = `${externalModule}.${externalId}`;
  const places = [textOf(fromId), textOf(toId)];
  const [productId, unitId, amount] = [String(product.odooId), String(product.unitId), quantity.toFixed()];
  return [
    ...[id, String(operationTypeId), ...places, origin],
    ...[`${id}_move`, productId, amount, unitId, ...places],
    ...[`${id}_line`, productId, unitId, textOf(lotId), amount, '1', ...places],
  ];
}

function textOf(id: number | null): string {
  return id === null ? '' : String(id);
}
