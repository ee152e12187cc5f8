import { Decimal, type LocalDate } from '@wardline/event-contracts';

/** What stands at a place of one lot or serial. */
export interface StandingStock {
  readonly location: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  readonly quantity: Decimal;
  readonly unit: string;
}

/** A lot or serial that can be taken, or why it cannot; quantities are decimal text. */
export interface Portion {
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  readonly expiryDate: LocalDate | null;
  readonly quantity: string;
  readonly unit: string;
}

/** How a quantity can be taken at one place. */
export interface Proposal {
  readonly available: boolean;
  /** All that can be taken there. */
  readonly quantity: string;
  /** From which lots to take what was asked for, or as much as there is, the one that expires first first. */
  readonly take: readonly Portion[];
  readonly leftOut: readonly (Portion & { readonly reason: 'EXPIRED' | 'QUARANTINED' })[];
}

/** Another place that holds it. */
export interface OtherPlace {
  readonly location: string;
  readonly quantity: string;
  readonly unit: string;
}

/**
 * Proposes what to take: first expired, first out; what never expires comes last. A lot whose date has passed on `day` is left
 * out and named, as is what stands in quarantine.
 */
export function propose(
  wanted: Decimal,
  standing: readonly StandingStock[],
  quarantined: readonly StandingStock[],
  day: LocalDate,
): Proposal {
  const good = standing.filter(({ expiryDate }) => expiryDate === null || expiryDate >= day).sort(firstExpired);
  const expired = standing.filter((stock) => !good.includes(stock)).sort(firstExpired);
  const take: Portion[] = [];
  let missing = wanted;
  for (const stock of good) {
    if (missing.lessThanOrEqualTo(0)) break;
    const part = Decimal.min(missing, stock.quantity);
    take.push(portion(stock, part));
    missing = missing.minus(part);
  }
  return {
    available: missing.lessThanOrEqualTo(0),
    quantity: sumOf(good).toFixed(6),
    take,
    leftOut: [
      ...expired.map((stock) => ({ ...portion(stock), reason: 'EXPIRED' as const })),
      ...quarantined.map((stock) => ({ ...portion(stock), reason: 'QUARANTINED' as const })),
    ],
  };
}

/**
 * Other places with what is not expired, the nearest first: the more levels of the name of a location two share (Odoo's
 * `complete_name`, levels parted by `/`), the nearer they are; of equally near ones the one that has most.
 */
export function nearest(
  location: string,
  others: readonly StandingStock[],
  nameOf: (location: string) => string,
  day: LocalDate,
): OtherPlace[] {
  const usable = others.filter(({ expiryDate }) => expiryDate === null || expiryDate >= day);
  const places = Map.groupBy(usable, (stock) => stock.location);
  const levels = nameOf(location).split('/');
  return [...places]
    .map(([place, stock]) => ({
      ...{ location: place, quantity: sumOf(stock), unit: stock[0]!.unit },
      shared: sharedLevels(levels, nameOf(place).split('/')),
    }))
    .sort((a, b) => b.shared - a.shared || b.quantity.comparedTo(a.quantity) || (a.location < b.location ? -1 : 1))
    .map(({ shared: _, quantity, ...place }) => ({ ...place, quantity: quantity.toFixed(6) }));
}

function sharedLevels(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((level, index) => level !== other[index]);
  return differs === -1 ? one.length : differs;
}

function firstExpired(a: StandingStock, b: StandingStock): number {
  const [one, other] = [a, b].map(({ expiryDate, lotNumber, serialNumber }) =>
    [expiryDate ?? '9999-12-31', lotNumber ?? '', serialNumber ?? ''].join('\n'),
  );
  return one! < other! ? -1 : 1;
}

function sumOf(stock: readonly StandingStock[]): Decimal {
  return stock.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
}

function portion(stock: StandingStock, quantity = stock.quantity): Portion {
  const { lotNumber, serialNumber, expiryDate, unit } = stock;
  return { lotNumber, serialNumber, expiryDate, quantity: quantity.toFixed(6), unit };
}
