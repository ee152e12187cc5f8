import kafkajs, { type Kafka, type KafkaMessage } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventCodec } from '@wardline/event-handling';
import type { PublishedEvent } from '../history.ts';

/** Where each partition of a topic ended at some moment. */
export type Marks = ReadonlyMap<number, bigint>;

/** Reads topics as a stranger would: a stock client with nothing of ours around it. */
export class Topics {
  readonly #kafka: Kafka;
  readonly #codec: EventCodec;

  constructor(brokers: readonly string[], codec: EventCodec) {
    const retry = { retries: 30, initialRetryTime: 100, maxRetryTime: 1_000 };
    this.#kafka = new kafkajs.Kafka({
      brokers: [...brokers],
      clientId: 'chaos-stage',
      logLevel: kafkajs.logLevel.NOTHING,
      retry,
    });
    this.#codec = codec;
  }

  async ends(topic: string): Promise<Marks> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      const partitions = await admin.fetchTopicOffsets(topic);
      return new Map(partitions.map(({ partition, high }) => [partition, BigInt(high)]));
    } finally {
      await admin.disconnect();
    }
  }

  /**
   * The messages of a round since the marks, each partition in its order. From the beginning again when a broker that has just
   * been started ends it: kafkajs would go on somewhere else.
   */
  async read(topic: string, round: string, since: Marks): Promise<PublishedEvent[]> {
    for (let tries = 1; ; tries += 1)
      try {
        return await this.#readOnce(topic, round, since);
      } catch (error) {
        if (tries === 10 || (error as { retriable?: boolean }).retriable !== true) throw error;
        await sleep(500);
      }
  }

  async #readOnce(topic: string, round: string, since: Marks): Promise<PublishedEvent[]> {
    const ends = await this.ends(topic);
    const open = new Set([...ends].filter(([partition, end]) => end > since.get(partition)!).map(([number]) => number));
    const found: PublishedEvent[] = [];
    if (open.size === 0) return found;
    await this.#follow(topic, since, async (partition, message, done) => {
      const offset = BigInt(message.offset);
      if (offset < ends.get(partition)!) found.push(...(await this.#eventOf(topic, round, message)));
      if (offset >= ends.get(partition)! - 1n) open.delete(partition);
      if (open.size === 0) done();
    });
    return found;
  }

  async #follow(
    topic: string,
    since: Marks,
    take: (partition: number, message: KafkaMessage, done: () => void) => Promise<void>,
  ): Promise<void> {
    const consumer = this.#kafka.consumer({ groupId: `chaos-stage-${randomUUID()}`, maxWaitTimeInMs: 50 });
    await consumer.connect();
    try {
      await consumer.subscribe({ topic, fromBeginning: true });
      await new Promise<void>((resolve, reject) => {
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
        const running = consumer.run({
          autoCommit: false,
          eachMessage: ({ partition, message }) => take(partition, message, resolve),
        });
        for (const [partition, offset] of since) consumer.seek({ topic, partition, offset: String(offset) });
        running.catch(reject);
      });
    } finally {
      await consumer.disconnect();
    }
  }

  async #eventOf(topic: string, round: string, message: KafkaMessage): Promise<PublishedEvent[]> {
    const key = String(message.key);
    if (!key.startsWith(`${round}/`)) return [];
    const result = await this.#codec.decode(topic, message.value);
    if (!result.ok) throw new Error(`${topic} holds what nobody can read: ${result.message}`);
    const { eventId, causationId } = result.data as { eventId: string; causationId: string | null };
    return [{ eventId, key, causeId: causationId }];
  }
}
