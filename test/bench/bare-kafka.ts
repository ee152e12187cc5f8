import kafkajs, { type KafkaMessage, type Message } from 'kafkajs';

/** kafkajs with nothing of ours around it: the floor of what goes through Kafka. */
export interface BareKafka {
  createTopics(topics: readonly string[]): Promise<void>;
  /** One awaited, idempotent request, acknowledged by all replicas. */
  produce(topic: string, messages: Message[]): Promise<unknown>;
  /** Every message that a topic holds now, per partition in order. */
  readAll(topic: string, take: (message: KafkaMessage) => void): Promise<void>;
  close(): Promise<void>;
}

const partitions = 6;

/** Connects to Kafka. */
export async function openKafka(brokers: string): Promise<BareKafka> {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), clientId: 'bench', logLevel: kafkajs.logLevel.ERROR });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  const readAll: BareKafka['readAll'] = async (topic, take) => {
    const ends = await admin.fetchTopicOffsets(topic);
    let left = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
    if (left === 0) return;
    const consumer = kafka.consumer({ groupId: `read-${topic}`, allowAutoTopicCreation: false });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const eachMessage = async ({ message }: { message: KafkaMessage }): Promise<void> => {
        take(message);
        left -= 1;
        if (left === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    await consumer.disconnect();
  };
  return {
    createTopics: async (topics) => {
      await admin.createTopics({
        topics: topics.map((topic) => ({ topic, numPartitions: partitions })),
        waitForLeaders: true,
      });
    },
    produce: (topic, messages) => producer.send({ topic, messages, acks: -1 }),
    readAll,
    close: async () => void (await Promise.allSettled([producer.disconnect(), admin.disconnect()])),
  };
}
