import type { Reported, Standing } from './standing.js';

/** Where ledger and Odoo parted: the last report at which they were one, and the first of the difference that stands. */
export interface Divergence {
  /** Null when no report showed them equal. */
  readonly lastEqual: Reported | null;
  readonly firstDifferent: Reported;
}

/**
 * The report at which ledger and Odoo parted, from the reports of one place, oldest first: the one after the newest that
 * shows them equal but for what a person accepted, and in no unit that differs. Null when the last report does.
 */
export function firstDivergence(
  history: readonly Reported[],
  { accepted, odooUnit }: Pick<Standing, 'accepted' | 'odooUnit'>,
): Divergence | null {
  const isEqual = ({ odoo, contained, unit }: Reported) => odoo.minus(contained).equals(accepted) && unit !== odooUnit;
  const last = history.at(-1);
  if (last === undefined || isEqual(last)) return null;
  const equal = history.findLastIndex(isEqual);
  return { lastEqual: history[equal] ?? null, firstDifferent: history[equal + 1]! };
}
