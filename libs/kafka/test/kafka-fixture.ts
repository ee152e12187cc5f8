import { randomUUID } from 'node:crypto';
import type { Admin } from 'kafkajs';
import type { EventSink, Log, OutboundRecord } from '@wardline/event-handling';
import { eventually } from '@wardline/testing';
import { kafkaClient } from '../src/kafka-client.js';
import type { KafkaSinkOptions } from '../src/kafka-sink.js';
import type { KafkaTransport, KafkaTransportOptions } from '../src/kafka-transport.js';
import { createTopics } from '../src/topic-creation.js';
import type { RecordingProcessor } from './recording-processor.js';

/** What Wardline needs of a consumer, whichever Kafka client is behind it. */
export type DriverTransport = Pick<KafkaTransport, 'listen' | 'close' | 'health' | 'lag'>;

/** A Kafka client behind our ports. One that passes `publishingSuite` and `consumingSuite` may take the place of kafkajs. */
export interface KafkaDriver<Transport extends DriverTransport = DriverTransport> {
  readonly name: string;
  sink(options: KafkaSinkOptions): EventSink & { close(): Promise<void> };
  transport(options: KafkaTransportOptions): Transport;
}

/** A real Kafka with a sink, and consumers that end with the test. Not exported. */
export class KafkaFixture<Transport extends DriverTransport = DriverTransport> {
  private readonly open: Transport[] = [];
  readonly sink: ReturnType<KafkaDriver['sink']>;

  private constructor(
    readonly brokers: string[],
    readonly admin: Admin,
    private readonly driver: KafkaDriver<Transport>,
    private readonly log: Log,
  ) {
    this.sink = driver.sink({ brokers, clientId: 'test', log });
  }

  static async connect<T extends DriverTransport>(
    address: string,
    log: Log,
    driver: KafkaDriver<T>,
  ): Promise<KafkaFixture<T>> {
    const brokers = [address];
    const admin = kafkaClient({ brokers, clientId: 'test' }, log).admin();
    await admin.connect();
    return new KafkaFixture(brokers, admin, driver, log);
  }

  async close(): Promise<void> {
    await this.sink.close();
    await this.admin.disconnect();
  }

  /** A topic of its own for a test. */
  async topic(
    partitions = 1,
    name = `test.${randomUUID()}`,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const configEntries = Object.entries(settings).map(([setting, value]) => ({ name: setting, value }));
    await createTopics(this.admin, [{ topic: name, numPartitions: partitions, configEntries }]);
    // Leaders that answer: a batch refused by one of them would be in the others twice.
    await eventually(() => this.admin.fetchTopicOffsets(name));
    return name;
  }

  consume(topics: string[], processor: RecordingProcessor, more: Partial<KafkaTransportOptions> = {}): Transport {
    const { brokers, log } = this;
    const options = { brokers, clientId: 'test', groupId: randomUUID(), topics, processor, log, ...more };
    const transport = this.driver.transport({ sessionTimeoutMs: 6_000, heartbeatMs: 300, ...options });
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
