// Corrects kafkajs' timers on Node 24 and encodes as fast as for us.
import '@wardline/kafka';
import kafkajs, { type Batch, type Consumer, type KafkaMessage, type Producer } from 'kafkajs';
import pg from 'pg';
import { administer } from '../site.store.ts';
import type { Contender, Site } from './contender.ts';

/*
 * The least that anybody has to do who consumes, changes rows and publishes once: per fetched batch one transaction with
 * four statements of sets, then one request to the broker. No Avro, no order of keys across commits, no relay, nothing
 * parked, nothing recognised after a crash between commit and request.
 */

const tables = [
  'CREATE TABLE inbox (event_id uuid PRIMARY KEY)',
  'CREATE TABLE outbox (id bigserial PRIMARY KEY, event_id uuid, topic text, key text, payload bytea, headers json)',
];
const takeIn = `INSERT INTO inbox SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING`;
const change = `
UPDATE balance SET quantity = quantity - used FROM unnest($1::text[], $2::int[]) AS use (key, used)
 WHERE balance.key = use.key`;
const add = `
INSERT INTO outbox (event_id, topic, key, payload, headers)
SELECT event_id, $5, key, payload, headers FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::json[])
  AS event (event_id, key, payload, headers)`;

/** Bare kafkajs and bare pg. */
export async function open(): Promise<Contender> {
  let stop = async (): Promise<void> => undefined;
  return {
    prepare: ({ databaseUrl }) => administer(databaseUrl, tables),
    start: async (site) => {
      const kafka = new kafkajs.Kafka({ brokers: site.brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
      const pool = new pg.Pool({ connectionString: site.databaseUrl, max: 6 });
      pool.on('error', () => undefined);
      const producer = kafka.producer({ allowAutoTopicCreation: false });
      const consumer = kafka.consumer({ groupId: site.name, maxBytesPerPartition: 300_000 });
      await Promise.all([producer.connect(), consumer.connect()]);
      await consume(site, { pool, producer, consumer });
      stop = async () => {
        await consumer.disconnect();
        await producer.disconnect();
        await pool.end();
      };
    },
    stop: () => stop(),
    close: async () => undefined,
  };
}

interface Parts {
  readonly pool: pg.Pool;
  readonly producer: Producer;
  readonly consumer: Consumer;
}

async function consume(site: Site, { pool, producer, consumer }: Parts): Promise<void> {
  await consumer.subscribe({ topic: site.input ?? '', fromBeginning: true });
  const eachBatch = async ({ batch }: { batch: Batch }): Promise<void> => {
    const { topic, partition, messages } = batch;
    await commit(pool, site.topic, messages);
    await producer.send({
      topic: site.topic,
      acks: -1,
      messages: messages.map(({ key, value, headers }) => ({ key, value, headers: headers ?? {} })),
    });
    await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(batch.lastOffset()) + 1n) }]);
  };
  await consumer.run({ autoCommit: false, partitionsConsumedConcurrently: 6, eachBatch });
}

/** Keys are locked in one order, so that two partitions cannot deadlock: they share none. */
async function commit(pool: pg.Pool, topic: string, messages: readonly KafkaMessage[]): Promise<void> {
  const ids = messages.map(({ headers }) => String(headers?.['ce_id']));
  const keys = messages.map(({ key }) => String(key));
  const used = Map.groupBy(keys, (key) => key);
  const payloads = messages.map(({ value }) => value);
  const headers = ids.map((id) => JSON.stringify({ ce_id: id }));
  const client = await pool.connect();
  const done = [
    client.query('BEGIN'),
    client.query({ name: 'inbox', text: takeIn, values: [ids] }),
    client.query({
      name: 'change',
      text: change,
      values: [[...used.keys()], [...used.values()].map(({ length }) => length)],
    }),
    client.query({ name: 'add', text: add, values: [ids, keys, payloads, headers, topic] }),
    client.query('COMMIT'),
  ];
  await Promise.all(done);
  client.release();
}
