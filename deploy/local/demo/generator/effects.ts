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
  const { place, toPlace } = shelf;
  const change = (where: string, by: Decimal): Effect => changeOf(shelf, where, by);
  const [goes, comes] = [change(place, quantity.neg()), change(place, quantity)];
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
      return [goes, change(toPlace!, quantity)];
    case 'QUARANTINED':
      return [goes, change(quarantineOf(place), quantity)];
    case 'RELEASED':
      return [comes, change(quarantineOf(place), quantity.neg())];
    case 'COUNTED':
      return [change(place, quantity.minus(before))];
    case 'REVERSED':
      return [];
  }
}

function changeOf({ product, piece }: Shelf, place: string, by: Decimal): Effect {
  return { place, product, piece, quantity: by.toString() };
}
