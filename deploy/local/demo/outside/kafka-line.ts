import { Producer } from '@platformatic/kafka';
import { Registry } from './registry.ts';
import { framed } from './wire.ts';
import type { Answer, Line } from '../edges/answer.ts';
import { kafkaMessage } from '../edges/kafka.ts';
import type { DayRecord } from '../generator/record.ts';

/** An upstream team: a stock Kafka client and an Avro library, no headers. */
export class KafkaLine implements Line {
  readonly most = 50;
  readonly #producer: Producer;
  readonly #registry: Registry;

  constructor({ brokers, registryUrl }: { readonly brokers: string; readonly registryUrl: string }) {
    this.#registry = new Registry(registryUrl);
    this.#producer = new Producer({ clientId: 'day-upstream', bootstrapBrokers: brokers.split(','), retries: 10 });
  }

  async send(records: readonly DayRecord[]): Promise<readonly Answer[]> {
    const written = records.map(kafkaMessage);
    const messages = await Promise.all(
      written.map(async ({ topic, key, record, data }) => {
        if (record === null) return { topic, key: Buffer.from(key), value: data as Buffer };
        const { id, type } = await this.#registry.latest(topic, record);
        return { topic, key: Buffer.from(key), value: framed(id, type.toBuffer(data)) };
      }),
    );
    await this.#producer.send({ messages, acks: -1 });
    return written.map(({ data }) => ({
      outcome: 'taken',
      eventId: Buffer.isBuffer(data) ? null : String(data['eventId']),
    }));
  }

  close(): Promise<void> {
    return this.#producer.close();
  }
}
