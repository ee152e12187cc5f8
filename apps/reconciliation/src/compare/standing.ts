import type { Decimal } from '@wardline/event-contracts';
import type { Place } from '../place.js';

/** How ledger and Odoo stand to one another at one place. Quantities are in the product's stock unit. */
export interface Standing extends Place {
  readonly isSerial: boolean;
  readonly unit: string;
  /** The unit that Odoo counts in by its last report, where it is one of another size; null where it is not. */
  readonly odooUnit: string | null;
  /** The sum of all movements. */
  readonly ledger: Decimal;
  /** Of the ledger, what Odoo has too, as far as we know: all but what is under way. */
  readonly contained: Decimal;
  /** What Odoo holds by its last report. */
  readonly odoo: Decimal;
  /** Of the contained, what people adjusted in Odoo and nobody approved. */
  readonly unapproved: Decimal;
  /** Of the difference, what a person accepted. */
  readonly accepted: Decimal;
  /** Something is known on one side only because it came on another topic: nothing can be said before the other has come. */
  readonly isInFlight: boolean;
  /** Since when it is, at the longest; null when nothing is. */
  readonly inFlightSince: Date | null;
  /** Whether the ledger ever moved anything there. */
  readonly isKnown: boolean;
}

/** A movement's effect on a place, as Odoo's history has it. */
export interface Effect {
  readonly eventId: string;
  readonly quantity: Decimal;
  /** Ordinal of the first report that contains it. */
  readonly containedIn: bigint;
  readonly movementType: string;
  readonly reference: string | null;
  /** Factor between the unit recorded and the stock unit, of the record it books; null when they are the same or unknown. */
  readonly factor: Decimal | null;
}

/** A move in Odoo that is not of our making. */
export interface ForeignMove {
  readonly lineId: string;
  readonly reference: string;
  readonly movedAt: string;
  readonly quantity: Decimal;
  readonly otherLocation: string;
  readonly otherUsage: string;
  readonly userId: string | null;
}

/** A balance as one report said it, with what the ledger had in Odoo by then. */
export interface Reported {
  readonly ordinal: bigint;
  readonly readAt: Date;
  readonly odoo: Decimal;
  readonly contained: Decimal;
  readonly unit: string;
  readonly changes: readonly ForeignMove[];
}

/** What Odoo holds more (or less, when negative) than everybody knows and accepted. */
export function differenceOf({ odoo, contained, unapproved, accepted }: Standing): Decimal {
  return odoo.minus(contained).plus(unapproved).minus(accepted);
}
