import { Decimal } from '@wardline/event-contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, modeAt, unpaired, type Switch } from './checkpoint.js';
import { dueFacts, pairFacts, type Fact } from './pairing.js';

const tolerance = 30;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 28, 0, minute));
const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
const fact = (id: string, minute: number, quantity: number, change: Partial<Fact> = {}): Fact => ({
  ...{ id, productCode: 'GLOVE', lot: '', fromLocation: 'ICU', toLocation: 'Consumption' },
  ...{ quantity: new Decimal(quantity), at: at(minute), from: at(minute - tolerance), until: at(minute + tolerance) },
  mayDiffer: true,
  settleAt: at(minute + tolerance),
  ...change,
});
const paired = (ours: Fact[], theirs: Fact[], now = 99) =>
  pairFacts(ours, theirs, at(now), dayOf).map((pair) => [pair.agreement, pair.ours.join(), pair.theirs.join()]);

describe('what both interfaces have', () => {
  it('is paired one for one, so that as many are as can be', () => {
    const late = fact('late', 5, 2, { until: at(90), settleAt: at(90) });
    expect(paired([fact('a', 20, 2), late], [fact('x', 22, 2), fact('y', 70, 2)]).toSorted()).toEqual([
      ['EXACT', 'a', 'x'],
      ['EXACT', 'late', 'y'],
    ]);
  });

  it('is paired by the sum of a business day when the old interface posts in one line', () => {
    expect(paired([fact('a', 5, 2), fact('b', 9, 3)], [fact('x', 20, 5)])).toEqual([['DAY', 'a,b', 'x']]);
    expect(paired([fact('a', 5, 2), fact('b', 30, 3)], [fact('x', 34, 5)], 36)).toEqual([['DAY', 'a,b', 'x']]);
  });

  it('is not paired beyond the tolerance, on another way, or while somebody may still come for it', () => {
    expect(paired([fact('a', 5, 2)], [fact('x', 36, 2)])).toEqual([]);
    expect(paired([fact('a', 5, 2)], [fact('x', 6, 2, { fromLocation: 'OR' })])).toEqual([]);
    expect(paired([fact('a', 5, 2)], [fact('x', 6, 3)], 20)).toEqual([]);
  });

  it('is the same fact with another quantity or lot when the tolerance is over', () => {
    expect(paired([fact('a', 5, 12)], [fact('x', 6, 2)], 99)).toEqual([['DIFFERS', 'a', 'x']]);
    expect(paired([fact('a', 5, 1, { lot: 'L1' })], [fact('x', 6, 1, { lot: 'L2' })], 99)).toEqual([
      ['DIFFERS', 'a', 'x'],
    ]);
  });
});

/**
 * A go-live in minutes. A record happens, reaches the old interface, is posted by it if it is on then and is still on when it
 * gets to it, and reaches Wardline, in any order with switches. Some the old interface loses while it is on.
 */
const record = fc.record({
  happens: fc.nat(300),
  lateBy: fc.oneof(fc.nat(3), fc.nat(150)),
  oldTakes: fc.nat(10),
  wardlineTakes: fc.nat(15),
  quantity: fc.integer({ min: 1, max: 3 }),
  isLost: fc.nat(9).map((n) => n === 0),
});

const switches = fc
  .uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 5 })
  .map((minutes) => minutes.toSorted((a, b) => a - b))
  .map((minutes): Switch[] =>
    [-1_000, ...minutes].map((minute, n) => ({
      at: at(minute),
      mode: n % 2 === 0 ? 'SHADOW' : 'LIVE',
      by: '-',
      reason: '-',
    })),
  );

it('every movement is posted by exactly one of the two, or named, whatever the order of switches and late records', () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 12 }),
      switches,
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (records, when, pauses) => {
        const all = records.map((each, n) => ({ ...each, id: String(n), arrives: each.happens + each.lateBy }));
        const old = all.filter(({ arrives, oldTakes, isLost }) => {
          const isOn = modeAt(when, at(arrives)) === 'SHADOW' && modeAt(when, at(arrives + oldTakes)) === 'SHADOW';
          return isOn && !isLost && !when.some((one) => one.at > at(arrives) && one.at <= at(arrives + oldTakes));
        });
        const lines = old.map((each) => ({
          ...fact(`old ${each.id}`, each.arrives + each.oldTakes, each.quantity),
          seen: each.arrives + each.oldTakes,
        }));
        const ends = new Map<string, string>();
        const used = new Set<string>();
        for (let minute = 0; minute < 900; minute += pauses.next().value) {
          const open = all
            .filter(({ id, arrives, wardlineTakes }) => !ends.has(id) && arrives + wardlineTakes <= minute)
            .map((each) => ({ ...each, taken: each.arrives + each.wardlineTakes }));
          for (const { id, happens, taken } of open)
            if (decide(when, at(happens), at(taken)) === 'post') ends.set(id, 'Wardline');
          const withheld = open
            .filter(({ id }) => !ends.has(id))
            .map(({ id, happens, taken, quantity }) => {
              const until = Math.max(happens, taken) + tolerance;
              const mayDiffer = unpaired(when, at(happens), at(until)) === 'alone';
              const settleAt = at(mayDiffer ? until : until + tolerance);
              return fact(id, happens, quantity, {
                from: at(happens - tolerance),
                until: at(until),
                mayDiffer,
                settleAt,
              });
            });
          const free = lines.filter(({ id, seen }) => seen <= minute && !used.has(id));
          for (const pair of pairFacts(withheld, free, at(minute), dayOf)) {
            for (const id of pair.ours) ends.set(id, 'old');
            for (const id of pair.theirs) used.add(id);
          }
          const due = dueFacts(withheld, free, at(minute));
          for (const { id, mayDiffer } of withheld)
            if (!ends.has(id) && due.includes(id)) ends.set(id, mayDiffer ? 'named' : 'Wardline');
        }
        const sum = (some: readonly { quantity: number }[]) =>
          some.reduce((total, { quantity }) => total + quantity, 0);
        const ended = (how: string) => sum(all.filter(({ id }) => ends.get(id) === how));
        const inOdoo = sum(old) + ended('Wardline');
        expect(ends.size, 'each has an end').toBe(all.length);
        expect(inOdoo, 'nothing twice').toBeLessThanOrEqual(sum(all));
        expect(inOdoo + sum(all.filter(({ isLost }) => isLost)), 'nothing between').toBeGreaterThanOrEqual(sum(all));
        if (inOdoo < sum(all)) expect(ended('named'), 'what is lost is named').toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});
