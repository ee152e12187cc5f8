import { CaseChanged, CaseClosed, CaseOpened, Topic, type Decimal, type EventId } from '@wardline/event-contracts';
import { businessEvent, type BusinessEvent } from '@wardline/event-handling';
import type { Finding } from '../compare/finding.js';

/** SEEN: nobody was told yet; OPEN; APPROVED: its correction is on its way; ACCEPTED and CLOSED: ended. */
export type CaseState = 'SEEN' | 'OPEN' | 'APPROVED' | 'ACCEPTED' | 'CLOSED';

/** A difference and what became of it. */
export interface Case {
  readonly caseId: EventId;
  readonly state: CaseState;
  readonly finding: Finding;
  readonly firstSeenAt: Date;
  /** Since when it differs by what it does now. */
  readonly steadySince: Date;
  readonly decidedBy: string | null;
  readonly decidedReason: string | null;
}

/** A person's decision. */
export interface Decision {
  readonly by: string;
  readonly reason: string;
}

/** A case as it is now, what of it is to be remembered in its history, and what is published. */
export interface CaseStep {
  readonly case: Case;
  readonly what:
    | 'seen'
    | 'forgotten'
    | 'opened'
    | 'changed'
    | 'closed'
    | 'approved'
    | 'accepted'
    | 'proposed'
    | 'correction refused';
  readonly detail: string;
  readonly by: string | null;
  readonly events: readonly BusinessEvent[];
  readonly closed?: { readonly at: Date; readonly outcome: string; readonly report: bigint | null };
}

/** The event that a case is open. */
export function caseOpened(one: Case, at: Date): BusinessEvent {
  return businessEvent(Topic.ReconciliationCase, one.caseId, CaseOpened, { occurredAt: at, ...contentOf(one) });
}

/** The event that a case is another than it was. */
export function caseChanged(one: Case, at: Date, decision: Decision | null = null): BusinessEvent {
  const { by, reason } = decision ?? { by: null, reason: null };
  return businessEvent(Topic.ReconciliationCase, one.caseId, CaseChanged, {
    occurredAt: at,
    ...contentOf(one),
    by,
    reason,
  });
}

/** The event that a case has ended. */
export function caseClosed(one: Case, at: Date, outcome: string, report: bigint | null): BusinessEvent {
  return businessEvent(Topic.ReconciliationCase, one.caseId, CaseClosed, {
    ...{ occurredAt: at, ...contentOf(one), outcome, reportSequence: report },
    ...{ by: one.decidedBy, reason: one.decidedReason },
  });
}

function contentOf({ caseId, state, finding, firstSeenAt }: Case) {
  const { subject, kind, owner, place, explanation, proposal } = finding;
  const lot = place === null || place.lot === '' ? null : place.lot;
  return {
    ...{ caseId, subject, difference: kind, owner, explanation, proposal: proposal.text, state, firstSeenAt },
    productCode: place?.productCode ?? null,
    locationCode: place?.location ?? null,
    lotNumber: place?.isSerial === true ? null : lot,
    serialNumber: place?.isSerial === true ? lot : null,
    ledgerQuantity: inContract(finding.ledger),
    odooQuantity: inContract(finding.odoo),
  };
}

function inContract(quantity: Decimal | null): Decimal | null {
  return quantity?.toDecimalPlaces(6) ?? null;
}
