import { z } from 'zod';
import { awaitedLocation, awaitedProduct, awaitedUnit } from '../check-consumption/name-record.js';
import { isGln } from '../gs1-number.js';
import { ndcCode } from '../national-drug-code.js';
import { meansPieces } from '../unit-of-measure.js';

/** What a code of the outside world is translated to: NDC to a product code, GLN to a location code, UNIT to an Odoo unit. */
export const crosswalkKind = z.enum(['NDC', 'GLN', 'UNIT'], { error: 'must be NDC, GLN or UNIT' });
export type CrosswalkKind = z.output<typeof crosswalkKind>;

const text = z.string({ error: 'is missing' }).trim().min(1, 'is empty').max(250, 'is longer than 250 characters');

/** Who changes an entry, for the audit trail. */
export const crosswalkAuthor = text;

/** The body of a PUT. */
export const crosswalkBody = z.strictObject({ target: text, productCode: text.optional(), by: crosswalkAuthor });

/** One entry as it stands, or stood: `target` null once removed. */
export interface CrosswalkEntry {
  readonly kind: CrosswalkKind;
  /** In the form in which codes are compared. */
  readonly code: string;
  /** Set where a unit code holds for one product only. */
  readonly productCode: string | null;
  readonly target: string | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** The code in the form in which it is compared, or what is wrong with it. */
export function crosswalkCode(
  kind: CrosswalkKind,
  raw: string,
): { readonly code: string } | { readonly problem: string } {
  const code = raw.trim();
  if (code === '' || code.length > 250) return { problem: 'the code is empty or longer than 250 characters' };
  if (kind === 'GLN')
    return isGln(code) ? { code } : { problem: `"${code}" is not a GLN: its length or check digit is wrong` };
  if (kind === 'UNIT')
    return meansPieces(code) ? { problem: `"${code}" always means Odoo's Units and cannot be mapped` } : { code };
  const ndc = ndcCode(code);
  if (ndc !== null) return { code: ndc };
  return {
    problem: `"${code}" is not an NDC: write it with hyphens or as 11 digits (10 without hyphens match only themselves)`,
  };
}

/** The name that held records wait for and that an entry answers. */
export function awaitedBy(kind: CrosswalkKind, code: string): string {
  if (kind === 'NDC') return awaitedProduct({ scheme: 'NDC', value: code, supplierCode: null });
  if (kind === 'GLN') return awaitedLocation({ scheme: 'GLN', value: code });
  return awaitedUnit(code);
}
