import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '@wardline/event-contracts';
import { date, decimal, shown, timestampMillis, uuid } from './logical-types.js';

const quantity = decimal(18, 6);

describe('decimals on the wire', () => {
  // Bytes of java.math.BigDecimal(text).setScale(6).unscaledValue().toByteArray().
  it.each([
    ['0', '00'],
    ['0.000001', '01'],
    ['0.000127', '7f'],
    ['0.000128', '0080'],
    ['-0.000001', 'ff'],
    ['-0.000128', '80'],
    ['-0.000129', 'ff7f'],
    ['2', '1e8480'],
    ['999999999999.999999', '0de0b6b3a763ffff'],
    ['-999999999999.999999', 'f21f494c589c0001'],
  ])('writes %s as Java does', (text, hex) => {
    expect((quantity.encode(new Decimal(text)) as Buffer).toString('hex')).toBe(hex);
    expect((quantity.decode(Buffer.from(hex, 'hex')) as Decimal).toFixed()).toBe(text);
  });

  it('come back exactly, whatever they are', () => {
    const unscaled = fc.bigInt({ min: -(10n ** 28n) + 1n, max: 10n ** 28n - 1n });
    const wide = decimal(28, 12);
    fc.assert(
      fc.property(unscaled, (number) => {
        const value = new Decimal(`${number}e-12`);
        expect((wide.decode(wide.encode(value)) as Decimal).toFixed()).toBe(value.toFixed());
      }),
    );
  });

  it.each([
    ['1.0000001', 'more than 6 fraction digits'],
    ['1000000000000', 'outside of decimal(18,6)'],
    ['1e300', 'outside of decimal(18,6)'],
    ['NaN', 'not a finite Decimal'],
    ['Infinity', 'not a finite Decimal'],
  ])('refuse %s instead of rounding it', (text, reason) => {
    expect(() => quantity.encode(new Decimal(text))).toThrow(reason);
  });

  it('refuse a number or a text in place of a Decimal', () => {
    expect(() => quantity.encode(1.5)).toThrow('1.5 is not a finite Decimal');
    expect(() => quantity.encode('1.5')).toThrow('"1.5" is not a finite Decimal');
  });

  it('refuse bytes that hold no such decimal', () => {
    expect(() => quantity.decode(Buffer.alloc(0))).toThrow('a decimal of 0 bytes');
    expect(() => quantity.decode(Buffer.alloc(65))).toThrow('a decimal of 65 bytes');
    expect(() => quantity.decode(Buffer.from('0de0b6b3a7640000', 'hex'))).toThrow('outside of decimal(18,6)');
  });
});

describe('ids, times and days on the wire', () => {
  it('brings ids into lower case and refuses what is none', () => {
    const id = '0193F1A2-7C3E-7D11-8A55-0D2F6A1B9C01';
    expect(uuid.encode(id)).toBe(id.toLowerCase());
    expect(uuid.decode(id)).toBe(id.toLowerCase());
    expect(() => uuid.decode('cabinet-7')).toThrow('"cabinet-7" is not a UUID');
  });

  it('keeps times to the millisecond and refuses those that do not exist', () => {
    const time = new Date('2026-11-21T08:15:30.123Z');
    expect(timestampMillis.decode(timestampMillis.encode(time))).toEqual(time);
    expect(() => timestampMillis.encode(new Date(NaN))).toThrow('not a Date');
    expect(() => timestampMillis.decode(8_640_000_000_000_001n)).toThrow('no time that exists');
    expect(() => timestampMillis.decode(-8_640_000_000_000_000n)).toThrow('before the year 0');
    expect((timestampMillis.decode(-62_167_219_200_000n) as Date).toISOString()).toBe('0000-01-01T00:00:00.000Z');
  });

  it.each(['1969-12-31', '1970-01-01', '2024-02-29', '9999-12-31', '0000-01-01'])('keeps the day %s', (day) => {
    expect(date.decode(date.encode(day))).toBe(day);
  });

  it('refuses days that do not exist', () => {
    expect(() => date.encode('2026-02-30')).toThrow('"2026-02-30" is not a day');
    expect(() => date.encode('31.12.2026')).toThrow('not a day written YYYY-MM-DD');
    expect(() => date.decode(2_147_483_647)).toThrow('outside of the years');
  });
});

describe('a value in an error message', () => {
  it('is its beginning, and a text that can be published wherever it is cut', () => {
    for (let length = 70; length < 85; length++) {
      const text = shown(`${'x'.repeat(length)}😀😀😀`);
      expect(text.length).toBeLessThanOrEqual(90);
      expect(text.isWellFormed()).toBe(true);
    }
    expect(shown('x'.repeat(10_000_000)).length).toBeLessThan(90);
  });
});
