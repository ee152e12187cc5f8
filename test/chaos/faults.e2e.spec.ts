import { describe, expect, it } from 'vitest';
import { settings } from '../e2e/config.ts';
import { Campaign } from './campaign.ts';
import { faults } from './faults.ts';

/** The share of a change: another day, another seed, so that in the long run all are played. */
const seed = Math.floor(Date.now() / 86_400_000);

describe.runIf(settings().CHAOS_PROOFS === 'on')('Under every fault of the matrix', () => {
  it(`every promise is kept (one trial of each row, ten seeded schedules, first seed ${seed})`, async () => {
    const campaign = new Campaign({
      rows: faults,
      trialsOf: ({ name }) => (name === 'seeded schedule' ? 10 : 1),
      seed,
      mutation: null,
      progress: () => undefined,
    });
    const rows: string[] = [];
    try {
      for await (const { row } of campaign.play()) rows.push(row.name);
    } finally {
      await campaign.close();
    }
    expect(campaign.broken).toEqual([]);
    expect(rows).toEqual(faults.map(({ name }) => name));
  }, 900_000);
});
