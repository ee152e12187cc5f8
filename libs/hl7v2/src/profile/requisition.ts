import type { ItemReader } from './item-reader.js';
import type { RequisitionRule } from './profile.js';
import type { ProposedRequisition } from './reading.js';
import { readDay, readInstant, readLocation, readProduct, readQuantity } from './values.js';

/**
 * One line of a stock requisition, OMS^O05, asked for or cancelled (ORC-1, table 0119): RQD within ORC [TQ1] RQD [RQ1] [NTE] {OBX}. Source: hl7-dictionary 2.5.1
 * (OMS_O05, RQD) and HAPI's `OMS_O05_ORDER`, v25 and v28.
 */
export function readRequisition(rule: RequisitionRule, reader: ItemReader): ProposedRequisition[] {
  const action = actionOf(rule, reader);
  const product = readProduct(reader, rule.product);
  const quantity = readQuantity(reader, rule.quantity);
  const unit = reader.mandatory('unit', rule.unit);
  const deliverTo = readLocation(reader, rule.location, 'deliverTo');
  const neededBy = readDay(reader, 'neededBy', rule.neededBy) ?? null;
  const time = readInstant(reader, rule.occurredAt, 'day');
  const order = reader.optional('order', rule.order)?.text ?? null;
  const line = reader.optional('line', rule.line)?.text ?? null;
  const costCentre = reader.optional('costCentre', rule.costCentre)?.text ?? null;
  const reason = reader.optional('reason', rule.reason)?.text ?? null;
  if (quantity?.isNegative()) {
    const sentence = `its quantity is ${quantity.toFixed()}; nobody can ask for less than nothing. ${reader.senderMust('correct it')}`;
    reader.find(102, 'sender', sentence, reader.origins['quantity'], quantity.toFixed());
    return [];
  }
  const unnamed = action === 'CANCELLED' && order === null;
  if (unnamed) cancelsNothing(rule, reader);
  if (unnamed || !action || !product || !quantity || !unit || !deliverTo || !time) return [];
  const item = reader.scope.name;
  const wanted = { product, quantity: quantity.toFixed(), unit: unit.text, deliverTo, occurredAt: time.at };
  return [{ item, action, ...wanted, neededBy, order, line, costCentre, reason, origins: reader.origins }];
}

function actionOf({ control }: RequisitionRule, reader: ItemReader): ProposedRequisition['action'] | undefined {
  const seen = reader.see(control.from);
  if (seen.state === 'absent' || seen.state === 'null') {
    reader.mandatory('action', control.from);
    return undefined;
  }
  const action = Object.hasOwn(control.map, seen.text) ? control.map[seen.text] : undefined;
  if (action === undefined || action === 'ASK') {
    const sentence =
      `${seen.at} says ${seen.text}, and profile ${reader.profile.name} knows ${Object.keys(control.map).join(', ')}. ` +
      'A change is sent as the cancellation of the old request and a new one; anything else a person must decide.';
    reader.find(103, 'profile', sentence, seen.at, seen.text);
    return undefined;
  }
  reader.remember('action', seen.at);
  return action;
}

function cancelsNothing({ order }: RequisitionRule, reader: ItemReader): void {
  if (order !== undefined) reader.mandatory('order', order);
  else reader.find(101, 'profile', 'it cancels a request, and the profile does not say where its number stands.');
}
