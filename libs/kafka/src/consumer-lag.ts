import type { Admin } from 'kafkajs';
import type { Clock } from '@wardline/event-handling';

/** How far a partition of this consumer is behind. */
export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  /** Records that are not settled. */
  readonly messages: number;
  /** Age of the oldest of them, as far as known from it or the record settled before it; 0 when none is left. */
  readonly seconds: number;
}

/** Where a partition stands. */
export interface PartitionStanding {
  readonly topic: string;
  readonly partition: number;
  readonly position: bigint | null;
  readonly behindSince: Date | undefined;
}

/** Asks the brokers for the ends of the partitions and compares them with where we stand. */
export async function consumerLag(
  admin: Admin,
  standings: readonly PartitionStanding[],
  clock: Clock,
): Promise<PartitionLag[]> {
  const topics = [...new Set(standings.map((standing) => standing.topic))];
  const offsets = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
  const ends = new Map(
    topics.flatMap((topic, index) =>
      offsets[index]!.map((end) => [`${topic}/${end.partition}`, { low: BigInt(end.low), high: BigInt(end.high) }]),
    ),
  );
  return standings.map((standing) => {
    const end = ends.get(`${standing.topic}/${standing.partition}`) ?? { low: 0n, high: 0n };
    return lagOf(standing, end, clock.now());
  });
}

/** The lag of one partition between its beginning and its end. */
export function lagOf(standing: PartitionStanding, end: { low: bigint; high: bigint }, now: Date): PartitionLag {
  const { topic, partition, position, behindSince } = standing;
  const from = position === null || position < end.low ? end.low : position;
  const messages = Number(end.high > from ? end.high - from : 0n);
  const age = behindSince === undefined ? 0 : (now.getTime() - behindSince.getTime()) / 1000;
  return { topic, partition, messages, seconds: messages === 0 ? 0 : Math.max(0, age) };
}
