import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, type TopicName } from '@wardline/event-contracts';
import { silentLog, testKafka, testRegistry } from '@wardline/testing';
import { kafkaClient } from './kafka-client.js';
import { RegistryClient } from './registry/schema-registry.js';
import { provisionTopics, registerSchemas } from './topics.js';

let brokers: string[];
beforeAll(async () => {
  brokers = [(await testKafka()).url];
});

const provision = (): ReturnType<typeof provisionTopics> =>
  provisionTopics({ brokers, clientId: 'test', replicationFactor: 1, log: silentLog });

describe('provisioning', () => {
  it('creates the topics of the catalogue, then finds them as they should be', async () => {
    await provision();
    expect(await provision()).toEqual({ created: [], mismatches: [] });
    const admin = kafkaClient({ brokers, clientId: 'test' }, silentLog).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: catalogue.map((topic) => topic.name) });
    await admin.disconnect();
    const partitions = Object.fromEntries(topics.map((topic) => [topic.name, topic.partitions.length]));
    expect(partitions).toEqual(Object.fromEntries(catalogue.map((topic) => [topic.name, topic.partitions])));
  });

  it('registers a subject for every record of every topic, and the same ids again', async () => {
    const registryUrl = (await testRegistry()).url;
    const ids = await registerSchemas({ registryUrl });
    expect([...ids.keys()].sort()).toEqual(
      catalogue.flatMap((topic) => topic.records.map((record) => `${topic.name}-${record.fullName}`)).sort(),
    );
    expect(await registerSchemas({ registryUrl })).toEqual(ids);
  });

  it('registers the same ids when several begin with an empty registry at the same time', async () => {
    const registryUrl = (await testRegistry()).url;
    const [contract] = catalogue;
    const [type] = contract!.records;
    for (const name of Array.from({ length: 5 }, () => `test.${randomUUID()}`)) {
      const topic = { ...contract!, name: name as TopicName };
      const members = Array.from({ length: 6 }, () => new RegistryClient({ registryUrl }));
      const ids = await Promise.all(members.map((member) => member.register(topic, type!)));
      expect(new Set(ids)).toEqual(new Set([await members[0]!.lookUp(topic, type!)]));
    }
  });
});
