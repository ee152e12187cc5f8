import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gtin14, isGln } from './gs1-number.js';

/** The body of a number, completed by the check digit as GS1 describes it: from the left in a number of even length. */
function withCheckDigit(body: string): string {
  const padded = body.padStart(13, '0');
  const sum = [...padded].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const bodies = fc.constantFrom(7, 11, 12, 13).chain(digits);

describe('a GTIN', () => {
  it.each([
    ['96385074', '00000096385074'],
    ['036000291452', '00036000291452'],
    ['4012345678901', '04012345678901'],
    ['14012345678908', '14012345678908'],
  ])('%s is compared as %s', (text, expected) => {
    expect(gtin14(text)).toBe(expected);
  });

  it('has the same 14 digits however many leading zeros it is written with', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const gtin = withCheckDigit(body);
        const normal = gtin14(gtin);
        expect(normal).toBe(gtin.padStart(14, '0'));
        expect(gtin14(normal!)).toBe(normal);
      }),
    );
  });

  it('is none once a single digit is changed', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, where, by) => {
        const gtin = [...withCheckDigit(body)];
        const index = where % gtin.length;
        gtin[index] = String((Number(gtin[index]) + by) % 10);
        expect(gtin14(gtin.join(''))).toBeNull();
      }),
    );
  });

  it.each(['', '401234567890', '4012345678901 ', '4O12345678901', '123456789'])('is not "%s"', (text) => {
    expect(gtin14(text)).toBeNull();
  });
});

describe('a GLN', () => {
  it.each([
    ['4012345000009', true],
    ['4012345000000', false],
    ['04012345000009', false],
  ])('%s: %s', (text, expected) => {
    expect(isGln(text)).toBe(expected);
  });
});
