import { testDatabase } from '@wardline/testing';
import { expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import { eligiblePostings, type Query } from './posting.store.js';

it('looks for due movements among the open ones, even by a plan from before there was any history', async () => {
  const database = await testDatabase(migrations);
  let asked = '';
  const listening: Query = {
    query: (sql) => {
      asked = sql;
      return Promise.resolve([]);
    },
  };
  await eligiblePostings(listening, '1/ward-consumption', new Date(), 2_000);
  const plan = await database.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${asked};`);
  const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(lines).toContain('Index Scan using posting_open on posting p');
  expect(lines).toContain('posting_unfinished_by_key');
  expect(lines).not.toContain('posting_position');
  await database.close();
});
