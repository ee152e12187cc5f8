import type { EventId } from '@wardline/event-contracts';
import type { Finding } from '../compare/finding.js';
import { caseChanged, caseClosed, caseOpened, type Case, type CaseStep } from './case.js';

/** One comparison: what it found, and what it could not say. */
export interface Comparison {
  readonly findings: readonly Finding[];
  /** Subjects about which nothing can be said before something under way has come. */
  readonly undecided: ReadonlySet<string>;
  readonly now: Date;
  /** Number of Odoo's last report that was taken; null before the first. */
  readonly report: bigint | null;
}

/** How cases are kept. */
export interface CaseRules {
  /** How long a difference has to stand before it is a case. */
  readonly graceMs: number;
  readonly newId: () => EventId;
}

/**
 * What a comparison does to the live cases: a new difference is watched, one that stood still for long enough becomes a
 * case, a case follows its difference and ends when there is none. What is undecided stays as it is.
 */
export function followFindings(live: readonly Case[], comparison: Comparison, rules: CaseRules): CaseStep[] {
  const bySubject = new Map(live.map((one) => [one.finding.subject, one]));
  const found = new Set(comparison.findings.map(({ subject }) => subject));
  const steps = comparison.findings.flatMap((finding) => {
    const known = bySubject.get(finding.subject);
    if (comparison.undecided.has(finding.subject)) return [];
    return known === undefined ? [seen(finding, comparison, rules)] : follow(known, finding, comparison, rules);
  });
  const gone = live.filter(({ finding: { subject } }) => !found.has(subject) && !comparison.undecided.has(subject));
  return [...steps, ...gone.map((one) => ended(one, comparison))];
}

function seen(finding: Finding, { now }: Comparison, { newId, graceMs }: CaseRules): CaseStep {
  const watched = {
    caseId: newId(),
    finding,
    firstSeenAt: now,
    steadySince: now,
    decidedBy: null,
    decidedReason: null,
  };
  if (graceMs === 0) return opened({ ...watched, state: 'OPEN' }, now);
  return { case: { ...watched, state: 'SEEN' }, what: 'seen', detail: finding.explanation, by: null, events: [] };
}

function opened(one: Case, now: Date): CaseStep {
  return { case: one, what: 'opened', detail: one.finding.explanation, by: null, events: [caseOpened(one, now)] };
}

function follow(known: Case, finding: Finding, { now }: Comparison, { graceMs }: CaseRules): CaseStep[] {
  const isSame = sameness(known.finding) === sameness(finding);
  const proposal = isSame && known.finding.proposal.by !== null ? known.finding.proposal : finding.proposal;
  const next: Case = { ...known, finding: { ...finding, proposal }, steadySince: isSame ? known.steadySince : now };
  if (known.state === 'SEEN') {
    if (isSame && now.getTime() - known.steadySince.getTime() >= graceMs)
      return [opened({ ...next, state: 'OPEN' }, now)];
    return isSame ? [] : [{ case: next, what: 'seen', detail: finding.explanation, by: null, events: [] }];
  }
  if (isSame) return [];
  const events = [caseChanged(next, now)];
  return [{ case: next, what: 'changed', detail: finding.explanation, by: null, events }];
}

function sameness({ kind, owner, ledger, odoo }: Finding): string {
  const by = ledger === null || odoo === null ? '' : odoo.minus(ledger).toFixed();
  return [kind, owner, by].join();
}

function ended(one: Case, { now, report }: Comparison): CaseStep {
  if (one.state === 'SEEN') return { case: one, what: 'forgotten', detail: '', by: null, events: [] };
  const outcome = one.state === 'APPROVED' ? 'CORRECTED' : 'EQUAL_AGAIN';
  const closed: Case = { ...one, state: 'CLOSED' };
  return {
    ...{ case: closed, what: 'closed', by: null, closed: { at: now, outcome, report } },
    detail: `${outcome === 'CORRECTED' ? 'The correction took effect' : 'Equal again'}: report ${report ?? 'none'} of Odoo shows no difference.`,
    events: [caseClosed(closed, now, outcome, report)],
  };
}
