import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, testDatabase, type TestDatabase } from './index.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('gives a test its own PostgreSQL 18 database', async () => {
  const [row] = await database.query<{ name: string; version: string }>(
    `SELECT current_database() AS name, current_setting('server_version') AS version`,
  );
  expect(row?.name).toMatch(/^test_[0-9a-f]{12}$/);
  expect(row?.version).toMatch(/^18\./);
});

it('drops the database when it is closed', async () => {
  const other = await testDatabase();
  const name = new URL(other.url).pathname.slice(1);
  await other.close();
  await eventually(async () => {
    expect(await database.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).toEqual([]);
  });
});
