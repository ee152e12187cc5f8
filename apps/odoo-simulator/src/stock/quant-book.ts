import { Decimal } from 'decimal.js';

/** How much of one product, and of one lot or none, lies in one location, in the product's own unit. */
export interface Quant {
  id: number | null;
  readonly productId: number;
  readonly locationId: number;
  readonly lotId: number | null;
  quantity: Decimal;
  reserved: Decimal;
  inDate: string;
  changed: boolean;
}

/** A quantity that leaves one location and arrives in another. */
export interface Displacement {
  readonly productId: number;
  readonly lotId: number | null;
  readonly quantity: Decimal;
  readonly from: number;
  readonly to: number;
}

/** Available afterwards at the place that was changed, and since when the stock is in the house. */
export interface Change {
  readonly available: Decimal;
  readonly inDate: string;
}

const zero = new Decimal(0);

/**
 * The quants that one call works on. Negative stock is allowed, as in Odoo: what is not there is owed. A lot that is
 * short takes from stock of no lot first.
 */
export class QuantBook {
  private readonly byPlace = new Map<string, Quant[]>();

  constructor(quants: readonly Quant[] = []) {
    for (const quant of quants) this.put(quant);
  }

  all(): Quant[] {
    return [...this.byPlace.values()].flat();
  }

  /** Moves a quantity, oldest arrival date first; the sum over all locations stays the same. */
  move({ productId, lotId, quantity, from, to }: Displacement, now: string): Change {
    const left = this.change(productId, from, lotId, quantity.negated(), now, null);
    this.change(productId, to, lotId, quantity, now, left.inDate);
    return left;
  }

  /** Sets aside (or, negative, gives back) a quantity; a place that has nothing gets a quant that only reserves. */
  reserve(productId: number, locationId: number, lotId: number | null, quantity: Decimal, now: string): void {
    if (quantity.isZero()) return;
    const quant = this.candidates(productId, locationId, lotId, zero)[0] ?? this.add(productId, locationId, lotId, now);
    quant.reserved = Decimal.max(zero, quant.reserved.plus(quantity));
    quant.changed = true;
  }

  /** What is there and not set aside, of exactly this lot (or of no lot). */
  available(productId: number, locationId: number, lotId: number | null): Decimal {
    return this.at(productId, locationId)
      .filter((quant) => quant.lotId === lotId)
      .reduce((sum, quant) => sum.plus(quant.quantity).minus(quant.reserved), zero);
  }

  /** Quants with something free, oldest first. */
  free(
    productId: number,
    locationIds: readonly number[],
  ): { locationId: number; lotId: number | null; free: Decimal }[] {
    return locationIds
      .flatMap((locationId) => this.at(productId, locationId))
      .map((quant) => ({ quant, free: quant.quantity.minus(quant.reserved) }))
      .filter(({ free }) => free.gt(0))
      .sort((a, b) => a.quant.inDate.localeCompare(b.quant.inDate) || (a.quant.id ?? 0) - (b.quant.id ?? 0))
      .map(({ quant, free }) => ({ locationId: quant.locationId, lotId: quant.lotId, free }));
  }

  private change(
    productId: number,
    locationId: number,
    lotId: number | null,
    quantity: Decimal,
    now: string,
    since: string | null,
  ): Change {
    const change = this.apply(productId, locationId, lotId, quantity, now, since);
    if (lotId === null || change.available.gte(0)) return change;
    const spare = Decimal.min(Decimal.max(this.available(productId, locationId, null), zero), quantity.abs());
    if (spare.isZero()) return change;
    this.apply(productId, locationId, null, spare.negated(), now, change.inDate);
    this.apply(productId, locationId, lotId, spare, now, change.inDate);
    return change;
  }

  private apply(
    productId: number,
    locationId: number,
    lotId: number | null,
    quantity: Decimal,
    now: string,
    since: string | null,
  ): Change {
    const candidates = this.candidates(productId, locationId, lotId, quantity);
    const dates = candidates.filter((quant) => quant.quantity.gt(0)).map((quant) => quant.inDate);
    const inDate = [...dates, ...(since === null ? [] : [since])].sort()[0] ?? now;
    const quant = candidates[0] ?? this.add(productId, locationId, lotId, now);
    quant.quantity = quant.quantity.plus(quantity);
    quant.inDate = inDate;
    quant.changed = true;
    return { available: this.available(productId, locationId, lotId), inDate };
  }

  /** Quants that a change may touch: of the lot first; stock of no lot only to take from what is really there. */
  private candidates(productId: number, locationId: number, lotId: number | null, quantity: Decimal): Quant[] {
    const here = this.at(productId, locationId);
    if (lotId === null) return here.filter((quant) => quant.lotId === null);
    const own = here.filter((quant) => quant.lotId === lotId);
    if (quantity.gt(0)) return own;
    return [...own, ...here.filter((quant) => quant.lotId === null && quant.quantity.gt(0))];
  }

  private at(productId: number, locationId: number): Quant[] {
    return this.byPlace.get(`${productId}/${locationId}`) ?? [];
  }

  private add(productId: number, locationId: number, lotId: number | null, now: string): Quant {
    const quant: Quant = {
      id: null,
      productId,
      locationId,
      lotId,
      quantity: zero,
      reserved: zero,
      inDate: now,
      changed: true,
    };
    this.put(quant);
    return quant;
  }

  private put(quant: Quant): void {
    const place = `${quant.productId}/${quant.locationId}`;
    this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), quant]);
  }
}
