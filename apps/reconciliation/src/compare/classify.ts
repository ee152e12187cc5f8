import { Decimal } from '@wardline/event-contracts';
import type { DifferenceKind } from './finding.js';
import { differenceOf, type Effect, type ForeignMove, type Standing } from './standing.js';

/** What is known about a place that differs. */
export interface Circumstances {
  readonly standing: Standing;
  /** Other places of the same product that differ too. */
  readonly siblings: readonly Standing[];
  /** Movements that came into Odoo between the last equal and the first different report. */
  readonly effects: readonly Effect[];
  /** Moves in Odoo that are not of our making, from that time on. */
  readonly moves: readonly ForeignMove[];
  /** Factors of other units of the product's kind: what a quantity is wrong by when its unit is mistaken. */
  readonly factors: readonly Decimal[];
  /** Of a serial: another location where Odoo holds it too; null when there is none. */
  readonly elsewhere: string | null;
}

/** What a difference is taken for, and what speaks for it. */
export interface Verdict {
  readonly kind: DifferenceKind;
  readonly because: string;
  readonly eventId: string | null;
}

/**
 * What kind a difference is. What Odoo itself writes down counts first (moves that people made), then what the numbers say
 * of the movements of that time, and drift is what is left: a quantity that changed and nothing says why.
 */
export function classify(circumstances: Circumstances): Verdict {
  const { standing } = circumstances;
  const difference = differenceOf(standing);
  if (standing.odooUnit !== null) return otherUnit(standing, standing.odooUnit);
  if (standing.odoo.minus(standing.contained).equals(standing.accepted)) return unapproved(standing);
  return (
    byMoves(difference, circumstances) ??
    byLots(difference, circumstances) ??
    byMovements(difference, circumstances) ??
    byQuants(difference, circumstances) ??
    byIgnorance(circumstances) ?? {
      kind: 'QUANT_DRIFT',
      because: 'the quantity changed in Odoo and no move there says why',
      eventId: null,
    }
  );
}

function otherUnit({ unit }: Standing, odooUnit: string): Verdict {
  const because = `Odoo counts the product in ${odooUnit} now, its postings are in ${unit}`;
  return { kind: 'UNIT_FACTOR', because, eventId: null };
}

function unapproved({ unapproved: quantity, unit }: Standing): Verdict {
  const because = `${signed(quantity)} ${unit} were adjusted in Odoo and the ledger followed; nobody approved it`;
  return { kind: 'UNAPPROVED_ADJUSTMENT', because, eventId: null };
}

/** The newest moves that make up the difference: those of a change that was put right since cancel out before them. */
function byMoves(difference: Decimal, { moves, effects }: Circumstances): Verdict | null {
  const made = newestMakingUp(difference, moves);
  if (made === null) return null;
  const named = made.map(({ reference, quantity }) => `${reference || 'a move without a name'} (${signed(quantity)})`);
  if (made.every(({ otherUsage }) => otherUsage === 'inventory'))
    return { kind: 'UNAPPROVED_ADJUSTMENT', because: `adjusted in Odoo by ${named.join(', ')}`, eventId: null };
  const same = effects.find(({ quantity }) => quantity.equals(difference));
  if (made.length === 1 && same !== undefined)
    return { kind: 'DOUBLED', because: `entered in Odoo once more as ${named.join()}`, eventId: same.eventId };
  return { kind: 'UNKNOWN_TO_US', because: `moved in Odoo by ${named.join(', ')}`, eventId: null };
}

function newestMakingUp(difference: Decimal, moves: readonly ForeignMove[]): readonly ForeignMove[] | null {
  let sum = new Decimal(0);
  const newestFirst = moves.toReversed();
  for (const [index, { quantity }] of newestFirst.entries()) {
    sum = sum.plus(quantity);
    if (sum.equals(difference)) return newestFirst.slice(0, index + 1).toReversed();
  }
  return null;
}

/** Lots of one shelf that differ by nothing together: one was taken for another, or they were renamed, merged or split. */
function byLots(difference: Decimal, { standing, siblings }: Circumstances): Verdict | null {
  const others = siblings.filter(({ location, lot }) => location === standing.location && lot !== standing.lot);
  const other = others.find((sibling) => differenceOf(sibling).equals(difference.negated()));
  const together = other === undefined ? others : [other];
  const sum = together.reduce((total, sibling) => total.plus(differenceOf(sibling)), difference);
  if (together.length === 0 || !sum.isZero()) return null;
  const named = [standing, ...together].map((each) => `${signed(differenceOf(each))} of ${lotName(each.lot)}`);
  const because = `Odoo holds another lot for one, and as much of them together: ${named.toSorted().join(', ')}`;
  return { kind: 'LOT_DIFFERS', because, eventId: null };
}

/** A movement that Odoo does not hold, holds twice, or holds in another unit changes the quantity by a multiple of its own. */
function byMovements(difference: Decimal, { effects, factors }: Circumstances): Verdict | null {
  const named = (kind: DifferenceKind, { eventId, reference }: Effect, what: string): Verdict => {
    return { kind, because: `the movement ${eventId} (${reference ?? 'no document'}) ${what}`, eventId };
  };
  const newestFirst = effects.toReversed();
  const missing = newestFirst.find(({ quantity }) => quantity.negated().equals(difference));
  if (missing) return named('MISSING_IN_ODOO', missing, 'was posted, but its quantity is not in Odoo');
  const doubled = newestFirst.find(({ quantity }) => quantity.equals(difference));
  if (doubled) return named('DOUBLED', doubled, 'is in Odoo twice');
  for (const effect of newestFirst) {
    const known = effect.factor === null ? factors : [effect.factor, ...factors];
    const taken = known
      .flatMap((factor) => [factor, new Decimal(1).div(factor)])
      .find((factor) => {
        return effect.quantity.times(factor.minus(1)).toDecimalPlaces(2).equals(difference.toDecimalPlaces(2));
      });
    if (taken !== undefined)
      return named('UNIT_FACTOR', effect, `is in Odoo ${taken.toDecimalPlaces(6).toFixed()} times as large`);
  }
  return null;
}

/** What the quants of Odoo say among themselves: stock that is there twice, or that stands at another location. */
function byQuants(difference: Decimal, { standing, siblings, elsewhere }: Circumstances): Verdict | null {
  const { contained, isSerial, lot } = standing;
  if (isSerial && elsewhere !== null && difference.isPositive())
    return { kind: 'DOUBLED', because: `Odoo holds the serial ${lot} at ${elsewhere} too`, eventId: null };
  if (difference.equals(contained))
    return { kind: 'DOUBLED', because: 'all that is there is in Odoo twice, as by a second quant', eventId: null };
  const other = siblings.find((each) => each.lot === lot && differenceOf(each).equals(difference.negated()));
  if (other === undefined) return null;
  const because = `${other.location} has ${signed(difference.negated())} instead, and no move in Odoo says why`;
  return { kind: 'QUANT_DRIFT', because, eventId: null };
}

function byIgnorance({ standing }: Circumstances): Verdict | null {
  if (standing.isKnown) return null;
  return { kind: 'UNKNOWN_TO_US', because: 'the ledger has never moved anything of it there', eventId: null };
}

/** A quantity with its sign, as people write changes. */
export function signed(quantity: Decimal): string {
  return quantity.isNegative() ? quantity.toFixed() : `+${quantity.toFixed()}`;
}

function lotName(lot: string): string {
  return lot === '' ? 'no lot' : `lot ${lot}`;
}
