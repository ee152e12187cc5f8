import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, fitsQuantity, meansPieces, odooUnitNames, tradeUnitCode, type Unit } from './unit-of-measure.js';

const unit = (factor: string, rounding = '0.01', rootUnit = 'Units'): Unit => ({
  ...{ name: `of ${factor}`, rootUnit },
  ...{ factor: new Decimal(factor), rounding: new Decimal(rounding) },
});

/** A decimal with so many fraction digits, as text. */
const decimals = (max: number, scale: number) =>
  fc.integer({ min: 1, max }).map((unscaled) => new Decimal(unscaled).div(new Decimal(10).pow(scale)));
const factors = decimals(10 ** 9, 6);

describe('a conversion', () => {
  it('is exact: the quantity times its factor is the same in both units', () => {
    fc.assert(
      fc.property(decimals(10 ** 9, 6), factors, factors, (quantity, from, to) => {
        const result = convert(quantity, unit(from.toFixed()), unit(to.toFixed(), '0.000001'));
        if (!result.ok) return;
        expect(result.quantity.times(to).toFixed()).toBe(quantity.times(from).toFixed());
      }),
    );
  });

  it('comes back to the same quantity', () => {
    fc.assert(
      fc.property(decimals(10 ** 9, 2), fc.integer({ min: 1, max: 10_000 }), (quantity, size) => {
        const [pack, piece] = [unit(String(size)), unit('1')];
        const there = convert(quantity, pack, piece);
        expect(there.ok && convert(there.quantity, piece, pack)).toEqual({ ok: true, quantity });
      }),
    );
  });

  it('never answers a quantity that its unit does not keep', () => {
    fc.assert(
      fc.property(decimals(10 ** 9, 6), factors, factors, (quantity, from, to) => {
        const result = convert(quantity, unit(from.toFixed()), unit(to.toFixed()));
        if (result.ok) expect(result.quantity.decimalPlaces()).toBeLessThanOrEqual(2);
      }),
    );
  });

  it.each([
    ['half a dozen into pieces', '0.5', unit('12'), unit('1'), '6'],
    ['six pieces into dozens', '6', unit('1'), unit('12'), '0.5'],
    [
      'milligrams into kilograms kept finely',
      '250',
      unit('0.000001', '0.01', 'kg'),
      unit('1', '0.000001', 'kg'),
      '0.00025',
    ],
    ['the largest of quantities', '999999999999.99', unit('1'), unit('1'), '999999999999.99'],
  ])('turns %s', (_, quantity, from, to, expected) => {
    expect(convert(new Decimal(quantity), from, to)).toEqual({ ok: true, quantity: new Decimal(expected) });
  });

  it('has no answer where the units measure different things or Odoo would round', () => {
    expect(convert(new Decimal(1), unit('1'), unit('1', '0.01', 'ml'))).toEqual({
      ok: false,
      problem: 'DIFFERENT_ROOT',
    });
    expect(convert(new Decimal(1), unit('1'), unit('0'))).toEqual({ ok: false, problem: 'DIFFERENT_ROOT' });
    expect(convert(new Decimal(1), unit('1'), unit('12'))).toEqual({ ok: false, problem: 'DOES_NOT_FIT' });
    expect(convert(new Decimal('0.125'), unit('1'), unit('1'))).toEqual({ ok: false, problem: 'DOES_NOT_FIT' });
  });
});

describe('a unit code', () => {
  it.each(['EA', 'C62', 'H87', '{each}', 'Units'])('%s means pieces', (code) => {
    expect(meansPieces(code)).toBe(true);
    expect(odooUnitNames(code)).toEqual(['Units']);
  });

  it.each([
    ['mL', ['mL', 'ml']],
    ['MLT', ['MLT', 'ml', 'mL']],
    ['LTR', ['LTR', 'L']],
    ['GRM', ['GRM', 'g']],
    ['kg', ['kg']],
    ['Pack of 6', ['Pack of 6']],
  ])('%s is looked for in Odoo as %j', (code, names) => {
    expect(odooUnitNames(code)).toEqual(names);
  });
});

describe('a quantity', () => {
  it.each([
    ['999999999999.999999', true],
    ['1000000000000', false],
    ['0.0000001', false],
    ['NaN', false],
  ])('%s fits the contract: %s', (text, fits) => {
    expect(fitsQuantity(new Decimal(text))).toBe(fits);
  });
});

it('a unit of Odoo has its code of UN/ECE Recommendation 20, and one of the house has none', () => {
  const units = ['Units', 'mL', 'ml', 'L', 'kg', 'm²', 'Dozens', 'Pack of 6'];
  expect(units.map(tradeUnitCode)).toEqual(['C62', 'MLT', 'MLT', 'LTR', 'KGM', 'MTK', 'DZN', null]);
});
