import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import type { OutboundRecord } from '@wardline/event-handling';
import { silentLog } from '@wardline/testing';
import { KafkaSink, requests } from './kafka-sink.js';

const record = (value: string): OutboundRecord => ({ topic: 't', key: 'k', value: Buffer.from(value), headers: {} });

/** A sink whose producers are these, one after the other; each is a function that sends. */
function sinkOver(...producers: (() => Promise<void>)[]): { sink: KafkaSink; connected: () => number } {
  const sink = new KafkaSink({ brokers: ['127.0.0.1:9'], clientId: 'test', log: silentLog });
  let connected = 0;
  const producer = (): object => {
    const send = producers[Math.min(connected++, producers.length - 1)]!;
    return { connect: () => Promise.resolve(), disconnect: () => Promise.resolve(), sendBatch: send };
  };
  Object.assign(sink, { kafka: { producer } });
  return { sink, connected: () => connected };
}

interface Produced {
  readonly topicData: readonly {
    readonly partitions: readonly { partition: number; messages: readonly { value: Buffer }[] }[];
  }[];
}

/** A sink with kafkajs' own producer over a cluster of two brokers that answer as they are told. */
function sinkOnCluster(cluster: {
  leaders: () => Record<string, number[]>;
  produce: (nodeId: string, produced: Produced) => void;
}): KafkaSink {
  const sink = new KafkaSink({ brokers: ['127.0.0.1:9'], clientId: 'test', log: silentLog });
  const done = (): Promise<void> => Promise.resolve();
  const brokers = ['1', '2'].map((nodeId) => ({
    nodeId,
    initProducerId: () => Promise.resolve({ producerId: 1, producerEpoch: 0 }),
    produce: async (produced: Produced) => {
      await done();
      cluster.produce(nodeId, produced);
      return { topics: [] };
    },
  }));
  const fake = {
    ...{ retry: {}, isConnected: () => true, connect: done, disconnect: done, removeBroker: done },
    ...{ refreshMetadata: done, refreshMetadataIfNecessary: done, addMultipleTargetTopics: done },
    findTopicPartitionMetadata: () => [{ partitionId: 0 }, { partitionId: 1 }],
    findLeaderForPartitions: cluster.leaders,
    findControllerBroker: () => Promise.resolve(brokers[0]),
    findBroker: ({ nodeId }: { nodeId: string }) => Promise.resolve(brokers.find((broker) => broker.nodeId === nodeId)),
  };
  const require = createRequire(import.meta.url);
  const createProducer = require('kafkajs/src/producer') as (options: object) => object;
  const { createLogger } = require('kafkajs/src/loggers') as { createLogger: (options: object) => object };
  const logger = createLogger({ logCreator: () => () => undefined });
  Object.assign(sink, {
    kafka: { producer: (options: object) => createProducer({ ...options, cluster: fake, logger }) },
  });
  return sink;
}

const failure = (fields: object): Error => Object.assign(new Error('broker says no'), fields);

describe('publishing', () => {
  it('cuts a batch into requests of bounded size, in order', () => {
    const cut = requests(['aaa', 'bbb', 'ccc'].map(record), 150);
    expect(cut.map((run) => run.map((item) => item.value?.toString()))).toEqual([['aaa', 'bbb'], ['ccc']]);
    expect(requests([record('x'.repeat(500)), record('y')], 150)).toHaveLength(2);
    expect(requests([], 150)).toEqual([]);
  });

  it('loses nothing when a partition moves to a broker that has answered for the same batch already', async () => {
    const kept: string[] = [];
    let moved = false;
    const sink = sinkOnCluster({
      leaders: () => (moved ? { 1: [0, 1] } : { 1: [0], 2: [1] }),
      produce: (nodeId, { topicData }) => {
        if (nodeId === '2') {
          moved = true;
          throw failure({ name: 'KafkaJSProtocolError', type: 'NOT_LEADER_FOR_PARTITION', retriable: true });
        }
        for (const { messages } of topicData[0]!.partitions) kept.push(...messages.map(({ value }) => String(value)));
      },
    });
    const batch = ['a', 'b', 'c', 'd'].map((key): OutboundRecord => ({ ...record(key), key }));
    await sink.publish(batch);
    expect(new Set(kept)).toEqual(new Set(['a', 'b', 'c', 'd']));
    await sink.close();
  });

  it.each([
    ['a request that nobody answered', { name: 'KafkaJSRequestTimeoutError', retriable: true }],
    ['a partition that has moved', { type: 'NOT_LEADER_FOR_PARTITION', retriable: true }],
  ])('sends the same batch over new connections after %s', async (_what, reason) => {
    const sent = vi.fn(() => Promise.resolve());
    const { sink, connected } = sinkOver(() => Promise.reject(failure(reason)), sent);
    await sink.publish([record('a')]);
    expect(sent).toHaveBeenCalledTimes(1);
    expect(connected()).toBe(2);
    await sink.close();
  });

  it('tries on while the cluster is away', async () => {
    let failures = 2;
    const { sink, connected } = sinkOver(() =>
      failures-- > 0 ? Promise.reject(failure({ retriable: true })) : Promise.resolve(),
    );
    await sink.publish([record('a')]);
    expect(connected()).toBe(3);
    await sink.close();
  });

  it('refuses what no repetition can mend, and goes on with the next batch', async () => {
    let failures = 1;
    const { sink, connected } = sinkOver(() =>
      failures-- > 0
        ? Promise.reject(failure({ type: 'TOPIC_AUTHORIZATION_FAILED', retriable: false }))
        : Promise.resolve(),
    );
    await expect(sink.publish([record('a')])).rejects.toThrow(
      'cannot publish to t: broker says no (TOPIC_AUTHORIZATION_FAILED)',
    );
    await sink.publish([record('b')]);
    expect(connected()).toBe(2);
    await sink.close();
  });

  it('is refused once the sink is closed', async () => {
    const { sink } = sinkOver(() => Promise.resolve());
    await sink.close();
    await expect(sink.publish([record('a')])).rejects.toThrow('the sink is closed');
  });
});
