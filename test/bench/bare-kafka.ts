import { setTimeout as sleep } from 'node:timers/promises';
// Corrects kafkajs' timers on Node 24, for the floors and the peers as for us.
import '@wardline/kafka';
import kafkajs, { type KafkaMessage, type Message } from 'kafkajs';

/** kafkajs with nothing of ours around it: the floor of what goes through Kafka, and the outsider who checks. */
export interface BareKafka {
  /** A topic of which the broker notes when it appended each message. */
  createTopic(topic: string, partitions: number): Promise<void>;
  deleteTopic(topic: string): Promise<void>;
  /** One awaited, idempotent request, acknowledged by all replicas. */
  produce(topic: string, messages: Message[]): Promise<unknown>;
  /** How many messages a topic holds. */
  count(topic: string): Promise<number>;
  /** Every message that a topic holds now, per partition in order. */
  readAll(topic: string, take: (message: KafkaMessage, partition: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** Partitions of a topic when nothing else is asked for. */
export const usualPartitions = 6;

/** Connects to Kafka. */
export async function openKafka(brokers: string): Promise<BareKafka> {
  const kafka = new kafkajs.Kafka({
    brokers: brokers.split(','),
    clientId: 'bench',
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  const count = async (topic: string): Promise<number> => {
    const ends = await admin.fetchTopicOffsets(topic);
    return ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  };
  const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
  return {
    createTopic: async (topic, numPartitions) => {
      // kafkajs' own wait for the leaders gives up on a busy machine.
      await admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: false });
      await inTime(() => count(topic));
    },
    deleteTopic: (topic) => admin.deleteTopics({ topics: [topic] }),
    produce: (topic, messages) => producer.send({ topic, messages, acks: -1 }),
    count,
    readAll: async (topic, take) => readSoMany(kafka, topic, await count(topic), take),
    close: async () => void (await Promise.allSettled([producer.disconnect(), admin.disconnect()])),
  };
}

/** Tries until it works, for half a minute. */
async function inTime(work: () => Promise<unknown>): Promise<void> {
  for (const until = Date.now() + 30_000; ;) {
    try {
      await work();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(50);
    }
  }
}

async function readSoMany(
  kafka: kafkajs.Kafka,
  topic: string,
  messages: number,
  take: (message: KafkaMessage, partition: number) => void,
): Promise<void> {
  let left = messages;
  if (left === 0) return;
  const retry = { retries: 30 };
  const consumer = kafka.consumer({ groupId: `read-${topic}`, allowAutoTopicCreation: false, retry });
  // kafkajs begins again at the beginning after a hiccup of the group.
  const next = new Map<number, bigint>();
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => (payload.restart ? undefined : reject(payload.error)));
    const eachBatch = async ({ batch }: { batch: kafkajs.Batch }): Promise<void> => {
      for (const message of batch.messages) {
        if (BigInt(message.offset) < (next.get(batch.partition) ?? 0n)) continue;
        next.set(batch.partition, BigInt(message.offset) + 1n);
        take(message, batch.partition);
        left -= 1;
      }
      if (left <= 0) resolve();
    };
    consumer.run({ autoCommit: false, eachBatch }).catch(reject);
  });
  await consumer.disconnect();
}
