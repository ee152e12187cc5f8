import { Decimal } from '@wardline/event-contracts';
import { isVirtual, virtualLocation } from '../movement.js';
import type { MovementReading } from './ledger-readings.store.js';
import type { TracedBalance, TracedFlow, TraceReading } from './trace-readings.store.js';

/** A quantity used at a place. */
export interface Used {
  readonly productCode: string;
  readonly location: string;
  readonly quantity: string;
  readonly unit: string;
}

/** The story of a lot or serial, upstream and downstream. */
export interface Trace {
  readonly lot: string | null;
  readonly serial: string | null;
  readonly products: readonly string[];
  readonly expiryDate: string | null;
  readonly upstream: readonly TracedFlow[];
  readonly between: readonly TracedFlow[];
  readonly downstream: readonly TracedFlow[];
  readonly consumed: readonly Used[];
  readonly now: readonly TracedBalance[];
  readonly reversed: readonly { readonly eventId: string; readonly reversedBy: string }[];
  readonly movements: readonly MovementReading[];
  readonly next: string | null;
}

/** Puts a reading of the ledger in the order of a story: where it came from, how it went about, where it ended. */
export function traceOf(
  asked: { readonly lot: string | null; readonly serial: string | null; readonly limit: number },
  { balances, flows, movements }: TraceReading,
): Trace {
  const fromOutside = ({ fromLocation }: TracedFlow): boolean => isVirtual(fromLocation);
  const toOutside = ({ toLocation }: TracedFlow): boolean => isVirtual(toLocation);
  return {
    ...{ lot: asked.lot, serial: asked.serial },
    products: [...new Set(flows.map(({ productCode }) => productCode))],
    expiryDate: movements.findLast(({ expiryDate }) => expiryDate !== null)?.expiryDate ?? null,
    upstream: flows.filter(fromOutside),
    between: flows.filter((flow) => !fromOutside(flow) && !toOutside(flow)),
    downstream: flows.filter((flow) => !fromOutside(flow) && toOutside(flow)),
    consumed: consumedIn(flows),
    now: balances.filter(({ location }) => !isVirtual(location)),
    reversed: movements.flatMap(({ eventId, reversedBy }) => (reversedBy === null ? [] : [{ eventId, reversedBy }])),
    movements,
    next: movements.length < asked.limit ? null : movements.at(-1)!.position,
  };
}

/** What each place sent to Consumption less what it got back from there, whether returned or undone. */
function consumedIn(flows: readonly TracedFlow[]): Used[] {
  const used = new Map<string, Omit<Used, 'quantity'> & { readonly quantity: Decimal }>();
  for (const { productCode, fromLocation, toLocation, quantity, unit } of flows) {
    const there = toLocation === virtualLocation.consumption;
    if (!there && fromLocation !== virtualLocation.consumption) continue;
    const location = there ? fromLocation : toLocation;
    const key = JSON.stringify([productCode, location, unit]);
    const before = used.get(key)?.quantity ?? new Decimal(0);
    used.set(key, { productCode, location, unit, quantity: there ? before.plus(quantity) : before.minus(quantity) });
  }
  return [...used.values()]
    .filter(({ quantity }) => !quantity.isZero())
    .map((place) => ({ ...place, quantity: place.quantity.toFixed(6) }));
}
