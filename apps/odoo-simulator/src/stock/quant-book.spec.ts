import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuantBook, type Displacement, type Quant } from './quant-book.js';

const now = '2026-11-21 10:00:00';
const [ward, consumption] = [1, 2];

const quant = (values: Partial<Quant> & { quantity: Decimal }): Quant => ({
  id: 1,
  productId: 7,
  locationId: ward,
  lotId: null,
  reserved: new Decimal(0),
  inDate: '2026-01-01 00:00:00',
  changed: false,
  ...values,
});

const held = (book: QuantBook, locationId: number, lotId: number | null): string =>
  book
    .all()
    .filter((one) => one.locationId === locationId && one.lotId === lotId)
    .reduce((sum, one) => sum.plus(one.quantity), new Decimal(0))
    .toFixed();

const move = (values: Partial<Displacement>): Displacement => ({
  productId: 7,
  lotId: null,
  quantity: new Decimal(3),
  from: ward,
  to: consumption,
  ...values,
});

describe('moving stock', () => {
  it('takes from one place and gives to the other', () => {
    const book = new QuantBook([quant({ quantity: new Decimal(10) })]);
    book.move(move({}), now);
    expect([held(book, ward, null), held(book, consumption, null)]).toEqual(['7', '3']);
  });

  it('owes what is not there', () => {
    const book = new QuantBook();
    expect(book.move(move({}), now).available.toFixed()).toBe('-3');
    expect([held(book, ward, null), held(book, consumption, null)]).toEqual(['-3', '3']);
  });

  it('takes a lot that is short from stock of no lot', () => {
    const book = new QuantBook([
      quant({ quantity: new Decimal(5) }),
      quant({ id: 2, lotId: 9, quantity: new Decimal(1) }),
    ]);
    book.move(move({ lotId: 9 }), now);
    expect([held(book, ward, 9), held(book, ward, null), held(book, consumption, 9)]).toEqual(['1', '2', '3']);
  });

  it('keeps the day on which the stock came into the house', () => {
    const book = new QuantBook([quant({ quantity: new Decimal(10) })]);
    book.move(move({}), now);
    expect(book.all().find((one) => one.locationId === consumption)?.inDate).toBe('2026-01-01 00:00:00');
  });

  it('neither makes nor loses stock, whatever is moved', () => {
    const displacement = fc.record({
      lotId: fc.constantFrom(null, 8, 9),
      cents: fc.integer({ min: 1, max: 10_000 }),
      from: fc.integer({ min: 1, max: 4 }),
      to: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(displacement, { maxLength: 40 }), fc.integer({ min: -500, max: 500 }), (steps, start) => {
        const book = new QuantBook([quant({ quantity: new Decimal(start).div(100) })]);
        for (const { cents, ...step } of steps)
          book.move(move({ ...step, quantity: new Decimal(cents).div(100) }), now);
        const total = book.all().reduce((sum, one) => sum.plus(one.quantity), new Decimal(0));
        expect(total.times(100).toNumber()).toBe(start);
      }),
    );
  });
});

describe('setting stock aside', () => {
  it('reserves where nothing is, and never gives back more than was set aside', () => {
    const book = new QuantBook();
    book.reserve(7, ward, null, new Decimal(4), now);
    expect(book.available(7, ward, null).toFixed()).toBe('-4');
    book.reserve(7, ward, null, new Decimal(-9), now);
    expect(book.available(7, ward, null).toFixed()).toBe('0');
  });

  it('offers the oldest stock first', () => {
    const book = new QuantBook([
      quant({ id: 1, lotId: 8, quantity: new Decimal(2), inDate: '2026-03-01 00:00:00' }),
      quant({ id: 2, lotId: 9, quantity: new Decimal(2), inDate: '2026-02-01 00:00:00' }),
      quant({ id: 3, quantity: new Decimal(2), reserved: new Decimal(2) }),
    ]);
    expect(book.free(7, [ward]).map(({ lotId }) => lotId)).toEqual([9, 8]);
  });
});
