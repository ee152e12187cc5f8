import { z } from 'zod';
import type { Operation } from './operation.js';
import type { PolicyName } from './posting.js';

/** One line of POSTING_POLICY: how soon the products of a category and those below it are posted. */
export const policyRule = z
  .object({
    category: z.string().min(1),
    policy: z.enum(['immediate', 'batched', 'coalesced']),
    windowSeconds: z.number().int().positive().max(86_400).optional(),
  })
  .strict()
  .refine((rule) => rule.policy !== 'coalesced' || rule.windowSeconds !== undefined, {
    message: 'a coalesced category needs windowSeconds',
  });

export type PolicyRule = z.infer<typeof policyRule>;

/** What decides when a movement is due. */
export interface Timing {
  readonly policy: PolicyName;
  readonly dueAt: Date;
  readonly windowStart: Date | null;
}

/** What the policy looks at. */
export interface PolicySubject {
  readonly category: string;
  readonly tracking: string;
  readonly operation: Operation;
}

/**
 * When a movement received at `at` is due. The most specific rule of its product's category decides; without one, serials
 * go at once (a single piece is what a patient carries) and the rest is batched. Windows begin at multiples of their
 * length since 1970, so that every replica draws the same ones. Only consumption is coalesced: a receipt, a transfer and
 * an adjustment each keep a document of their own.
 */
export function timingOf(subject: PolicySubject, rules: readonly PolicyRule[], at: Date, lingerMs: number): Timing {
  const rule = ruleFor(subject.category, rules);
  const policy = rule?.policy ?? (subject.tracking === 'SERIAL' ? 'immediate' : 'batched');
  if (policy === 'coalesced' && subject.operation === 'consumption')
    return windowed(at, (rule?.windowSeconds ?? 60) * 1000);
  const single = policy === 'coalesced' ? 'batched' : policy;
  return { policy: single, dueAt: new Date(at.getTime() + (single === 'immediate' ? 0 : lingerMs)), windowStart: null };
}

function windowed(at: Date, length: number): Timing {
  const start = Math.floor(at.getTime() / length) * length;
  return { policy: 'coalesced', dueAt: new Date(start + length), windowStart: new Date(start) };
}

function ruleFor(category: string, rules: readonly PolicyRule[]): PolicyRule | undefined {
  return rules
    .filter((rule) => category === rule.category || category.startsWith(`${rule.category} / `))
    .toSorted((a, b) => b.category.length - a.category.length)[0];
}
