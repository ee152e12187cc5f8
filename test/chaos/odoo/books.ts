import type { Violation } from '../checker.ts';

/** A movement of the ledger that has to be in Odoo. */
export interface LedgerMovement {
  readonly eventId: string;
  readonly product: string;
  /** `POSTED` when Wardline says that it is in Odoo. */
  readonly posting: string;
}

/** A transfer in Odoo, named after its movement. */
export interface OdooTransfer {
  readonly eventId: string;
  readonly state: string;
}

/** What ledger and Odoo say when everything is settled. */
export interface Books {
  /** In the ledger's order. */
  readonly movements: readonly LedgerMovement[];
  /** In the order in which Odoo has made them. */
  readonly transfers: readonly OdooTransfer[];
  /** Pieces on the ward by product, in the ledger and in Odoo. */
  readonly onHand: readonly { readonly product: string; readonly ledger: number; readonly odoo: number }[];
}

/** Holds the books to promise 5: one finished transfer for each movement, in order, and the same stock on both sides. Pure. */
export function checkBooks({ movements, transfers, onHand }: Books): Violation[] {
  const of = Map.groupBy(transfers, ({ eventId }) => eventId);
  const known = new Set(movements.map(({ eventId }) => eventId));
  return [
    ...movements.flatMap(({ eventId, posting }) => postingOf(eventId, posting, of.get(eventId) ?? [])),
    ...[...of.keys()].filter((id) => !known.has(id)).map((what) => ({ kind: 'posting of nothing' as const, what })),
    ...[...Map.groupBy(movements, ({ product }) => product).values()].flatMap((some) => disorder(some, transfers)),
    ...onHand
      .filter(({ ledger, odoo }) => ledger !== odoo)
      .map(({ product, ledger, odoo }) => ({ kind: 'books differ' as const, what: `${product}: ${ledger}, ${odoo}` })),
  ];
}

function postingOf(eventId: string, posting: string, transfers: readonly OdooTransfer[]): Violation[] {
  if (transfers.length > 1) return [{ kind: 'posted twice', what: eventId }];
  const done = transfers[0]?.state === 'done';
  if (done && posting === 'POSTED') return [];
  const state = transfers[0]?.state ?? 'absent';
  return [{ kind: 'posting missing', what: `${eventId}: ${posting} in the ledger, ${state} in Odoo` }];
}

/** Movements of one product whose transfers Odoo has in another order. */
function disorder(movements: readonly LedgerMovement[], transfers: readonly OdooTransfer[]): Violation[] {
  const place = new Map(transfers.map(({ eventId }, index) => [eventId, index]));
  const places = movements.flatMap(({ eventId }) => place.get(eventId) ?? []);
  const wrong = places.findIndex((at, index) => index > 0 && at < places[index - 1]!);
  return wrong < 0 ? [] : [{ kind: 'posting out of order', what: movements[wrong]!.eventId }];
}
