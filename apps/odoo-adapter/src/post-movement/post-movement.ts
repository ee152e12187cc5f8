import type { StockMoved } from '@wardline/event-contracts';
import { Reject, type Envelope } from '@wardline/event-handling';
import type { NewPosting } from '../posting/posting.store.js';
import { refused } from '../posting/settle-postings.js';
import type { Checkpoint } from '../shadow/checkpoint.js';
import { keyOf } from '../shadow/withhold.js';
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

/**
 * Plans a movement that is withheld. What Odoo would refuse as things are is noted, not refused: it is not Wardline's to
 * post, and when it becomes so it is planned again.
 */
export function planWithheld(
  data: StockMoved,
  facts: OdooFacts,
  receivedAt: Date,
  { checkpointId }: Pick<Checkpoint, 'checkpointId'>,
): Plan & Pick<NewPosting, 'withheld'> {
  const movement = movementOf(data);
  const timing: Timing = { policy: 'batched', dueAt: receivedAt, windowStart: null };
  const { lane, trouble } = laneFor(movement, facts);
  return { movement, lane, timing, withheld: { checkpointId, at: receivedAt, trouble } };
}

/** The lane of a movement, and why it cannot be posted as things are: any lane refuses it then. */
export function laneFor(
  movement: Movement,
  facts: OdooFacts,
): { readonly lane: string; readonly trouble: string | null } {
  try {
    return { lane: laneOf(resolveMovement(movement, facts).company.companyId), trouble: null };
  } catch (error) {
    if (!(error instanceof Reject)) throw error;
    return { lane: laneOf([...facts.companies.keys()][0] ?? 0), trouble: `${error.code}: ${error.message}` };
  }
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

/** The posting of a movement, withheld when there is a checkpoint for it; a `Reject` publishes its refusal. */
export function postingOf(
  envelope: Envelope<StockMoved>,
  facts: OdooFacts,
  checkpoint: Checkpoint | null,
  policy: Parameters<typeof planPosting>[3],
): NewPosting {
  const { data, receivedAt, eventId, correlationId, record, type } = envelope;
  const message = { record, eventId, correlationId, typeName: type.fullName };
  const key = keyOf(envelope);
  if (checkpoint !== null) return { message, key, ...planWithheld(data, facts, receivedAt, checkpoint) };
  try {
    return { message, key, ...planPosting(data, facts, receivedAt, policy), withheld: null };
  } catch (error) {
    if (!(error instanceof Reject)) throw error;
    const { code, message: text, class: kind, owner, awaits } = error;
    throw new Reject(code, text, { class: kind, owner, awaits, publish: [refused(envelope, error, receivedAt)] });
  }
}
