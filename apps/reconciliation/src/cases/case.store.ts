import { Decimal, type EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Finding } from '../compare/finding.js';
import type { Case, CaseStep } from './case.js';

/** A row of the table of cases. */
export interface CaseRow {
  case_id: EventId;
  subject: string;
  kind: Finding['kind'];
  owner: Finding['owner'];
  location: string | null;
  product_code: string | null;
  lot: string | null;
  is_serial: boolean;
  unit: string | null;
  ledger: string | null;
  odoo: string | null;
  explanation: string;
  proposal: Finding['proposal'];
  evidence: Record<string, unknown>;
  state: Case['state'];
  first_seen_at: Date;
  steady_since: Date;
  closed_at: Date | null;
  outcome: string | null;
  closed_report: string | null;
  decided_by: string | null;
  decided_reason: string | null;
}

/** Cases that have not ended, watched ones too. */
export async function liveCases(tx: Transaction): Promise<Case[]> {
  return (await tx.query<CaseRow>(`SELECT * FROM difference_case WHERE state IN ('SEEN', 'OPEN', 'APPROVED')`)).map(
    caseOf,
  );
}

/** A case by its id, locked; null when there is none. */
export async function lockCase(tx: Transaction, caseId: string): Promise<Case | null> {
  const [row] = await tx.query<CaseRow>(`SELECT * FROM difference_case WHERE case_id = $1 FOR UPDATE`, [caseId]);
  return row === undefined ? null : caseOf(row);
}

/** The open case whose correction a record is, locked; null when the record is no correction of ours. */
export async function lockCorrected(tx: Transaction, recordEventId: string): Promise<Case | null> {
  const [row] = await tx.query<CaseRow>(
    `SELECT * FROM difference_case WHERE correction = $1 AND state = 'APPROVED' FOR UPDATE`,
    [recordEventId],
  );
  return row === undefined ? null : caseOf(row);
}

/** Of subjects without a quantity, those that a person accepted: they are not found again. */
export async function acceptedSubjects(tx: Transaction, subjects: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ subject: string }>(
    `SELECT subject FROM difference_case WHERE state = 'ACCEPTED' AND subject = ANY($1)`,
    [subjects],
  );
  return new Set(rows.map(({ subject }) => subject));
}

const upsert = `
INSERT INTO difference_case (case_id, subject, kind, owner, location, product_code, lot, is_serial, unit, ledger, odoo,
  explanation, proposal, evidence, state, first_seen_at, steady_since, closed_at, outcome, closed_report, decided_by,
  decided_reason)
SELECT case_id, subject, kind, owner, location, product_code, lot, is_serial, unit, ledger, odoo, explanation, proposal,
  evidence, state, first_seen_at, steady_since, closed_at, outcome, closed_report, decided_by, decided_reason
  FROM jsonb_populate_recordset(NULL::difference_case, $1)
ON CONFLICT (case_id) DO UPDATE SET kind = excluded.kind, owner = excluded.owner, ledger = excluded.ledger,
  odoo = excluded.odoo, explanation = excluded.explanation, proposal = excluded.proposal, evidence = excluded.evidence,
  state = excluded.state, steady_since = excluded.steady_since, closed_at = excluded.closed_at, outcome = excluded.outcome,
  closed_report = excluded.closed_report, decided_by = excluded.decided_by, decided_reason = excluded.decided_reason`;

/** Stores what became of cases, with their history. A difference that went by while it was watched leaves nothing. */
export async function keepSteps(tx: Transaction, steps: readonly CaseStep[], at: Date): Promise<void> {
  const [forgotten, kept] = [steps.filter(isForgotten), steps.filter((step) => !isForgotten(step))];
  if (forgotten.length > 0)
    await tx.query(`DELETE FROM difference_case WHERE case_id = ANY($1::uuid[])`, [
      forgotten.map((step) => step.case.caseId),
    ]);
  if (kept.length === 0) return;
  await tx.query(upsert, [JSON.stringify(kept.map(rowOf))]);
  const told = kept.filter(({ what }) => what !== 'seen');
  await tx.query(
    `INSERT INTO case_history (case_id, at, what, by, detail)
     SELECT case_id, $5, what, by, detail FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
       WITH ORDINALITY AS h (case_id, what, by, detail, n) ORDER BY n`,
    [told.map((s) => s.case.caseId), told.map((s) => s.what), told.map((s) => s.by), told.map((s) => s.detail), at],
  );
}

function isForgotten({ what }: CaseStep): boolean {
  return what === 'forgotten';
}

/** Notes which record the correction of a case is. */
export async function noteCorrection(tx: Transaction, caseId: string, recordEventId: string): Promise<void> {
  await tx.query(`UPDATE difference_case SET correction = $2 WHERE case_id = $1`, [caseId, recordEventId]);
}

/** Takes the difference of a place as accepted, its unit too: only what comes on top of it differs from then on. */
export async function acceptDifference(tx: Transaction, { finding: { place } }: Case): Promise<void> {
  if (place === null) return;
  await tx.query(
    `UPDATE balance b SET unit = coalesce(b.odoo_unit, b.unit), accepted = b.odoo - (b.ledger - coalesce((SELECT sum(l.quantity) FROM leg l
         WHERE (l.location, l.product_code, l.lot) = (b.location, b.product_code, b.lot) AND l.contained_in IS NULL), 0)) + b.unapproved
      WHERE (b.location, b.product_code, b.lot) = ($1, $2, $3)`,
    [place.location, place.productCode, place.lot],
  );
}

function rowOf({ case: one, closed }: CaseStep): Record<string, unknown> {
  const { caseId, state, finding, firstSeenAt, steadySince, decidedBy, decidedReason } = one;
  const { subject, kind, owner, place, ledger, odoo, explanation, proposal, evidence } = finding;
  return {
    ...{ case_id: caseId, subject, kind, owner, explanation, proposal, evidence, state },
    ...{ location: place?.location, product_code: place?.productCode, lot: place?.lot, unit: place?.unit },
    ...{ is_serial: place?.isSerial ?? false, ledger: ledger?.toFixed(), odoo: odoo?.toFixed() },
    ...{ first_seen_at: firstSeenAt, steady_since: steadySince, decided_by: decidedBy, decided_reason: decidedReason },
    ...{ closed_at: closed?.at, outcome: closed?.outcome, closed_report: closed?.report?.toString() },
  };
}

/** A case as its row has it. */
export function caseOf(row: CaseRow): Case {
  const { location, product_code: productCode, lot, unit, is_serial: isSerial } = row;
  const hasPlace = location !== null && productCode !== null;
  return {
    ...{ caseId: row.case_id, state: row.state, firstSeenAt: row.first_seen_at, steadySince: row.steady_since },
    ...{ decidedBy: row.decided_by, decidedReason: row.decided_reason },
    finding: {
      ...{ subject: row.subject, kind: row.kind, owner: row.owner, explanation: row.explanation },
      ...{ proposal: row.proposal, evidence: row.evidence },
      place: hasPlace ? { location, productCode, lot: lot ?? '', unit: unit ?? '', isSerial } : null,
      ledger: row.ledger === null ? null : new Decimal(row.ledger),
      odoo: row.odoo === null ? null : new Decimal(row.odoo),
    },
  };
}

/** What the ledger says of a case's place now, all movements counted. */
export async function ledgerNow(tx: Transaction, { finding: { place } }: Case): Promise<Decimal> {
  const [row] = await tx.query<{ ledger: string }>(
    `SELECT ledger FROM balance WHERE (location, product_code, lot) = ($1, $2, $3)`,
    [place?.location, place?.productCode, place?.lot],
  );
  return new Decimal(row?.ledger ?? 0);
}
