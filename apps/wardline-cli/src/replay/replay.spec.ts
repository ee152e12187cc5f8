import { describe, expect, it } from 'vitest';
import { effective, noReport, partsOf, reportLines, together } from './replay.js';

const range = (partition: number, from: bigint, to: bigint | null) => ({
  topic: 'inventory.stock',
  partition,
  from,
  to,
});

describe('a replay', () => {
  it('is given in parts of 500 offsets, and ends where its consumer stands', () => {
    const settled = new Map([
      [0, 1_200n],
      [1, 40n],
    ]);
    expect(partsOf([range(0, 100n, 1_201n), range(1, 10n, 20n), range(2, 0n, 9n)], settled)).toEqual([
      { partition: 0, from: 100n, to: 600n },
      { partition: 0, from: 600n, to: 1_100n },
      { partition: 0, from: 1_100n, to: 1_200n },
      { partition: 1, from: 10n, to: 20n },
    ]);
    expect(partsOf([range(1, 40n, null), range(0, 1_300n, 1_400n)], settled)).toEqual([]);
  });

  it('adds up over its parts, and tells what has an effect', () => {
    const one = { ...noReport, read: 5, known: 2, handled: 1, failed: { UNKNOWN_LOT: 1 }, unreadable: 1 };
    const other = {
      ...noReport,
      read: 3,
      handled: 1,
      failed: { UNKNOWN_LOT: 1 },
      waiting: 1,
      events: { StockMoved: 1 },
    };
    const both = together(one, other);
    expect(both).toEqual({
      read: 8,
      known: 2,
      handled: 2,
      failed: { UNKNOWN_LOT: 2 },
      waiting: 1,
      skipped: 0,
      unreadable: 1,
      events: { StockMoved: 1 },
    });
    expect(effective(both)).toBe(5);
    expect(reportLines(both)).toEqual([
      '8 records',
      'taken before, left alone        2',
      'new to it, handled              2',
      'new to it, held by UNKNOWN_LOT  2',
      'new to it, behind a parked one  1',
      'not readable, parked before     1',
      'events: StockMoved              1',
    ]);
  });
});
