import type { Decimal } from '@wardline/event-contracts';
import type { Place } from '../place.js';

/** Kinds of difference; what they mean stands in the README. */
export type DifferenceKind =
  | 'MISSING_IN_ODOO'
  | 'MISSING_IN_LEDGER'
  | 'UNKNOWN_TO_US'
  | 'DOUBLED'
  | 'LOT_DIFFERS'
  | 'UNIT_FACTOR'
  | 'QUANT_DRIFT'
  | 'UNAPPROVED_ADJUSTMENT';

/** Whose job a difference is. */
export type Owner = 'stores' | 'pharmacy' | 'platform';

/** What would put a difference right. `LEDGER_ADJUSTMENT` can be booked from here when somebody approves it. */
export interface Proposal {
  readonly kind: 'LEDGER_ADJUSTMENT' | 'IN_ODOO' | 'RETRY_POSTING' | 'LOOK';
  readonly text: string;
  /** With LEDGER_ADJUSTMENT: what the ledger gains (loses, when negative); decimal text in the stock unit. */
  readonly quantity: string | null;
  /** The person who proposed it; null when it was worked out. */
  readonly by: string | null;
}

/** A difference as one comparison found it. */
export interface Finding {
  readonly subject: string;
  readonly kind: DifferenceKind;
  readonly owner: Owner;
  readonly place: (Place & { readonly isSerial: boolean; readonly unit: string }) | null;
  readonly ledger: Decimal | null;
  readonly odoo: Decimal | null;
  readonly explanation: string;
  readonly proposal: Proposal;
  readonly evidence: Readonly<Record<string, unknown>>;
}
