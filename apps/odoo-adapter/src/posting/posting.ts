import type { Decimal, EventId, LocalDate, StockMoved } from '@wardline/event-contracts';

/** How soon a movement goes to Odoo (DESIGN part 10, "Policy per product class"). */
export type PolicyName = 'immediate' | 'batched' | 'coalesced';

/**
 * pending: waits; posting: its document is fixed and may be in Odoo; posted: read back; refused: waits for a person;
 * abandoned: given up by one. In shadow mode: withheld: waits for its counterpart; elsewhere: the old interface posted it;
 * alone: it did not, which is for a person to look at.
 */
export const postingStates = [
  ...(['pending', 'posting', 'posted', 'refused', 'abandoned'] as const),
  ...(['withheld', 'elsewhere', 'alone'] as const),
] as const;

/** See {@link postingStates}. */
export type PostingState = (typeof postingStates)[number];

/** The part of a `StockMoved` that a document is made of, as kept with the posting. */
export interface Movement {
  readonly productCode: string;
  readonly fromLocation: string;
  readonly toLocation: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  readonly quantity: Decimal;
  readonly unit: string;
  readonly movementType: string;
  readonly occurredAt: Date;
  readonly reason: string | null;
}

/** One movement on its way to Odoo. */
export interface Posting {
  readonly eventId: EventId;
  readonly correlationId: EventId;
  readonly position: bigint;
  /** Key of the movement; order holds within it. */
  readonly key: string;
  readonly movement: Movement;
  readonly policy: PolicyName;
  /** Start of its window when it is coalesced. */
  readonly windowStart: Date | null;
  /** When it is to be posted at the latest if the batch does not fill before. */
  readonly dueAt: Date;
  readonly state: PostingState;
  /** External id of its document in Odoo, once fixed. */
  readonly document: string | null;
  readonly attempts: number;
}

/** Takes the part of a `StockMoved` that matters to Odoo. */
export function movementOf(data: StockMoved): Movement {
  const { productCode, fromLocation, toLocation, lotNumber, serialNumber, expiryDate, quantity, unit } = data;
  const { movementType, occurredAt, reason } = data;
  const what = { productCode, lotNumber, serialNumber, expiryDate, quantity, unit };
  return { ...what, fromLocation, toLocation, movementType, occurredAt, reason };
}

/**
 * The writer lane of a company, for all its documents: one writer at a time, as parallel ones collide in Odoo. Named after
 * what went through it first.
 */
export function laneOf(companyId: number): string {
  return `${companyId}/ward-consumption`;
}

/** The company of a lane. */
export function companyOf(lane: string): number {
  return Number(lane.slice(0, lane.indexOf('/')));
}
