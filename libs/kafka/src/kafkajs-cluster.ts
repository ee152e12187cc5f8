import { createRequire } from 'node:module';
import type { Kafka, KafkaMessage } from 'kafkajs';

/**
 * What kafkajs 2.2.4 knows of a cluster below its consumer and admin client: it can fetch a range without a consumer
 * group and send a request that its admin client lacks. Reached through its private parts and checked when opened.
 */
export interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  /** Loads the metadata of topics; throws when one does not exist. */
  addMultipleTargetTopics(topics: readonly string[]): Promise<void>;
  findTopicPartitionMetadata(topic: string): readonly { readonly partitionId: number }[];
  /** Partitions by the node id of their leader. */
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>;
  findBroker(node: { nodeId: string | number }): Promise<Broker>;
  fetchTopicsOffset(
    topics: readonly {
      topic: string;
      partitions: readonly { partition: number }[];
      fromBeginning?: boolean;
      fromTimestamp?: number;
    }[],
  ): Promise<{ topic: string; partitions: { partition: number; offset: string }[] }[]>;
  readonly brokerPool: { readonly metadata: { readonly brokers: readonly BrokerAddress[] } };
}

/** Where a broker says that it is reached. */
export interface BrokerAddress {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

/** One broker, connected. */
export interface Broker {
  /** Newest version of each kind of request that it understands, by the request's number. */
  readonly versions: Readonly<Record<number, { readonly minVersion: number; readonly maxVersion: number }>>;
  readonly connectionPool: { send<T>(exchange: Exchange<T>): Promise<T> };
  connect(): Promise<void>;
  fetch(request: FetchRequest): Promise<{ readonly responses: readonly FetchedTopic[] }>;
}

/** A request of Kafka's protocol with the reading of its answer. */
export interface Exchange<T> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    readonly encode: () => Promise<Encoder>;
  };
  readonly response: { readonly decode: (bytes: Buffer) => Promise<T>; readonly parse: (answer: T) => Promise<T> };
}

/** What a fetch asks for. */
export interface FetchRequest {
  readonly isolationLevel: number;
  readonly maxWaitTime: number;
  readonly maxBytes: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { partition: number; fetchOffset: string; maxBytes: number }[];
  }[];
}

interface FetchedTopic {
  readonly topicName: string;
  readonly partitions: readonly FetchedPartition[];
}

/** What a fetch brings of one partition. */
export interface FetchedPartition {
  readonly partition: number;
  readonly highWatermark: string;
}

/** A fetched run of records without what a transaction took back. */
export interface Batch {
  readonly messages: readonly KafkaMessage[];
  isEmptyIncludingFiltered(): boolean;
  lastOffset(): string;
}

/** Writes the fields of a request. */
export interface Encoder {
  writeInt32(value: number): Encoder;
  writeInt8(value: number): Encoder;
  writeBoolean(value: boolean): Encoder;
  writeString(value: string): Encoder;
}

/** Reads the fields of an answer. */
export interface Decoder {
  readInt8(): number;
  readInt16(): number;
  readInt32(): number;
  readBoolean(): boolean;
  readString(): string | null;
  readArray<T>(read: (decoder: Decoder) => T): T[];
}

const load = createRequire(import.meta.url);

/** kafkajs' own classes. */
export const BatchClass = load('kafkajs/src/consumer/batch.js') as new (
  topic: string,
  fetchedOffset: string,
  partition: FetchedPartition,
) => Batch;
export const EncoderClass = load('kafkajs/src/protocol/encoder.js') as new () => Encoder;
export const DecoderClass = load('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => Decoder;

/** Records of transactions that were committed, and of none. */
export const readCommitted = 1;

/** A connection to the cluster, not yet connected. */
export function clusterOf(kafka: Kafka): Cluster {
  const name = Object.getOwnPropertySymbols(kafka).find(
    (symbol) => symbol.description === 'private:Kafka:createCluster',
  );
  const create = name && (kafka as unknown as Record<symbol, (options: object) => Cluster>)[name];
  if (create === undefined) throw new Error('kafkajs makes its clusters otherwise than 2.2.4; see kafkajs-cluster.ts');
  return create({ allowAutoTopicCreation: false, isolationLevel: readCommitted, metadataMaxAge: 60_000 });
}
