import { testDatabase, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import { busyLanes, eligiblePostings } from './posting.store.js';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase(migrations);
});
afterEach(() => database.close());

const insertion = `
INSERT INTO posting (event_id, topic, partition, "offset", message_key, headers, message_timestamp, correlation_id,
  type_name, movement, lane, policy, due_at, state, document, record_id, posted_at)
SELECT gen_random_uuid(), 'inventory.stock', 0, place, 'WARD/' || place % 50, '{}', now(), gen_random_uuid(),
  'StockMoved', '{"quantity": "1", "occurredAt": "2026-11-21T08:00:00Z"}', $3, 'batched', now(), $2,
  document, CASE WHEN document IS NOT NULL THEN 1 END, CASE WHEN document IS NOT NULL THEN now() END
  FROM generate_series(1, $1) AS place, nullif($2, 'pending') AS kind, LATERAL (SELECT kind || place) AS named (document)`;

async function fill(count: number, state: 'pending' | 'posted', lane = '1/ward-consumption'): Promise<void> {
  await database.query(insertion, [count, state, lane]);
}

it('finds what is due in a backlog of 20,000 movements at once, even by statistics from before there was one', async () => {
  await fill(1_000, 'posted');
  await database.query('ANALYZE posting');
  await fill(20_000, 'pending');
  await database.query(`UPDATE posting SET state = 'refused' WHERE position = 1001`);

  const due = await eligiblePostings(database, '1/ward-consumption', new Date(), 2_000);

  const behindTheRefused = due.filter(({ key }) => key === 'WARD/1');
  expect(behindTheRefused).toEqual([]);
  expect(due).toHaveLength(2_000);
  expect(due.map(({ position }) => position)).toEqual(
    due.map(({ position }) => position).sort((a, b) => Number(a - b)),
  );
  expect(due.at(-1)!.position).toBe(1_000n + 2_041n);
});

it('names each lane that has something to do, and none before the opening balances went out', async () => {
  await fill(30, 'pending', '2/ward-consumption');
  await fill(30, 'pending', '1/ward-consumption');
  await fill(30, 'posted', '3/ward-consumption');
  expect(await busyLanes(database)).toEqual([]);
  await database.query(`INSERT INTO opening_balances (reported_at, balances) VALUES (now(), 0)`);
  expect(await busyLanes(database)).toEqual(['1/ward-consumption', '2/ward-consumption']);
  await database.query(`UPDATE posting SET state = 'abandoned'`);
  expect(await busyLanes(database)).toEqual([]);
});
