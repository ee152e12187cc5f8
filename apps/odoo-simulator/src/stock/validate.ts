import { userError } from '../odoo-error.js';
import type { Env } from '../orm/environment.js';
import { withContext } from '../orm/environment.js';
import type { Value } from '../orm/field.js';
import { moveBackOrders } from './back-order.js';
import { confirmMoves } from './confirm.js';
import { finishMoves } from './finish.js';
import { restateTransfers } from './move-state.js';
import { inWords } from './product-rules.js';
import { setQuantities } from './set-quantity.js';
import { linesOfMoves, movesWhere, transfersOf, type Line, type Move, type Transfer } from './transfer.store.js';

/** One transfer with everything in it. */
interface Document {
  readonly transfer: Transfer;
  readonly moves: readonly Move[];
  readonly lines: readonly Line[];
}

/**
 * Odoo's `button_validate`: true when all transfers are done, an action dictionary when a person would be asked, and then
 * nothing was done.
 * @throws UserError for an empty transfer, a missing lot, a location of another company
 */
export async function validateTransfers(env: Env, ids: readonly number[]): Promise<unknown> {
  const open = (await transfersOf(env, ids))
    .filter((transfer) => transfer.state !== 'done')
    .map((transfer) => transfer.id);
  if (open.length === 0) return true;
  await confirmDrafts(env, open);
  const documents = await documentsOf(env, open);
  refuseIncomplete(documents);
  await pickFilled(env, documents);
  const asking = withContext(env, { button_validate_picking_ids: env.context['button_validate_picking_ids'] ?? open });
  const ready = await documentsOf(env, open);
  const question = backOrderQuestion(asking, ready) ?? expiryQuestion(asking, ready);
  if (question) return question;
  await finishDocuments(env, ready);
  return true;
}

async function confirmDrafts(env: Env, ids: readonly number[]): Promise<void> {
  const drafts = (await transfersOf(env, ids))
    .filter((transfer) => transfer.state === 'draft')
    .map((transfer) => transfer.id);
  if (drafts.length === 0) return;
  const moves = await movesWhere(env, 'm.picking_id = ANY($1)', drafts);
  await confirmMoves(
    env,
    moves.filter((move) => move.state === 'draft').map((move) => move.id),
  );
  const confirmed = await movesWhere(env, 'm.picking_id = ANY($1)', drafts);
  const empty = confirmed.filter(
    (move) => move.quantity === 0 && move.product_uom_qty !== 0 && move.state !== 'cancel',
  );
  await setQuantities(
    env,
    empty.map((move) => ({ id: move.id, quantity: move.product_uom_qty })),
  );
}

async function documentsOf(env: Env, ids: readonly number[]): Promise<Document[]> {
  const transfers = await transfersOf(env, ids);
  const moves = await movesWhere(env, 'm.picking_id = ANY($1)', ids);
  const lines = await linesOfMoves(
    env,
    moves.map((move) => move.id),
  );
  const movesOf = Map.groupBy(moves, (move) => move.picking_id);
  const transferOf = new Map(moves.map((move) => [move.id, move.picking_id]));
  const linesOf = Map.groupBy(lines, (line) => transferOf.get(line.move_id ?? 0) ?? null);
  return transfers.map((transfer) => ({
    transfer,
    moves: movesOf.get(transfer.id) ?? [],
    lines: linesOf.get(transfer.id) ?? [],
  }));
}

const isOpen = (move: Move): boolean => move.state !== 'done' && move.state !== 'cancel';

function hasNothingDone({ moves }: Document): boolean {
  const somePicked = moves.some((move) => move.picked && isOpen(move));
  return moves.filter((move) => isOpen(move) && (!somePicked || move.picked)).every((move) => move.quantity === 0);
}

/** Odoo looks for missing lots in the transfer's own lines only. */
function withoutLot({ transfer, moves, lines }: Document): string[] {
  if (!transfer.uses_lots) return [];
  const byId = new Map(moves.map((move) => [move.id, move]));
  return lines
    .filter(
      (line) => line.picking_id === transfer.id && line.picked && line.quantity > 0 && !line.lot_id && !line.lot_name,
    )
    .map((line) => byId.get(line.move_id ?? 0))
    .filter((move): move is Move => move !== undefined && move.tracking !== 'none')
    .map((move) => move.product_name);
}

function refuseIncomplete(documents: readonly Document[]): void {
  const empty = documents.filter(({ moves }) => moves.length === 0);
  const nothing = documents.filter(hasNothingDone);
  const lotless = documents.filter((document) => withoutLot(document).length > 0);
  const products = [...new Set(lotless.flatMap(withoutLot))];
  const names = (some: readonly Document[]): string => inWords(some.map(({ transfer }) => transfer.name));
  if (documents.length === 1) {
    if (empty.length > 0)
      throw userError('You can’t validate an empty transfer. Please add some products to move before proceeding.');
    if (nothing.length > 0) throw userError(zeroTransfer);
    if (lotless.length > 0)
      throw userError(`You need to supply a Lot/Serial number for products ${products.join(', ')}.`);
    return;
  }
  const messages = [
    empty.length > 0 ? `Transfers ${names(empty)}: Please add some items to move.` : '',
    lotless.length > 0
      ? `Transfers ${names(lotless)}: You need to supply a Lot/Serial number for products ${inWords(products)}.`
      : '',
  ].filter((message) => message !== '');
  if (messages.length > 0) throw userError(messages.join('\n\n'));
}

const zeroTransfer =
  "Transfer trouble alert! Validating a zero quantity transfer? You're not moving invisible goods around are you?\n" +
  "Set some quantities and let's get moving!";

/** A transfer in which nothing was ticked, but quantities are filled in, counts as ticked throughout. */
async function pickFilled(env: Env, documents: readonly Document[]): Promise<void> {
  const untouched = documents.filter(
    ({ moves }) =>
      moves.some((move) => move.quantity !== 0) &&
      !moves.some((move) => move.picked && move.dest_usage !== 'inventory'),
  );
  const moves = untouched.flatMap((document) => document.moves.map((move) => move.id));
  if (moves.length === 0) return;
  await env.tx.query('UPDATE stock_move SET picked = TRUE WHERE id = ANY($1)', [moves]);
  await env.tx.query('UPDATE stock_move_line SET picked = TRUE WHERE move_id = ANY($1)', [moves]);
}

const isShort = (move: Move): boolean =>
  move.state !== 'cancel' && ((move.product_uom_qty !== 0 && !move.picked) || move.quantity < move.product_uom_qty);

function backOrderQuestion(env: Env, documents: readonly Document[]): Value | undefined {
  if (env.context['skip_backorder']) return undefined;
  const short = documents.filter(({ transfer, moves }) => transfer.create_backorder === 'ask' && moves.some(isShort));
  if (short.length === 0) return undefined;
  return wizard(env, 'Create Backorder?', 'stock.backorder.confirmation', {
    default_show_transfers: documents.length > 1,
    default_pick_ids: short.map(({ transfer }) => [4, transfer.id]),
  });
}

function expiryQuestion(env: Env, documents: readonly Document[]): Value | undefined {
  if (env.context['skip_expired']) return undefined;
  const expired = documents.filter(({ transfer, lines }) =>
    lines.some((line) => line.picking_id === transfer.id && line.is_expired),
  );
  if (expired.length === 0) return undefined;
  const lots = expired.flatMap(({ lines }) => lines.filter((line) => line.is_expired).map((line) => line.lot_id ?? 0));
  return wizard(env, 'Confirmation', 'expiry.picking.confirmation', {
    default_picking_ids: [[6, 0, expired.map(({ transfer }) => transfer.id)]],
    default_lot_ids: [[6, 0, [...new Set(lots)]]],
  });
}

const wizard = (env: Env, name: string, model: string, context: Record<string, Value>): Value => ({
  name,
  type: 'ir.actions.act_window',
  res_model: model,
  view_mode: 'form',
  views: [[1, 'form']],
  view_id: 1,
  target: 'new',
  context: { ...env.context, ...context },
});

async function finishDocuments(env: Env, documents: readonly Document[]): Promise<void> {
  const dropped = new Set(
    Array.isArray(env.context['picking_ids_not_to_backorder'])
      ? env.context['picking_ids_not_to_backorder'].map(Number)
      : [],
  );
  const keeps = ({ transfer }: Document): boolean =>
    transfer.create_backorder !== 'never' && (transfer.create_backorder === 'always' || !dropped.has(transfer.id));
  for (const remainder of ['cancel', 'back order'] as const) {
    const group = documents.filter((document) => keeps(document) === (remainder === 'back order'));
    if (group.length === 0) continue;
    const ids = group.map(({ transfer }) => transfer.id);
    await finishMoves(
      env,
      group.flatMap(({ moves }) => moves.filter(isOpen).map((move) => move.id)),
      remainder,
    );
    if (remainder === 'back order') await moveBackOrders(env, ids);
    await restateTransfers(env, ids);
    await env.tx.query(
      `UPDATE stock_picking SET date_done = $2::timestamp, priority = '0', write_date = $3::timestamp, write_uid = $4 WHERE id = ANY($1) AND state = 'done'`,
      [ids, env.now.slice(0, 19), env.now, env.uid],
    );
  }
}
