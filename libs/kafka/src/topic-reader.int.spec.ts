import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, silentLog, testKafka } from '@wardline/testing';
import { ClusterInspection } from './cluster-inspection.js';
import { kafkaClient } from './kafka-client.js';
import { KafkaFixture, numbers, records } from '../test/kafka-fixture.js';
import { KafkaSink } from './kafka-sink.js';
import { KafkaTransport } from './kafka-transport.js';
import { TopicReader, type OffsetRange } from './topic-reader.js';

let kafka: KafkaFixture;
let reader: TopicReader;

beforeAll(async () => {
  const { url } = await testKafka();
  kafka = await KafkaFixture.connect(url, silentLog, {
    name: 'kafkajs',
    sink: (options) => new KafkaSink(options),
    transport: (options) => new KafkaTransport(options),
  });
  reader = await TopicReader.open({ brokers: [url], clientId: 'test' }, silentLog);
});

afterAll(async () => {
  await reader.close();
  await kafka.close();
});

async function texts(ranges: readonly OffsetRange[], signal?: AbortSignal): Promise<string[]> {
  const seen: string[] = [];
  for await (const batch of reader.read(ranges, signal)) seen.push(...batch.map(({ value }) => String(value)));
  return seen;
}

describe('reading topics without a consumer group', () => {
  it('reads everything that is kept of several topics, once, each key in its order, and then ends', async () => {
    const [one, other] = [await kafka.topic(3), await kafka.topic(1)];
    await kafka.sink.publish(records(one, numbers(900), (value) => `key-${Number(value) % 7}`));
    await kafka.sink.publish(records(other, numbers(100, 900)));
    const seen = (await texts(await reader.ranges([one, other], 'beginning'))).map(Number);
    expect([...seen].sort((a, b) => a - b)).toEqual(numbers(1000).map(Number));
    for (let key = 0; key < 7; key++) {
      const ofKey = seen.filter((value) => value < 900 && value % 7 === key);
      expect(ofKey).toEqual([...ofKey].sort((a, b) => a - b));
    }
  });

  it('reads records larger than one fetch, all of them', async () => {
    const name = await kafka.topic(6);
    const large = numbers(60).map((value) => value.padEnd(400_000, 'x'));
    await kafka.sink.publish(records(name, large, (value) => value.slice(0, 4)));
    const seen = await texts(await reader.ranges([name], 'beginning'));
    expect(seen.map((value) => value.replace(/x+$/, '')).sort()).toEqual(numbers(60).sort());
  });

  it('reads from a time on, and nothing when the time is yet to come', async () => {
    const name = await kafka.topic(2);
    await kafka.sink.publish(records(name, ['early']));
    const between = new Date(Date.now() + 1);
    await eventually(() => expect(Date.now()).toBeGreaterThan(between.getTime()));
    await kafka.sink.publish(records(name, ['late']));
    expect(await texts(await reader.ranges([name], between))).toEqual(['late']);
    expect(await texts(await reader.ranges([name], 'beginning', between))).toEqual(['early']);
    expect(await texts(await reader.ranges([name], new Date(Date.now() + 60_000)))).toEqual([]);
  });

  it('follows what comes after, until it is told to stop', async () => {
    const name = await kafka.topic(2);
    await kafka.sink.publish(records(name, ['before']));
    const ranges = await reader.ranges([name], 'end', 'never');
    await kafka.sink.publish(records(name, ['after']));
    const stop = new AbortController();
    for await (const batch of reader.read(ranges, stop.signal)) {
      expect(batch.map(({ value }) => String(value))).toEqual(['after']);
      stop.abort();
    }
  });

  it('reads what transactions have committed and nothing that they took back, also at the end of a range', async () => {
    const name = await kafka.topic();
    const client = kafkaClient({ brokers: kafka.brokers, clientId: 'test' }, silentLog);
    const producer = client.producer({ transactionalId: name, idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    for (const [value, end] of [
      ['a', 'commit'],
      ['b', 'abort'],
      ['c', 'commit'],
      ['d', 'abort'],
    ] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic: name, messages: [{ key: 'k', value }] });
      await transaction[end]();
    }
    await producer.disconnect();
    // The broker answers the end of a transaction before it has written its marker.
    await eventually(async () => {
      const ranges = await reader.ranges([name], 'beginning');
      expect(ranges).toMatchObject([{ from: 0n, to: 8n }]);
      expect(await texts(ranges)).toEqual(['a', 'c']);
    });
  });

  it('leaves no consumer group behind', async () => {
    const name = await kafka.topic();
    const before = (await kafka.admin.listGroups()).groups.length;
    await texts(await reader.ranges([name], 'beginning'));
    expect((await kafka.admin.listGroups()).groups).toHaveLength(before);
  });

  it('says that a topic does not exist', async () => {
    await expect(reader.ranges(['test.none'], 'beginning')).rejects.toThrow(/does not host this topic/);
  });
});

describe('looking at a cluster', () => {
  let cluster: ClusterInspection;
  beforeAll(async () => {
    cluster = await ClusterInspection.open({ brokers: kafka.brokers, clientId: 'test' }, silentLog);
    return () => cluster.close();
  });

  it('finds the brokers, and the release of each', async () => {
    expect(cluster.brokers).toHaveLength(1);
    expect(await cluster.versionOf(cluster.brokers[0]!)).toBe('4.1 or later');
  });

  it('finds the topics that exist with partitions, settings and rights', async () => {
    const name = await kafka.topic(4);
    const found = await cluster.topics([name, 'test.none']);
    expect(found).toMatchObject([{ name, partitions: 4, leaderless: [], underReplicated: [] }]);
    expect(found[0]?.settings?.get('cleanup.policy')).toBe('delete');
    const rights = await cluster.rights([name, 'test.none']);
    expect(rights.get(name)).toEqual({ describe: true, read: true, write: true });
    expect(rights.get('test.none')).toEqual({ describe: false, read: false, write: false });
  });

  it('counts what a group has not settled, and tells a group that does not exist', async () => {
    const name = await kafka.topic();
    await kafka.sink.publish(records(name, numbers(10)));
    const groupId = `group-of-${name}`;
    await kafka.admin.setOffsets({ groupId, topic: name, partitions: [{ partition: 0, offset: '4' }] });
    expect(await cluster.lag(groupId, [name])).toMatchObject([{ committed: 4n, end: 10n, messages: 6 }]);
    expect(await cluster.lag('nobody', [name])).toMatchObject([{ committed: null, messages: 10 }]);
    expect(await cluster.groups([groupId, 'nobody'])).toMatchObject([
      { groupId, state: 'Empty', members: 0 },
      { groupId: 'nobody', state: 'Dead', members: 0 },
    ]);
  });
});
