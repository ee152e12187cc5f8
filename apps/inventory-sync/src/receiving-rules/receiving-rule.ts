import { z } from 'zod';

const text = z.string().trim().min(1).max(250);
const isDue = z.boolean().default(false);

/** For what a rule holds: one product, or a class of products with the classes below it. */
export const ruleScope = z.enum(['PRODUCT', 'CLASS']);

/** What is asked of goods that come in. */
export const requirements = z.strictObject({
  lot: isDue.describe('The record names the lot, also of a product that Odoo does not track by lot.'),
  serial: isDue.describe('The record names the serial number, also of a product that Odoo does not track by serial.'),
  expiryDate: isDue.describe('An expiry date is known.'),
  minimumRemainingLifeDays: z
    .number()
    .int()
    .min(1)
    .max(7_300)
    .nullable()
    .default(null)
    .describe('Between the day it came and its expiry date; needs one.'),
  temperatureLog: isDue.describe('The record says where the temperature on the way is recorded.'),
  secondPerson: isDue.describe('Somebody else than who received it has looked at it: approverRef beside performerRef.'),
  overReceiptPercent: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe('How much more than announced may come, in percent.'),
});

/** What a PUT says: what is asked, who says so, and why. */
export const ruleBody = z.strictObject({ ...requirements.shape, by: text, reason: text });

/** What a DELETE says. */
export const ruleRemoval = z.strictObject({ by: text, reason: text });

/** The code of a product, or the complete name of a class in Odoo. */
export const ruleSubject = text;

/** One version of a rule as it is answered; requirements null: it was removed. */
export const ruleAnswer = z.object({
  ...{ scope: ruleScope, subject: z.string(), requirements: requirements.nullable() },
  ...{ changedBy: z.string(), reason: z.string(), changedAt: z.iso.datetime() },
});

export type RuleScope = z.output<typeof ruleScope>;
export type Requirements = z.output<typeof requirements>;

/** A rule that holds. */
export interface ReceivingRule {
  readonly scope: RuleScope;
  /** Product code, or complete name of a class. */
  readonly subject: string;
  readonly requirements: Requirements;
}

/** A version of a rule. */
export interface RuleVersion extends Omit<ReceivingRule, 'requirements'> {
  /** Null where it was removed. */
  readonly requirements: Requirements | null;
  readonly changedBy: string;
  readonly reason: string;
  readonly changedAt: Date;
}

/** The rule for a product: its own one, else that of the nearest class, whole; null where none holds. */
export function ruleFor(
  { code, category }: { readonly code: string; readonly category: string },
  rules: readonly ReceivingRule[],
): ReceivingRule | null {
  const own = rules.find(({ scope, subject }) => scope === 'PRODUCT' && subject === code);
  const classes = rules.filter(({ scope, subject }) => scope === 'CLASS' && isWithin(category, subject));
  return own ?? classes.toSorted((a, b) => b.subject.length - a.subject.length)[0] ?? null;
}

/** Odoo joins the names of a class and those above it with ` / `. */
function isWithin(category: string, above: string): boolean {
  return category === above || category.startsWith(`${above} / `);
}
