import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf, rangesText, without } from './number-ranges.js';
import { mostGaps, SequenceCount, widestGap, type Numbered } from './sequence-count.js';

const start = Date.UTC(2026, 10, 28, 8);
/** A record that happened so many minutes after the start: by its number unless told. */
const at = (number: number, minute = number): Numbered => ({
  number: BigInt(number),
  occurredAt: new Date(start + minute * 60_000),
});

function counted(...records: readonly Numbered[]): SequenceCount {
  const counter = new SequenceCount(null, []);
  for (const record of records) counter.take(record);
  return counter;
}

const missing = (counter: SequenceCount): string => rangesText(counter.gaps.flatMap((gap) => gap.missing));

describe('the numbers of a source', () => {
  it('begin anywhere: a first record opens no gap at 1', () => {
    const counter = counted(at(4711), at(4712));
    expect(counter.gaps).toEqual([]);
    expect(counter.count).toMatchObject({ lowest: 4711n, highest: 4712n, epoch: 0 });
  });

  it('that did not come are a gap, which is split and closed as they come late', () => {
    const counter = counted(at(10), at(21));
    expect(missing(counter)).toBe('11 to 20');
    counter.take(at(15));
    expect(missing(counter)).toBe('11 to 14, 16 to 20');
    for (const number of [11, 12, 13, 14, 16, 17, 18, 19, 20]) counter.take(at(number));
    expect(counter.gaps).toEqual([]);
  });

  it('end in the same gaps in whatever order and however often they come: what lies between and never came', () => {
    const sent = fc.uniqueArray(fc.integer({ min: 1, max: 150 }), { minLength: 1 });
    const orders = sent.chain((numbers) =>
      fc.tuple(fc.constant(numbers), fc.shuffledSubarray([...numbers, ...numbers], { minLength: numbers.length * 2 })),
    );
    fc.assert(
      fc.property(orders, ([numbers, order]) => {
        const counter = counted(...order.map((number) => at(number)));
        const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
        const never = [...Array(high - low).keys()].map((step) => low + step).filter((one) => !numbers.includes(one));
        const open = counter.gaps.flatMap((gap) => gap.missing);
        expect(amountOf(open)).toBe(BigInt(never.length));
        for (const number of never) expect(without(open, BigInt(number))).not.toBe(open);
        expect(counter.restarts).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a counter that begins anew', () => {
  it('is told once, as what it was and is, not as a gap of thousands', () => {
    const counter = counted(at(4711), at(4712), at(1, 4800), at(2, 4801));
    expect(counter.restarts).toEqual([]);
    counter.take(at(3, 4802));
    counter.take(at(4, 4803));
    expect(counter.restarts).toEqual([{ epoch: 1, at: at(0, 4800).occurredAt, from: 4712n, to: 1n }]);
    expect(counter.gaps).toEqual([]);
    expect(counter.count).toMatchObject({ lowest: 1n, highest: 4n, epoch: 1, elsewhere: [] });
  });

  it('keeps its new numbers out of the gaps of the old ones, which late records of then still close', () => {
    const counter = counted(at(10), at(13), at(1, 100), at(2, 101), at(3, 102), at(14, 103));
    expect(missing(counter)).toBe('11 to 12, 4 to 13');
    counter.take(at(11, 104));
    counter.take(at(12, 12));
    expect(missing(counter)).toBe('11, 4 to 10, 12 to 13');
  });

  it('is told where it leaps far ahead, too, while a single number out of place is nobody’s news', () => {
    const far = Number(widestGap) * 5;
    const counter = counted(at(1), at(far, 2), at(2, 3), at(3, 4));
    expect(counter.gaps).toEqual([]);
    for (const step of [0, 1, 2]) counter.take(at(far + step, 10 + step));
    expect(counter.restarts).toMatchObject([{ from: 3n, to: BigInt(far) }]);
    expect(counter.gaps).toEqual([]);
  });

  it('is not told for repeats: they happened when they happened', () => {
    const counter = counted(...[1, 2, 3, 4, 5, 6].map((number) => at(number)), at(1), at(2), at(3), at(4));
    expect(counter.restarts).toEqual([]);
    expect(counter.count).toMatchObject({ highest: 6n, epoch: 0 });
  });
});

it('numbers with gaps everywhere are no counter of what comes here, and are not followed', () => {
  const counter = counted(...[...Array(mostGaps + 5).keys()].map((step) => at(step * 3)));
  expect(counter.count).toMatchObject({ isIrregular: true });
  expect(counter.gaps).toEqual([]);
});
