import type { Transaction } from '@wardline/event-handling';
import { caseOf, type CaseRow } from './case.store.js';

/** What of the cases is asked for. */
export interface CaseFilter {
  readonly states: readonly string[];
  readonly kind?: string | undefined;
  readonly owner?: string | undefined;
  readonly location?: string | undefined;
  readonly product?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

type Query = Pick<Transaction, 'query'>;

/** A case as people see it, quantities as decimal text. */
export function viewOf(row: CaseRow, now: Date) {
  const { caseId, state, finding, firstSeenAt, decidedBy, decidedReason } = caseOf(row);
  const { subject, kind, owner, place, ledger, odoo, explanation, proposal } = finding;
  const until = row.closed_at ?? now;
  return {
    ...{ caseId, subject, difference: kind, owner, state, place, explanation, proposal },
    ...{ ledgerQuantity: ledger?.toFixed() ?? null, odooQuantity: odoo?.toFixed() ?? null },
    ...{ firstSeenAt, ageSeconds: Math.max(0, Math.round((until.getTime() - firstSeenAt.getTime()) / 1000)) },
    ...{ closedAt: row.closed_at, outcome: row.outcome, closedByReport: row.closed_report, decidedBy, decidedReason },
  };
}

/** Cases in the order in which they were seen, a page at a time; `next` is the `after` of the following page. */
export async function listCases(query: Query, filter: CaseFilter, now: Date) {
  const { states, kind, owner, location, product, limit, after } = filter;
  const rows = await query.query<CaseRow>(
    `SELECT * FROM difference_case
      WHERE state = ANY($1) AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR owner = $3)
        AND ($4::text IS NULL OR location = $4) AND ($5::text IS NULL OR product_code = $5)
        AND ($6::uuid IS NULL OR case_id > $6)
      ORDER BY case_id LIMIT $7`,
    [states, kind, owner, location, product, after, limit],
  );
  return {
    items: rows.map((row) => viewOf(row, now)),
    next: rows.length < limit ? null : (rows.at(-1)?.case_id ?? null),
  };
}

/** A case with its evidence and its history; null when there is none that anybody was told of. */
export async function showCase(query: Query, caseId: string, now: Date) {
  const [row] = await query.query<CaseRow>(`SELECT * FROM difference_case WHERE case_id = $1 AND state <> 'SEEN'`, [
    caseId,
  ]);
  if (row === undefined) return null;
  const history = await query.query(`SELECT at, what, by, detail FROM case_history WHERE case_id = $1 ORDER BY place`, [
    caseId,
  ]);
  return { ...viewOf(row, now), evidence: row.evidence, history };
}

/** How everything stands: up to which report of Odoo, how many balances, what differs, what cannot be said yet. */
export async function summary(query: Query) {
  const [report] = await query.query<{ sequence: string; begun: Date; held: number }>(
    `SELECT sequence, begun, held FROM report WHERE ordinal IS NOT NULL ORDER BY ordinal DESC LIMIT 1`,
  );
  const differences = await query.query<{ kind: string; cases: number }>(
    `SELECT kind, count(*)::int AS cases FROM difference_case WHERE state IN ('OPEN', 'APPROVED') GROUP BY kind ORDER BY kind`,
  );
  const [counts] = await query.query<{ watched: number; waiting: number; underWay: number }>(
    `SELECT (SELECT count(*)::int FROM difference_case WHERE state = 'SEEN') AS watched,
       (SELECT count(*)::int FROM report WHERE ordinal IS NULL) AS waiting,
       (SELECT count(DISTINCT event_id)::int FROM leg JOIN location l ON l.code = leg.location AND l.usage = 'internal'
         WHERE contained_in IS NULL) AS "underWay"`,
  );
  const byKind = Object.fromEntries(differences.map(({ kind, cases }) => [kind, cases]));
  return {
    report: report === undefined ? null : { sequence: report.sequence, readAt: report.begun },
    balances: report?.held ?? 0,
    ...{ differences: byKind, equal: report !== undefined && differences.length === 0 },
    ...{ watched: counts?.watched ?? 0, IN_FLIGHT: counts?.underWay ?? 0, reportsIncomplete: counts?.waiting ?? 0 },
  };
}
