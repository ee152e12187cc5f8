import { PostingSucceeded, Topic } from '@wardline/event-contracts';
import { businessEvent, newEventId } from '@wardline/event-handling';
import { Outbox } from '@wardline/outbox';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outboxOf, testCodec, testDatabase, testMorning, type TestDatabase } from './index.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('shows what a transaction published, decoded from the bytes that Kafka would get', async () => {
  const outbox = new Outbox(await testCodec(), { now: () => testMorning }, 'odoo-adapter');
  const sourceEventId = newEventId(testMorning);
  const posted = businessEvent(Topic.ErpPosting, 'NORTH-ICU/GLOVE-M', PostingSucceeded, {
    sourceEventId,
    model: 'stock.move',
    recordId: 42n,
    reference: 'WH/CONS/00042',
    postedAt: testMorning,
    occurredAt: testMorning,
  });
  await database.transaction((tx) => outbox.add(tx, [posted]));
  expect(await outboxOf(database)).toMatchObject([
    {
      topic: 'erp.posting',
      key: 'NORTH-ICU/GLOVE-M',
      type: 'PostingSucceeded',
      data: { sourceEventId, recordId: 42n, source: 'odoo-adapter', postedAt: testMorning },
      headers: { ce_type: PostingSucceeded.fullName },
    },
  ]);
});
