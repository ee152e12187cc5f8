import type { StockMoved } from '@wardline/event-contracts';
import { laneOf, movementOf, type Movement } from '../posting/posting.js';
import { timingOf, type PolicyRule, type Timing } from '../posting/posting-policy.js';
import { resolveMovement, type OdooFacts } from '../posting/resolve-movement.js';

/** Where and when a movement is posted. */
export interface Plan {
  readonly movement: Movement;
  readonly lane: string;
  readonly timing: Timing;
}

/** The interface of movements that came out of Odoo: they are there already. */
const fromOdoo = 'odoo';
/** Begins the paper of a correction that brings the ledger to what Odoo holds: posted, it would undo itself. */
const reconciled = 'reconciliation ';

/** Whether a movement has to be posted at all. */
export function isForOdoo(data: StockMoved): boolean {
  return data.interface !== fromOdoo && !(data.documentReference ?? '').startsWith(reconciled);
}

/** Plans the posting of a movement; throws `Reject` when Odoo does not have what it speaks of or would post another quantity. */
export function planPosting(
  data: StockMoved,
  facts: OdooFacts,
  receivedAt: Date,
  policy: { readonly rules: readonly PolicyRule[]; readonly lingerMs: number },
): Plan {
  const movement = movementOf(data);
  const { product, company, operation } = resolveMovement(movement, facts);
  return {
    movement,
    lane: laneOf(company.companyId),
    timing: timingOf({ ...product, operation }, policy.rules, receivedAt, policy.lingerMs),
  };
}
