import { randomUUID } from 'node:crypto';
import type { Admin, Consumer, Kafka } from 'kafkajs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, silentLog, testKafka } from '@wardline/testing';
import { kafkaClient } from './kafka-client.js';
import { ConsumerGroupClass, type FetchedPartition } from './kafkajs-fetching.js';
import { createTopics } from './topic-creation.js';

let kafka: Kafka;
let admin: Admin;
let consumer: Consumer;
let topic: string;
let values: string[];
const partitions = 6;

beforeAll(async () => {
  kafka = kafkaClient({ brokers: [(await testKafka()).url], clientId: 'test' }, silentLog);
});

beforeEach(async () => {
  topic = `test.${randomUUID()}`;
  values = [];
  admin = kafka.admin();
  await admin.connect();
  await createTopics(admin, [{ topic, numPartitions: partitions }]);
  consumer = kafka.consumer({
    groupId: topic,
    maxWaitTimeInMs: 100,
    heartbeatInterval: 100,
    metadataMaxAge: 500,
    sessionTimeout: 6_000,
  });
});

afterEach(async () => {
  await consumer.disconnect();
  await admin.disconnect();
});

async function consume(): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on('consumer.group_join', resolve));
  await consumer.run({
    eachBatch: async ({ batch }) => void values.push(...batch.messages.map(({ value }) => String(value))),
  });
  await joined;
}

async function send(partition: number, value: string): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  const appended = await producer.send({ topic, messages: [{ partition, value }] });
  await producer.disconnect();
  // kafkajs drops what is for a partition it does not know, and says so only by an empty answer.
  expect(appended).toMatchObject([{ partition }]);
}

describe('a consumer of many partitions', () => {
  it('is handed those that have records and no other, and reads every record', async () => {
    const whole = ConsumerGroupClass.prototype.fetch;
    const handed: FetchedPartition[] = [];
    ConsumerGroupClass.prototype.fetch = async function watched(nodeId) {
      const found = await whole.call(this, nodeId);
      handed.push(...found);
      return found;
    };
    await consume();
    for (const partition of [0, 3, 5, 3]) await send(partition, `of ${partition}`);
    await eventually(() => expect(values.toSorted()).toEqual(['of 0', 'of 3', 'of 3', 'of 5']));
    ConsumerGroupClass.prototype.fetch = whole;
    expect(handed.filter(({ rawMessages }) => rawMessages.length === 0)).toEqual([]);
    expect([...new Set(handed.map(({ partition }) => partition))].toSorted()).toEqual([0, 3, 5]);
  });

  it('stays in its group while nothing comes', async () => {
    let beats = 0;
    consumer.on('consumer.heartbeat', () => (beats += 1));
    await consume();
    await eventually(() => expect(beats).toBeGreaterThan(5));
    const { groups } = await admin.describeGroups([topic]);
    expect(groups[0]).toMatchObject({ state: 'Stable', members: [{}] });
  });

  it('goes on behind a transaction that was given up, and commits the offset beyond it', async () => {
    await consume();
    const producer = kafka.producer({ transactionalId: topic, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const given = await producer.transaction();
    await given.send({ topic, messages: [{ partition: 2, value: 'given up' }] });
    await given.abort();
    await producer.disconnect();
    await send(2, 'kept');
    await eventually(() => expect(values).toEqual(['kept']));
    await eventually(async () => {
      const [offsets] = await admin.fetchOffsets({ groupId: topic, topics: [topic] });
      expect(offsets!.partitions.find(({ partition }) => partition === 2)!.offset).toBe('3');
    });
  });

  it('takes in a partition that is added while it runs', async () => {
    await consume();
    await admin.createPartitions({ topicPartitions: [{ topic, count: partitions + 1 }] });
    await eventually(async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      expect(topics[0]!.partitions).toHaveLength(partitions + 1);
    });
    await send(partitions, 'of the new one');
    await eventually(() => expect(values).toEqual(['of the new one']), { timeoutMs: 30_000 });
  });
});
