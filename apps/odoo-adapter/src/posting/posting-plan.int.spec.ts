import { testDatabase } from '@wardline/testing';
import { expect, it } from 'vitest';
import { migrations } from '../migrations.js';
import { eligiblePostings } from './posting.store.js';

const fill = `
INSERT INTO posting (event_id, topic, partition, "offset", message_key, headers, message_timestamp, correlation_id,
  type_name, movement, lane, policy, due_at, state, document, record_id, posted_at)
SELECT gen_random_uuid(), 'inventory.stock', 0, place, 'WARD/' || place % 50, '{}', now(), gen_random_uuid(),
  'StockMoved', '{"quantity": "1", "occurredAt": "2026-11-21T08:00:00Z"}', '1/ward-consumption', 'batched', now(), $2,
  document, CASE WHEN document IS NOT NULL THEN 1 END, CASE WHEN document IS NOT NULL THEN now() END
  FROM generate_series(1, $1) AS place, nullif($2, 'pending') AS kind, LATERAL (SELECT kind || place) AS named (document)`;

it('finds what is due in a backlog of 20,000 movements at once, even by a plan from before there was one', async () => {
  const database = await testDatabase(migrations);
  await database.query(fill, [1_000, 'posted']);
  await database.query('ANALYZE posting');
  await database.query(fill, [20_000, 'pending']);
  await database.query(`UPDATE posting SET state = 'refused' WHERE position = 1001`);

  const due = await eligiblePostings(database, '1/ward-consumption', new Date(), 2_000);

  const behindTheRefused = due.filter(({ key }) => key === 'WARD/1');
  expect(behindTheRefused).toEqual([]);
  expect(due).toHaveLength(2_000);
  expect(due.map(({ position }) => position)).toEqual(
    due.map(({ position }) => position).sort((a, b) => Number(a - b)),
  );
  expect(due.at(-1)!.position).toBe(1_000n + 2_041n);
  await database.close();
});
