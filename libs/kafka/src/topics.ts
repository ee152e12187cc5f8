import type { Admin, ITopicConfig } from 'kafkajs';
import { catalogue, type TopicContract } from '@wardline/event-contracts';
import type { Log } from '@wardline/event-handling';
import { schemaIds } from './avro/avro-codec.js';
import { kafkaClient, type KafkaConnection } from './kafka-client.js';
import { kafkajs } from './kafkajs.js';
import { RegistryClient, type RegistryConnection } from './registry/schema-registry.js';
import { createTopics } from './topic-creation.js';

/** How topics are created. */
export interface ProvisionTopicsOptions extends KafkaConnection {
  readonly replicationFactor: number;
  readonly log: Log;
  /** Other topics than those of the generated catalogue. */
  readonly topics?: readonly TopicContract[];
}

/** What came of it. */
export interface ProvisionedTopics {
  readonly created: readonly string[];
  /** One sentence per difference between a topic that was there and the catalogue; nothing is changed by itself. */
  readonly mismatches: readonly string[];
}

/** Creates the catalogue's topics that are missing and says where those that exist differ from it. */
export async function provisionTopics(options: ProvisionTopicsOptions): Promise<ProvisionedTopics> {
  const admin = kafkaClient(options, options.log).admin();
  await admin.connect();
  try {
    const topics = options.topics ?? catalogue;
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !existing.has(topic.name));
    if (missing.length > 0) await createTopics(admin, creation(missing, options.replicationFactor));
    const present = topics.filter((topic) => existing.has(topic.name));
    const mismatches = present.length === 0 ? [] : await compare(admin, present);
    for (const mismatch of mismatches) options.log.warn(mismatch);
    return { created: missing.map((topic) => topic.name), mismatches };
  } finally {
    await admin.disconnect();
  }
}

/** How schemas are registered. */
export interface RegisterSchemasOptions extends RegistryConnection {
  readonly topics?: readonly TopicContract[];
}

/** Registers every record of every topic under its subject, `FULL_TRANSITIVE`; answers the ids by subject. */
export function registerSchemas(options: RegisterSchemasOptions): Promise<ReadonlyMap<string, number>> {
  return schemaIds(new RegistryClient(options), options.topics ?? catalogue, true);
}

/**
 * The broker's settings for a topic; throws for a retention that is no duration in days or hours. The broker unpacks what
 * producers have compressed: kafkajs stops at snappy, lz4 and zstd, and a megabyte that unpacks into a gigabyte is refused
 * at the broker instead of ending every consumer (ADR 10).
 */
export function topicSettings(topic: Pick<TopicContract, 'name' | 'retention'>): Record<string, string> {
  return { ...retentionSettings(topic), 'compression.type': 'uncompressed' };
}

function retentionSettings(topic: Pick<TopicContract, 'name' | 'retention'>): Record<string, string> {
  if (topic.retention === 'compact') return { 'cleanup.policy': 'compact', 'retention.ms': '-1' };
  if (topic.retention === 'forever') return { 'cleanup.policy': 'delete', 'retention.ms': '-1' };
  const match = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(topic.retention);
  const hours = Number(match?.[1] ?? 0) * 24 + Number(match?.[2] ?? 0);
  if (hours === 0) throw new Error(`${topic.name}: retention ${topic.retention} is not "forever", "compact" or PnD`);
  return { 'cleanup.policy': 'delete', 'retention.ms': String(hours * 3_600_000) };
}

function creation(topics: readonly TopicContract[], replicationFactor: number): ITopicConfig[] {
  return topics.map((topic) => ({
    topic: topic.name,
    numPartitions: topic.partitions,
    replicationFactor,
    configEntries: Object.entries(topicSettings(topic)).map(([name, value]) => ({ name, value })),
  }));
}

async function compare(admin: Admin, topics: readonly TopicContract[]): Promise<string[]> {
  const names = topics.map((topic) => topic.name);
  const { topics: metadata } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: settingNames })),
  });
  return topics.flatMap((topic) => {
    const partitions = metadata.find((candidate) => candidate.name === topic.name)?.partitions.length;
    const entries = resources.find((resource) => resource.resourceName === topic.name)?.configEntries ?? [];
    return differences(topic, partitions, new Map(entries.map((entry) => [entry.configName, entry.configValue])));
  });
}

const settingNames = ['cleanup.policy', 'retention.ms', 'compression.type'];

/** The differences between a topic as it is and as the catalogue has it, one sentence each. */
export function differences(
  topic: Pick<TopicContract, 'name' | 'retention' | 'partitions'>,
  partitions: number | undefined,
  settings: ReadonlyMap<string, string>,
): string[] {
  const found: string[] = [];
  if (partitions !== topic.partitions) {
    found.push(
      `topic ${topic.name} has ${partitions} partitions and the catalogue says ${topic.partitions}; ` +
        'changing the count moves keys to other partitions, so drain the topic first or correct the catalogue',
    );
  }
  for (const [name, value] of Object.entries(topicSettings(topic))) {
    if (settings.get(name) === value) continue;
    found.push(
      `topic ${topic.name} has ${name}=${settings.get(name)} and the catalogue says ${value}; alter one of them`,
    );
  }
  return found;
}
