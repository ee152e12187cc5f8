import type { DifferenceKind } from '../src/compare/finding.js';
import type { Moved, StockWorld } from './stock-world.js';
import type { Wards } from './wards.js';
import type { Spot } from './world-places.js';

/** What has to be found of a drift: the subjects that differ, and which event is the first wrong one, if one of ours is. */
export interface Expected {
  readonly subjects: string[];
  readonly wrongEvent?: string;
}

/** Something that goes wrong in Odoo, in the ledger, or between them. */
export interface Drift {
  readonly name: string;
  readonly kind: DifferenceKind;
  readonly owner?: string;
  /** Brings it about. */
  readonly happens: (world: StockWorld, wards: Wards) => Expected;
}

/** The subject of the case about a place. */
export function subject({ ward, product, lot }: Spot): string {
  return `stock:${ward}/${product}/${lot}`;
}

/** Tampers with one place, which differs then. */
export function at(spot: Spot, tamper: () => void): Expected {
  tamper();
  return { subjects: [subject(spot)] };
}

/** A movement is wrong at one place. */
export function wrong(spot: Spot, { eventId }: Moved): Expected {
  return { subjects: [subject(spot)], wrongEvent: eventId };
}
