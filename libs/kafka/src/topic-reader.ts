import { setTimeout as sleep } from 'node:timers/promises';
import type { InboundRecord, Log } from '@wardline/event-handling';
import { inboundRecord } from './inbound-record.js';
import { isRetriable, kafkaClient, kafkaErrorType, type KafkaConnection } from './kafka-client.js';
import { BatchClass, clusterOf, readCommitted, type Cluster, type FetchedPartition } from './kafkajs-cluster.js';

/** Records of one partition: from the first offset up to, not including, the last; `to` null has no end. */
export interface OffsetRange {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint | null;
}

/** Where reading begins: the oldest record kept, what comes from now on, or the first record of that time or later. */
export type ReadFrom = 'beginning' | 'end' | Date;

const waitMs = 250;
const maxBytesOfPartition = 1_000_000;
const maxBytesOfFetch = 8_000_000;
const triesOfOneFetch = 5;

type Standing = { -readonly [Field in keyof OffsetRange]: OffsetRange[Field] };

/**
 * Reads ranges of topics without a consumer group: it moves nobody's position, and needs the right to read and no other.
 * Only committed records; those of one partition in their order.
 */
export class TopicReader {
  private constructor(
    private readonly cluster: Cluster,
    private readonly log: Log,
  ) {}

  /** Connects; throws when no broker answers. */
  static async open(connection: KafkaConnection, log: Log): Promise<TopicReader> {
    const cluster = clusterOf(kafkaClient(connection, log));
    await cluster.connect();
    return new TopicReader(cluster, log);
  }

  close(): Promise<void> {
    return this.cluster.disconnect();
  }

  /**
   * The ranges of every partition of the topics between two places; `to` 'end' is the end as it is now. Throws when a topic
   * does not exist or may not be read.
   */
  async ranges(topics: readonly string[], from: ReadFrom, to: 'end' | 'never' | Date = 'end'): Promise<OffsetRange[]> {
    await this.cluster.addMultipleTargetTopics(topics);
    const [starts, ends] = await Promise.all([
      this.places(topics, from),
      this.places(topics, to === 'never' ? 'end' : to),
    ]);
    return [...starts].map(([place, start]) => {
      const [topic = '', partition] = place.split('/');
      return {
        topic,
        partition: Number(partition),
        from: start,
        to: to === 'never' ? null : (ends.get(place) ?? start),
      };
    });
  }

  /** The records of the ranges as they are fetched; ends when every range is read or `signal` is aborted. */
  async *read(ranges: readonly OffsetRange[], signal?: AbortSignal): AsyncGenerator<readonly InboundRecord[]> {
    let open: Standing[] = ranges.filter(({ from, to }) => to === null || from < to).map((range) => ({ ...range }));
    await this.cluster.addMultipleTargetTopics([...new Set(open.map(({ topic }) => topic))]);
    while (open.length > 0 && signal?.aborted !== true) {
      for (const records of await this.fetchFromEachLeader(open)) if (records.length > 0) yield records;
      open = open.filter(({ from, to }) => to === null || from < to);
    }
  }

  private async places(topics: readonly string[], at: ReadFrom): Promise<Map<string, bigint>> {
    const asked = (timestamp?: number) =>
      this.cluster.fetchTopicsOffset(
        topics.map((topic) => ({
          topic,
          partitions: this.cluster.findTopicPartitionMetadata(topic).map((one) => ({ partition: one.partitionId })),
          ...(timestamp === undefined ? { fromBeginning: at === 'beginning' } : { fromTimestamp: timestamp }),
        })),
      );
    const found = placesIn(await asked(at instanceof Date ? at.getTime() : undefined));
    if ([...found.values()].every((offset) => offset >= 0n)) return found;
    // Nothing is as late as that: the end.
    const ends = placesIn(await asked());
    return new Map([...found].map(([place, offset]) => [place, offset < 0n ? (ends.get(place) ?? 0n) : offset]));
  }

  private async fetchFromEachLeader(open: Standing[]): Promise<InboundRecord[][]> {
    const before = open.map(({ from }) => from);
    for (let tries = 1; ; tries++) {
      try {
        const leaders = [...this.byLeader(open)];
        return await Promise.all(leaders.map(([nodeId, standings]) => this.fetchFrom(nodeId, standings)));
      } catch (error) {
        if (tries >= triesOfOneFetch || !isRetriable(error)) throw error;
        // What one leader gave is dropped when another one fails: it is fetched again.
        open.forEach((standing, index) => (standing.from = before[index]!));
        this.log.debug(`fetching failed: ${kafkaErrorType(error)}; trying again`);
        await sleep(waitMs * tries);
        await this.cluster.refreshMetadata();
      }
    }
  }

  private byLeader(open: readonly Standing[]): Map<string, Standing[]> {
    const leaders = new Map<string, Standing[]>();
    for (const standing of open) {
      const [nodeId = ''] = Object.keys(this.cluster.findLeaderForPartitions(standing.topic, [standing.partition]));
      leaders.set(nodeId, [...(leaders.get(nodeId) ?? []), standing]);
    }
    return leaders;
  }

  private async fetchFrom(nodeId: string, standings: readonly Standing[]): Promise<InboundRecord[]> {
    const broker = await this.cluster.findBroker({ nodeId });
    const { responses } = await broker.fetch({
      isolationLevel: readCommitted,
      maxWaitTime: waitMs,
      maxBytes: maxBytesOfFetch,
      topics: standings.map(({ topic, partition, from }) => ({
        topic,
        partitions: [{ partition, fetchOffset: String(from), maxBytes: maxBytesOfPartition }],
      })),
    });
    const fetched = responses.flatMap(({ topicName, partitions }) =>
      partitions.map((partition) => ({ topic: topicName, ...partition })),
    );
    const before = standings.map(({ from }) => from);
    const records = fetched.flatMap((partition) => take(partition, standings));
    // A whole answer without a record: what is left of a range holds none, as at the end of a compacted topic.
    if (standings.every(({ from }, index) => from === before[index])) fetched.forEach((one) => finish(one, standings));
    return records;
  }
}

function placesIn(answer: Awaited<ReturnType<Cluster['fetchTopicsOffset']>>): Map<string, bigint> {
  return new Map(
    answer.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, BigInt(offset)] as const),
    ),
  );
}

type Fetched = FetchedPartition & { readonly topic: string };

function standingOf({ topic, partition }: Fetched, standings: readonly Standing[]): Standing | undefined {
  return standings.find((one) => one.topic === topic && one.partition === partition);
}

/** The records of one partition that belong to its range, which moves on. */
function take(fetched: Fetched, standings: readonly Standing[]): InboundRecord[] {
  const standing = standingOf(fetched, standings);
  if (standing === undefined) return [];
  const { topic, partition, from, to } = standing;
  const batch = new BatchClass(topic, String(from), fetched);
  if (batch.isEmptyIncludingFiltered()) return [];
  standing.from = BigInt(batch.lastOffset()) + 1n;
  return batch.messages
    .map((message) => inboundRecord(topic, partition, message))
    .filter(({ offset }) => offset >= from && (to === null || offset < to));
}

function finish(fetched: Fetched, standings: readonly Standing[]): void {
  const standing = standingOf(fetched, standings);
  if (standing === undefined || standing.to === null) return;
  if (BigInt(fetched.highWatermark) >= standing.to) standing.from = standing.to;
}
