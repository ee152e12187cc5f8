import type { Decimal } from '@wardline/event-contracts';
import { quarantineOf } from './quarantine.ts';
import type { Effect, What } from './record.ts';

/** Where something is and how it is told apart. */
export interface Shelf {
  readonly place: string;
  readonly toPlace: string | null;
  readonly product: string;
  readonly piece: string;
}

/**
 * What an operation does to the shelves of the house, by the meaning of its name and not by any code of Wardline's: what
 * the day expects of ledger and Odoo. `before`: what the shelf held, for a count.
 */
export function effectsOf(what: What, shelf: Shelf, quantity: Decimal, before: Decimal): Effect[] {
  const { product, piece, place, toPlace } = shelf;
  const at = (where: string, change: Decimal): Effect => ({
    place: where,
    product,
    piece,
    quantity: change.toString(),
  });
  const goes = at(place, quantity.neg());
  const comes = at(place, quantity);
  switch (what) {
    case 'USED':
    case 'WASTED':
    case 'SHIPPED':
    case 'WRITTEN_OFF':
    case 'RETURNED_TO_SUPPLIER':
      return [goes];
    case 'RETURNED':
    case 'RECEIVED':
    case 'ARRIVED':
      return [comes];
    case 'PUT_AWAY':
    case 'TRANSFERRED':
      return [goes, at(toPlace!, quantity)];
    case 'QUARANTINED':
      return [goes, at(quarantineOf(place), quantity)];
    case 'RELEASED':
      return [comes, at(quarantineOf(place), quantity.neg())];
    case 'COUNTED':
      return [at(place, quantity.minus(before))];
    case 'REVERSED':
      return [];
  }
}
