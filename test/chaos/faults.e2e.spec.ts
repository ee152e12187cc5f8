import { describe, expect, it } from 'vitest';
import { settings } from '../e2e/config.ts';
import { Campaign } from './campaign.ts';
import { faults } from './faults.ts';
import { upTo } from './trial-numbers.ts';

/** The share of a change: another day, another seed and another third of the rows, so that in three days all are played. */
const seed = Math.floor(Date.now() / 86_400_000);
const schedules = 'seeded schedule';
const share = faults.filter(({ name }, index) => name === schedules || index % 3 === seed % 3);

describe.runIf(settings().CHAOS_PROOFS === 'on')('Under the faults of the matrix', () => {
  it(`every promise is kept (one trial of a third of the rows, three seeded schedules, first seed ${seed})`, async () => {
    const campaign = new Campaign({
      rows: share,
      trialsOf: ({ name }) => upTo(name === schedules ? 3 : 1),
      seed,
      stages: 1,
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
    expect([...new Set(rows)]).toEqual(share.map(({ name }) => name));
  }, 900_000);
});
