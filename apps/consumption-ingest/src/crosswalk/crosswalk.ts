import { z } from 'zod';
import { awaitedLocation, awaitedProduct, awaitedUnit } from '../check-consumption/name-record.js';
import { gtin14, isGln } from '@wardline/barcodes';
import { ndcCode } from '../national-drug-code.js';
import { meansPieces } from '@wardline/units-of-measure';

/**
 * What a code of the outside world is translated to: NDC and ITEM to a product code, GLN and LOCATION to a location code,
 * UNIT to an Odoo unit. ITEM and LOCATION are a source's own codes; HIBC and ICCBBA numbers are ITEMs of every source.
 */
export const crosswalkKind = z.enum(['NDC', 'GLN', 'UNIT', 'ITEM', 'LOCATION'], {
  error: 'must be NDC, GLN, UNIT, ITEM or LOCATION',
});
export type CrosswalkKind = z.output<typeof crosswalkKind>;

/** A text of an entry: Postgres keeps no NUL. */
export const crosswalkText = z
  .string({ error: 'is missing' })
  .trim()
  .min(1, 'is empty')
  .max(250, 'is longer than 250 characters')
  .refine((value) => !value.includes('\0'), 'contains NUL');
const text = crosswalkText;
const time = z.iso
  .datetime({ offset: true, error: 'is no time with date and zone, such as 2026-12-01T00:00:00Z' })
  .transform((value) => new Date(value));

/** Who changes an entry, for the audit trail. */
export const crosswalkAuthor = text;

/** For what a change holds; without it for every source, every product and all time. */
export const crosswalkScope = {
  source: text.nullable().default(null),
  productCode: text.nullable().default(null),
  validFrom: time.nullable().default(null),
  validUntil: time.nullable().default(null),
};

/** The body of a PUT. */
export const crosswalkBody = z.strictObject({
  ...crosswalkScope,
  target: text,
  unit: text.nullable().default(null),
  by: crosswalkAuthor,
});

/** What a DELETE says. */
export const crosswalkRemoval = z.strictObject({ ...crosswalkScope, by: crosswalkAuthor });

/** One version of an entry as it is answered. */
export const crosswalkAnswer = z.object({
  ...{ kind: crosswalkKind, code: z.string(), source: z.string().nullable(), productCode: z.string().nullable() },
  ...{ target: z.string().nullable(), unit: z.string().nullable() },
  ...{ validFrom: z.iso.datetime().nullable(), validUntil: z.iso.datetime().nullable() },
  ...{ changedBy: z.string(), changedAt: z.iso.datetime() },
});

/** One version of an entry: `target` null where it removes. */
export interface CrosswalkEntry {
  readonly kind: CrosswalkKind;
  /** In the form in which codes are compared. */
  readonly code: string;
  /** The system whose code it is; null for every one. */
  readonly source: string | null;
  /** Set where a unit code holds for one product only. */
  readonly productCode: string | null;
  readonly target: string | null;
  /** With ITEM: Odoo's unit of what carries the code; null for the product's stock unit. */
  readonly unit: string | null;
  /** From when it holds, by the time at which things happened; null for always. */
  readonly validFrom: Date | null;
  /** The first moment at which it does not hold any more. */
  readonly validUntil: Date | null;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** For whom and when an entry is sought. */
export interface CrosswalkCase {
  readonly source: string;
  /** When it happened. */
  readonly at: Date;
  /** Set to seek what holds for one product only. */
  readonly productCode?: string;
}

/**
 * The entry that holds for a code: of the source's own, then of those of every source, the newest version that covers the
 * time. `versions` are those of the code, the newest first. Null where none holds or it is removed.
 */
export function entryFor(versions: readonly CrosswalkEntry[], sought: CrosswalkCase): CrosswalkEntry | null {
  const { at, productCode = null } = sought;
  for (const source of [sought.source, null]) {
    const holds = versions.find(
      (entry) => entry.source === source && entry.productCode === productCode && covers(entry, at),
    );
    if (holds !== undefined && holds.target !== null) return holds;
  }
  return null;
}

/** The entries that hold at a time, one for each source and product; `versions` as in {@link entryFor}. */
export function entriesAt(versions: readonly CrosswalkEntry[], at: Date): CrosswalkEntry[] {
  const newest = new Map<string, CrosswalkEntry>();
  for (const entry of versions) {
    const scope = JSON.stringify([entry.source, entry.productCode]);
    if (covers(entry, at) && !newest.has(scope)) newest.set(scope, entry);
  }
  return [...newest.values()].filter(({ target }) => target !== null);
}

function covers({ validFrom, validUntil }: CrosswalkEntry, at: Date): boolean {
  return (validFrom === null || validFrom <= at) && (validUntil === null || at < validUntil);
}

/** The code of an item in the form in which it is compared: trade item numbers at 14 digits. */
export function itemCode(value: string): string {
  return gtin14(value) ?? value;
}

/** The code in the form in which it is compared, or what is wrong with it. */
export function crosswalkCode(
  kind: CrosswalkKind,
  raw: string,
): { readonly code: string } | { readonly problem: string } {
  const code = raw.trim();
  if (code === '' || code.length > 250 || code.includes('\0'))
    return { problem: 'the code is empty, longer than 250 characters or contains NUL' };
  if (kind === 'ITEM') return { code: itemCode(code) };
  if (kind === 'LOCATION') return { code };
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

/** The names that held records may wait for and that an entry answers; `raw` is the code as it was given. */
export function awaitedBy(kind: CrosswalkKind, code: string, raw: string): string[] {
  const product = (scheme: 'INTERNAL' | 'GTIN' | 'NDC', value: string): string =>
    awaitedProduct({ scheme, value, supplierCode: null });
  switch (kind) {
    case 'NDC':
      return [product('NDC', code)];
    case 'GLN':
      return [awaitedLocation({ scheme: 'GLN', value: code })];
    case 'LOCATION':
      return [awaitedLocation({ scheme: 'CODE', value: code })];
    case 'UNIT':
      return [awaitedUnit(code)];
    case 'ITEM': {
      const [supplierCode = '', ...item] = raw.trim().split('/');
      const supplierItem = awaitedProduct({ scheme: 'SUPPLIER_ITEM', value: item.join('/'), supplierCode });
      return [product('INTERNAL', raw.trim()), product('GTIN', code), ...(item.length > 0 ? [supplierItem] : [])];
    }
  }
}
