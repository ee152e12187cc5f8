// Corrects kafkajs' timers on Node 24, for the peers as for us.
import '@wardline/kafka';
import kafkajs, { type Message, type Producer } from 'kafkajs';

/** A connected, idempotent kafkajs producer, acknowledged by all replicas: what each peer of Node is given. */
export async function connectedProducer(brokers: string): Promise<Producer> {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), clientId: 'peer', logLevel: kafkajs.logLevel.ERROR });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false });
  await producer.connect();
  return producer;
}

/** Sends a message; resolves when it is acknowledged. */
export type Send = (topic: string, message: Message) => Promise<void>;

/** One request per message, as the examples of the peers have it. */
export function oneByOne(producer: Producer): Send {
  return async (topic, message) => void (await producer.send({ topic, messages: [message], acks: -1 }));
}

/**
 * The messages that are asked for while a request is under way leave in the next one: the most that a publisher can do for
 * a library that hands it one message at a time.
 */
export function together(producer: Producer): Send {
  let waiting: { topic: string; message: Message; done: () => void; fail: (error: unknown) => void }[] = [];
  let busy = false;
  const flush = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const topics = Map.groupBy(batch, ({ topic }) => topic);
      const topicMessages = [...topics].map(([topic, all]) => ({ topic, messages: all.map(({ message }) => message) }));
      await producer.sendBatch({ topicMessages, acks: -1 }).then(
        () => batch.forEach(({ done }) => done()),
        (error: unknown) => batch.forEach(({ fail }) => fail(error)),
      );
    }
    busy = false;
  };
  return (topic, message) =>
    new Promise((done, fail) => {
      waiting.push({ topic, message, done, fail });
      if (!busy) setImmediate(() => (busy ? undefined : void flush()));
    });
}
