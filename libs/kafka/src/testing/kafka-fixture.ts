import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';
import type { Log, OutboundRecord } from '@wardline/event-handling';
import { kafkaClient } from '../kafka-client.js';
import { KafkaSink } from '../kafka-sink.js';
import { KafkaTransport, type KafkaTransportOptions } from '../kafka-transport.js';
import { createTopics } from '../topic-creation.js';
import type { RecordingProcessor } from './recording-processor.js';

/** A real Kafka with a sink, and consumers that end with the test. Not exported. */
export class KafkaFixture {
  private readonly open: KafkaTransport[] = [];

  private constructor(
    readonly brokers: string[],
    readonly admin: Admin,
    readonly sink: KafkaSink,
    private readonly log: Log,
  ) {}

  static async connect(address: string, log: Log): Promise<KafkaFixture> {
    const brokers = [address];
    const admin = kafkaClient({ brokers, clientId: 'test' }, log).admin();
    await admin.connect();
    return new KafkaFixture(brokers, admin, new KafkaSink({ brokers, clientId: 'test', log }), log);
  }

  async close(): Promise<void> {
    await this.sink.close();
    await this.admin.disconnect();
  }

  /** A topic of its own for a test. */
  async topic(partitions = 1, name = `test.${randomUUID()}`): Promise<string> {
    await createTopics(this.admin, [{ topic: name, numPartitions: partitions }]);
    return name;
  }

  consume(topics: string[], processor: RecordingProcessor, more: Partial<KafkaTransportOptions> = {}): KafkaTransport {
    const { brokers, log } = this;
    const options = { brokers, clientId: 'test', groupId: randomUUID(), topics, processor, log, ...more };
    const transport = new KafkaTransport({ sessionTimeoutMs: 6_000, heartbeatMs: 300, ...options });
    this.open.push(transport);
    transport.listen((error) => {
      if (error) throw error;
    });
    return transport;
  }

  async closeConsumers(): Promise<void> {
    await Promise.all(this.open.splice(0).map((transport) => transport.close()));
  }

  /** Offsets that the broker knows of a group, by partition. */
  async committed(groupId: string, name: string): Promise<string[]> {
    const [offsets] = await this.admin.fetchOffsets({ groupId, topics: [name] });
    return offsets!.partitions.map((partition) => partition.offset);
  }
}

/** Records of these values, of one key unless `key` says otherwise. */
export function records(
  topic: string,
  values: readonly string[],
  key: (value: string) => string = () => 'k',
): OutboundRecord[] {
  return values.map((value) => ({ topic, key: key(value), value: Buffer.from(value), headers: { ce_id: value } }));
}

/** `count` numbers as texts, from `from` on. */
export function numbers(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}
