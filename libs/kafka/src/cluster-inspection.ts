import type { Admin, GroupDescription } from 'kafkajs';
import type { Log } from '@wardline/event-handling';
import { kafkaClient, kafkaErrorType, type KafkaConnection } from './kafka-client.js';
import { kafkajs } from './kafkajs.js';
import { clusterOf, type BrokerAddress, type Cluster } from './kafkajs-cluster.js';
import { kafkaVersion } from './kafka-version.js';
import { rightsIn, topicRightsRequest, type TopicRights } from './topic-rights.js';

/** A topic as the cluster has it. */
export interface TopicState {
  readonly name: string;
  readonly partitions: number;
  /** Partitions that nobody leads: they can be neither read nor written. */
  readonly leaderless: readonly number[];
  /** Partitions with a replica that is behind. */
  readonly underReplicated: readonly number[];
  /** Null where this client may not read them. */
  readonly settings: ReadonlyMap<string, string> | null;
}

/** A consumer group as its coordinator has it. */
export interface GroupState {
  readonly groupId: string;
  /** Stable, Empty, PreparingRebalance, CompletingRebalance, Dead. */
  readonly state: string;
  readonly members: number;
}

/** What one consumer group has not settled of one topic, by the offsets that it committed. */
export interface GroupLag {
  readonly topic: string;
  readonly partition: number;
  /** Where the group goes on; null when it never committed anything of the partition. */
  readonly committed: bigint | null;
  readonly end: bigint;
  readonly messages: number;
}

/** What a person who looks after the cluster wants to know of it. Reads only. */
export class ClusterInspection {
  private constructor(
    private readonly admin: Admin,
    private readonly cluster: Cluster,
  ) {}

  /** Connects; throws when no broker answers or the client is not let in. */
  static async open(connection: KafkaConnection, log: Log): Promise<ClusterInspection> {
    const kafka = kafkaClient(connection, log);
    const cluster = clusterOf(kafka);
    await cluster.connect();
    await cluster.refreshMetadata();
    const admin = kafka.admin();
    await admin.connect();
    return new ClusterInspection(admin, cluster);
  }

  async close(): Promise<void> {
    await Promise.all([this.admin.disconnect(), this.cluster.disconnect()]);
  }

  /** The brokers at the addresses that they advertise. */
  get brokers(): readonly BrokerAddress[] {
    return this.cluster.brokerPool.metadata.brokers;
  }

  /** Connects to a broker at its advertised address and answers the version of Kafka that it seems to be. */
  async versionOf({ nodeId }: BrokerAddress): Promise<string> {
    const broker = await this.cluster.findBroker({ nodeId });
    await broker.connect();
    return kafkaVersion(broker.versions);
  }

  /** The topics of these names that exist and may be seen. */
  async topics(names: readonly string[]): Promise<TopicState[]> {
    const listed = new Set(await this.admin.listTopics());
    const present = names.filter((name) => listed.has(name));
    if (present.length === 0) return [];
    const [{ topics }, settings] = await Promise.all([
      this.admin.fetchTopicMetadata({ topics: present }),
      this.settingsOf(present),
    ]);
    return topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.length,
      leaderless: partitions.filter(({ leader }) => leader < 0).map(({ partitionId }) => partitionId),
      underReplicated: partitions.filter((one) => one.isr.length < one.replicas.length).map((one) => one.partitionId),
      settings: settings.get(name) ?? null,
    }));
  }

  /** What this client may do with topics, by name. */
  async rights(topics: readonly string[]): Promise<ReadonlyMap<string, TopicRights>> {
    const broker = await this.cluster.findBroker({ nodeId: this.brokers[0]!.nodeId });
    return rightsIn(await broker.connectionPool.send(topicRightsRequest(topics)));
  }

  async groups(groupIds: readonly string[]): Promise<GroupState[]> {
    const { groups } = await this.admin.describeGroups([...groupIds]);
    // Brokers answer in an order of their own.
    return groups
      .map(({ groupId, state, members }: GroupDescription) => ({ groupId, state, members: members.length }))
      .sort((a, b) => groupIds.indexOf(a.groupId) - groupIds.indexOf(b.groupId));
  }

  /** How far a group is behind on topics that exist. */
  async lag(groupId: string, topics: readonly string[]): Promise<GroupLag[]> {
    if (topics.length === 0) return [];
    const [committed, ends] = await Promise.all([
      this.admin.fetchOffsets({ groupId, topics: [...topics] }),
      Promise.all(topics.map(async (topic) => ({ topic, ends: await this.admin.fetchTopicOffsets(topic) }))),
    ]);
    return ends.flatMap((one) =>
      one.ends.map(({ partition, low, high }) => {
        const known = committed
          .find(({ topic }) => topic === one.topic)
          ?.partitions.find((at) => at.partition === partition);
        return lagOf({ topic: one.topic, partition }, BigInt(known?.offset ?? -1), BigInt(low), BigInt(high));
      }),
    );
  }

  /** One topic whose settings may not be read fails the request for all: then each is asked for alone. */
  private async settingsOf(names: readonly string[]): Promise<Map<string, Map<string, string>>> {
    const type = kafkajs.ConfigResourceTypes.TOPIC;
    const resources = names.map((name) => ({ type, name }));
    try {
      const answer = await this.admin.describeConfigs({ includeSynonyms: false, resources });
      return new Map(
        answer.resources.map(({ resourceName, configEntries }) => [
          resourceName,
          new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
        ]),
      );
    } catch (error) {
      if (kafkaErrorType(error) !== 'TOPIC_AUTHORIZATION_FAILED') throw error;
      if (names.length === 1) return new Map();
      return new Map((await Promise.all(names.map((name) => this.settingsOf([name])))).flatMap((one) => [...one]));
    }
  }
}

function lagOf(place: { topic: string; partition: number }, offset: bigint, low: bigint, end: bigint): GroupLag {
  const from = offset < low ? low : offset;
  const messages = end > from ? Number(end - from) : 0;
  return { ...place, committed: offset < 0n ? null : offset, end, messages };
}
