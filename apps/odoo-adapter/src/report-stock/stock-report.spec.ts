import { Decimal, type EventId } from '@wardline/event-contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  busyPlaces,
  joinLooks,
  placeKey,
  reportLines,
  type Balance,
  type Look,
  type PostingLeg,
} from './stock-report.js';

const place = (product = 'GLOVE') => ({ locationCode: 'NORTH-ICU', productCode: product, lotNumber: '' });
const balance = (quantity: number, product = 'GLOVE'): Balance => {
  return { ...place(product), isSerial: false, unit: 'Units', quantity: new Decimal(quantity) };
};
const leg = (id: number, postedAt: Date | null, product = 'GLOVE'): PostingLeg => {
  return { ...place(product), isSerial: false, unit: 'Units', eventId: `event ${id}` as EventId, postedAt };
};
const posted = new Date('2026-11-22T08:00:00.000Z');

describe('a report of what Odoo holds', () => {
  it('leaves out a balance that something of ours was on its way to, before, after or in between', () => {
    expect(busyPlaces({ before: [leg(1, posted)], after: [leg(1, posted)] })).toEqual(new Set());
    expect(busyPlaces({ before: [leg(1, null)], after: [] }).size).toBe(1);
    expect(busyPlaces({ before: [], after: [leg(1, null)] }).size).toBe(1);
    expect(busyPlaces({ before: [], after: [leg(1, posted)] }).size).toBe(1);
  });

  it('says what changed, what postings came into, and nothing else', () => {
    const look = {
      before: [leg(1, posted, 'B')],
      balances: [balance(5, 'A'), balance(3, 'B'), balance(7, 'D')],
      after: [],
    };
    const told = [balance(5, 'A'), balance(3, 'B'), balance(2, 'C')];
    const lines = reportLines(joinLooks([{ ...look, after: look.before }]), told, [], false);
    expect(lines.map((line) => [line.balance.productCode, line.balance.quantity.toString(), line.legs.length])).toEqual(
      [
        ['B', '3', 1],
        ['C', '0', 0],
        ['D', '7', 0],
      ],
    );
  });

  it('names postings that came to where nothing was told of and nothing is left', () => {
    const came = { ...leg(1, posted), isSerial: true, lotNumber: 'S-1' };
    const used = { ...came, eventId: 'event 2' as EventId };
    const look = { before: [came, used], balances: [], after: [came, used] };
    const [line, ...more] = reportLines(joinLooks([look]), [], [], false);
    expect(more).toEqual([]);
    expect(line?.balance).toEqual({ ...balance(0), isSerial: true, lotNumber: 'S-1' });
    expect(line?.legs.map(({ eventId }) => eventId)).toEqual(['event 1', 'event 2']);
  });

  it('says a balance again when its product is counted in another unit', () => {
    const packs = { ...balance(5), unit: 'Pack of 6' };
    const lines = reportLines(joinLooks([{ before: [], balances: [packs], after: [] }]), [balance(5)], [], false);
    expect(lines.map((line) => [line.balance.quantity.toString(), line.balance.unit])).toEqual([['5', 'Pack of 6']]);
  });

  it('says everything when it is whole', () => {
    const lines = reportLines(joinLooks([{ before: [], balances: [balance(5)], after: [] }]), [balance(5)], [], true);
    expect(lines.map((line) => line.balance.quantity.toString())).toEqual(['5']);
  });

  it('takes a busy balance from the look at which it was quiet', () => {
    const first = { before: [leg(1, null)], balances: [balance(5), balance(1, 'A')], after: [leg(1, posted)] };
    const second = { before: [leg(1, posted)], balances: [balance(4)], after: [leg(1, posted)] };
    const joined = joinLooks([first, second]);
    expect(joined.busy.size).toBe(0);
    expect(joined.balances.get(placeKey(place()))?.quantity.toString()).toBe('4');
    expect(joined.legs.get(placeKey(place()))?.map(({ eventId }) => eventId)).toEqual(['event 1']);
    expect(joined.balances.get(placeKey(place('A')))?.quantity.toString()).toBe('1');
  });

  it('contains exactly the postings that it names, whatever is posted while Odoo is read', () => {
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(80), { maxLength: 6 }),
        (movements, cuts) => {
          const { told, named, stock } = playDay(
            movements,
            cuts.toSorted((a, b) => a - b),
          );
          expect(named.size, 'each posting is named once').toBe(movements.length);
          for (const [product, quantity] of stock) expect(told.get(product) ?? 0, product).toBe(quantity);
        },
      ),
    );
  });
});

/** A movement: of which product, in or out, when its posting begins, how long Odoo and then the adapter take. */
const day = fc.record({
  product: fc.constantFrom('A', 'B'),
  quantity: fc.constantFrom(1, -1),
  begins: fc.nat(60),
  inOdoo: fc.integer({ min: 1, max: 8 }),
  noted: fc.integer({ min: 1, max: 8 }),
});

/** Plays postings by the minute; reports begin at the cuts, each reads the products one minute apart, up to four looks. */
function playDay(
  movements: readonly { product: string; quantity: number; begins: number; inOdoo: number; noted: number }[],
  cuts: number[],
) {
  const all = movements.map((movement, id) => ({
    ...movement,
    id,
    odooAt: movement.begins + movement.inOdoo,
    notedAt: movement.begins + movement.inOdoo + movement.noted,
  }));
  const named = new Set<string>();
  const told = new Map<string, number>();
  const legsAt = (minute: number) =>
    all
      .filter(({ id, begins }) => begins <= minute && !named.has(`event ${id}`))
      .map(({ id, notedAt, product }) => leg(id, notedAt <= minute ? posted : null, product));
  const stockAt = (product: string, minute: number) =>
    sum(all.filter((one) => one.product === product && one.odooAt <= minute));
  const look = (minute: number): Look => {
    const balances = ['A', 'B'].map((product, index) => balance(stockAt(product, minute + 1 + index), product));
    const held = balances.filter(({ quantity }) => !quantity.isZero());
    return { before: legsAt(minute), balances: held, after: legsAt(minute + 3) };
  };
  let minute = 0;
  for (const cut of [...cuts, 200]) {
    minute = Math.max(minute, cut);
    const looks = [look(minute)];
    const busy = () => looks.map(busyPlaces).reduce((left, next) => new Set([...left].filter((key) => next.has(key))));
    while (busy().size > 0 && looks.length < 4) looks.push(look((minute += 4)));
    const joined = joinLooks(looks);
    for (const line of reportLines(
      joined,
      [...told].map(([product, quantity]) => balance(quantity, product)),
      [],
      false,
    )) {
      const { productCode, quantity } = line.balance;
      if (quantity.isZero()) told.delete(productCode);
      else told.set(productCode, quantity.toNumber());
      for (const { eventId } of line.legs) named.add(eventId);
      const ofProduct = all.filter(({ product, id }) => product === productCode && named.has(`event ${id}`));
      expect(quantity.toNumber(), 'the quantity is what was named').toBe(sum(ofProduct));
    }
    minute += 4;
  }
  return { told, named, stock: new Map(['A', 'B'].map((product) => [product, stockAt(product, 1_000)])) };
}

function sum(movements: readonly { readonly quantity: number }[]): number {
  return movements.reduce((total, { quantity }) => total + quantity, 0);
}
