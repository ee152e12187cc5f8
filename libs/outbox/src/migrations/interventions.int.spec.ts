import { testDatabase, type TestDatabase } from '@wardline/testing';
import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeLeftBehindDue } from '../parking/parked-due.store.js';
import { listParked } from '../parking/parked-view.store.js';
import { runMigrations } from '../database/migrator.js';
import { InterventionTables } from './20261121-2-interventions.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('a database with parked messages takes the new tables: each message keeps its place in its key and can be decided about', async () => {
  await new InterventionTables().down({ query: (sql: string) => database.pool.query(sql) } as unknown as QueryRunner);
  await database.query(`DELETE FROM public.migrations WHERE name LIKE 'InterventionTables%'`);
  for (const [offset, state] of ['done', 'waiting', 'waiting'].entries())
    await database.query(
      `INSERT INTO delivery.parked (exception_id, state, holds_key, topic, partition, record_offset, key, headers, message_timestamp,
         received_at, event_id, correlation_id) VALUES (gen_random_uuid(), $1, true, 't', 0, $2, 'k', '{}', now(), now(), gen_random_uuid(), gen_random_uuid())`,
      [state, offset],
    );
  await runMigrations(database.url, []);

  const rows = await database.query('SELECT place = id AS kept FROM delivery.parked ORDER BY id');
  expect(rows).toEqual([{ kept: true }, { kept: true }, { kept: true }]);
  const { items, snapshot } = await listParked(database, {});
  expect(items.map(({ offset }) => offset)).toEqual(['1', '2']);
  expect(snapshot).not.toBe('');
  expect(await database.transaction((tx) => makeLeftBehindDue(tx, new Date()))).toBe(1);
  expect(await database.query('SELECT record_offset FROM delivery.parked WHERE next_attempt_at IS NOT NULL')).toEqual([
    { record_offset: '1' },
  ]);
});
