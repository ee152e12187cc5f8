import type { Violation } from '../checker.ts';
import type { DeliveryFaultRow } from '../fault.ts';
import { unlessMissed } from '../missed.ts';

/** A row that mixes others: which ones, and when, its seed decides. One seed is one schedule. */
export function seededSchedule(rows: readonly DeliveryFaultRow[]): DeliveryFaultRow {
  const mixable = rows.filter(({ mixes }) => mixes);
  return {
    on: 'delivery',
    name: 'seeded schedule',
    injection:
      'two to four of the faults above one after the other in one load, chosen by the seed; nothing is mended in between',
    invariant: '',
    trials: { standard: 200, full: 1000 },
    load: { transactions: 400, pauseMs: 30 },
    mixes: false,
    strike: async (scene) => {
      const found: Violation[] = [];
      for (const row of scene.random.some(mixable, scene.random.between(2, 4))) {
        // After an earlier fault there may be nobody left to strike.
        const { found: own } = await unlessMissed(row.strike(scene));
        found.push(...(own ?? []));
      }
      return found;
    },
  };
}
