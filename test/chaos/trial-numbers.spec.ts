import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersOf, shortOf, upTo } from './trial-numbers.ts';

describe('The numbers of the trials that were played', () => {
  it('are told in short, whatever the order in which they ended', () => {
    expect(shortOf([9, 0, 3, 1, 2, 11, 12, 3])).toBe('0-3, 9, 11-12');
    expect(shortOf([])).toBe('');
    expect(upTo(3)).toEqual([0, 1, 2]);
  });

  it('are the same when they are read again', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300)), (numbers) => {
        expect([...numbersOf(shortOf(numbers))]).toEqual(numbers.toSorted((one, other) => one - other));
      }),
    );
  });
});
