import { z } from 'zod';

/** A quantity as it is shown: decimal text. */
export const quantityText = z.string().regex(/^-?\d+(\.\d+)?$/);

/** A time as it is shown: ISO 8601 in UTC. */
export const timeText = z.iso.datetime();

/** A day without a time. */
export const dayText = z.iso.date();

/** A ledger position, which may be larger than a number of JavaScript. */
export const positionText = z.string().regex(/^\d+$/);

const uuidText = z.guid();

/** A page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item): z.ZodType {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Give it as `after` for the following page; null on the last.'),
  });
}

/** A balance. */
export const balanceAnswer = z.object({
  location: z.string(),
  productCode: z.string(),
  lotNumber: z.string().nullable(),
  serialNumber: z.string().nullable(),
  quantity: quantityText,
  unit: z.string(),
});

/** A movement: what, who, when, why, through which interface, and what became of it in Odoo. */
export const movementAnswer = z.object({
  position: positionText,
  eventId: uuidText,
  sourceEventId: uuidText,
  movementType: z.string(),
  productCode: z.string(),
  fromLocation: z.string(),
  toLocation: z.string(),
  lotNumber: z.string().nullable(),
  serialNumber: z.string().nullable(),
  expiryDate: dayText.nullable(),
  quantity: quantityText,
  unit: z.string(),
  actor: z.string(),
  occurredAt: timeText,
  recordedAt: timeText,
  reason: z.string().nullable(),
  interface: z.string(),
  reverses: uuidText.nullable(),
  reversedBy: uuidText.nullable(),
  correlationId: uuidText,
  posting: z.object({
    state: z.enum(['PENDING', 'POSTED', 'REFUSED', 'NOT_DUE']),
    model: z.string().nullable(),
    recordId: z.string().nullable(),
    reference: z.string().nullable(),
    postedAt: z.string().nullable(),
    code: z.string().nullable(),
    message: z.string().nullable(),
  }),
});

const difference = z.object({
  location: z.string(),
  productCode: z.string(),
  lotNumber: z.string().nullable(),
  serialNumber: z.string().nullable(),
  unit: z.string(),
  balance: quantityText,
  movements: quantityText,
  foundAt: timeText,
});

/** What the continuous check found. */
export const continuousAnswer = z.object({
  inBalance: z.boolean(),
  position: positionText.describe('In balance up to this ledger position; no movement up to it can come any more.'),
  balancedAt: timeText.nullable(),
  checkedAt: timeText.nullable(),
  highestPosition: positionText.describe('The highest that was added up; some below may still be under way.'),
  movements: z.string(),
  sweptAt: timeText.nullable().describe('When every balance, changed or not, was last gone through to the end.'),
  differences: z.array(difference),
});

/** The whole ledger added up now; only with `full`. */
const fullAnswer = z.object({
  balances: z.int(),
  movements: z.int(),
  postings: z.object({ posted: z.int(), refused: z.int(), pending: z.int() }),
  differences: z.array(z.record(z.string(), z.unknown())),
  unbalanced: z.array(z.record(z.string(), z.unknown())),
});

/** Whether the ledger is true to itself. */
export const checkAnswer = fullAnswer.partial().extend({ consistent: z.boolean(), continuous: continuousAnswer });
