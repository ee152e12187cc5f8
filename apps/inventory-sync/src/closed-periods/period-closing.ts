import { z } from 'zod';
import { positionText, timeText } from '../show-ledger/ledger-answers.js';
import { moment } from '../show-ledger/ledger-questions.js';
import { hold, type Hold } from '../take-stock-operation/finding.js';
import type { PlacedOperation, Warning } from '../take-stock-operation/stock-operation.js';

const text = z.string().trim().min(1).max(250);

/** What becomes of an operation that is told after its time has been closed. */
const lateEntries = z.enum(['BOOK', 'APPROVE']);

/** What a PUT says: up to when, how late entries are treated, who says so, and why. */
export const closingBody = z.strictObject({
  until: moment
    .nullable()
    .describe('What happened before it is closed; an earlier time opens what lies between, null everything.'),
  lateEntries: lateEntries
    .default('BOOK')
    .describe('BOOK: with a warning. APPROVE: only when somebody else than who did it has approved.'),
  by: text,
  reason: text,
});

/** A closing as it is answered. */
export const closingAnswer = z.object({
  id: z.string(),
  until: timeText.nullable(),
  lateEntries,
  ledgerPosition: positionText.describe('The last movement that the closed books contain.'),
  closedBy: z.string(),
  reason: z.string(),
  closedAt: timeText,
});

/** A decision up to when the books are closed; the newest counts. */
export interface PeriodClosing {
  readonly id: string;
  /** What happened before it is closed; null: nothing is. */
  readonly until: Date | null;
  readonly lateEntries: z.output<typeof lateEntries>;
  /** The last movement that the closed books contain: what is told later of that time is a late entry. */
  readonly ledgerPosition: string;
  readonly closedBy: string;
  readonly reason: string;
  readonly closedAt: Date;
}

/** What an operation of a closed time waits for until somebody opens it again. */
export const awaitedOpening = 'opened-period';

/**
 * What a closing says of an operation: nothing, a warning, or that it waits for an approval by somebody else than who did it.
 * What was done to stock has happened, so it is never refused for coming late.
 */
export function lateEntry(placed: PlacedOperation, closing: PeriodClosing | null): readonly Warning[] | Hold {
  const until = closing?.until ?? null;
  if (closing === null || until === null || placed.occurredAt.getTime() >= until.getTime()) return [];
  if (closing.lateEntries === 'BOOK' || isApproved(placed)) return ['LATE_ENTRY'];
  const said = `The operation was done at ${placed.occurredAt.toISOString()}; the books are closed up to ${until.toISOString()}`;
  return hold('PERIOD_CLOSED', `${said} by ${closing.closedBy}.${ownApproval(placed)}`, [awaitedOpening]);
}

function isApproved({ performerRef, approverRef }: PlacedOperation): boolean {
  return approverRef !== null && performerRef !== null && approverRef !== performerRef;
}

function ownApproval({ performerRef, approverRef }: PlacedOperation): string {
  if (approverRef === null) return '';
  if (performerRef === null) return ' The record does not say who did it, so nobody can be told to be somebody else.';
  return ` ${approverRef} cannot approve what they did themselves.`;
}
