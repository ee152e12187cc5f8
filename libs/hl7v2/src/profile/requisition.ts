import type { ItemReader } from './item-reader.js';
import type { RequisitionRule } from './profile.js';
import type { ProposedRequisition } from './reading.js';
import { readDay, readLocation, readProduct, readQuantity } from './values.js';

/**
 * One line of a stock requisition, OMS^O05: RQD within ORC [TQ1] RQD [RQ1] [NTE] {OBX}. Source: hl7-dictionary 2.5.1
 * (OMS_O05, RQD) and HAPI's `OMS_O05_ORDER`, v25 and v28.
 */
export function readRequisition(rule: RequisitionRule, reader: ItemReader): ProposedRequisition[] {
  const product = readProduct(reader, rule.product);
  const quantity = readQuantity(reader, rule.quantity);
  const unit = reader.mandatory('unit', rule.unit);
  const deliverTo = readLocation(reader, rule.location, 'deliverTo');
  const neededBy = readDay(reader, 'neededBy', rule.neededBy) ?? null;
  const order = reader.optional('order', rule.order)?.text ?? null;
  const costCentre = reader.optional('costCentre', rule.costCentre)?.text ?? null;
  if (quantity?.isNegative()) {
    const sentence = `its quantity is ${quantity.toFixed()}; nobody can ask for less than nothing. ${reader.senderMust('correct it')}`;
    reader.find(102, 'sender', sentence, reader.origins['quantity'], quantity.toFixed());
    return [];
  }
  if (!product || !quantity || !unit || !deliverTo) return [];
  const item = reader.scope.name;
  const wanted = { product, quantity: quantity.toFixed(), unit: unit.text, deliverTo };
  return [{ item, ...wanted, neededBy, order, costCentre, origins: reader.origins }];
}
