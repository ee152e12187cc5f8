import { setTimeout as sleep } from 'node:timers/promises';
import type { Kafka, Message, Producer, TopicMessages } from 'kafkajs';
import type { EventSink, Log, OutboundRecord } from '@wardline/event-handling';
import { isRetriable, kafkaClient, kafkaErrorType, type KafkaConnection } from './kafka-client.js';
import { partitionOf } from './murmur2.js';
import { pauseBefore } from './retried.js';

/** How the sink is opened. */
export interface KafkaSinkOptions extends KafkaConnection {
  readonly log: Log;
  /** Largest request in bytes; below the broker's `message.max.bytes`, which bounds a whole batch. Default 900000. */
  readonly maxRequestBytes?: number;
}

/**
 * Where the relay publishes: acknowledged by all replicas, one batch under way at a time, repeated as a whole or not at all
 * (ADR 14), so that what a reader sees first of each record is in order.
 */
export class KafkaSink implements EventSink {
  private readonly kafka: Kafka;
  private readonly log: Log;
  private readonly maxRequestBytes: number;
  private producer: Producer | undefined;
  private tail: Promise<void> = Promise.resolve();
  private readonly closing = new AbortController();

  constructor(options: KafkaSinkOptions) {
    this.log = options.log;
    this.kafka = kafkaClient(options, options.log);
    this.maxRequestBytes = options.maxRequestBytes ?? 900_000;
  }

  /**
   * Resolves when all replicas have every record. Waits as long as the cluster is away; throws what no repetition
   * can mend, such as a record too large or a topic that must not be written.
   */
  publish(records: readonly OutboundRecord[]): Promise<void> {
    const turn = this.tail.then(() => this.publishInOrder(records));
    this.tail = turn.catch(() => undefined);
    return turn;
  }

  /** Ends what is under way (a batch that still waits for the cluster is refused) and disconnects. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.tail;
    await this.forgetProducer();
  }

  private async publishInOrder(records: readonly OutboundRecord[]): Promise<void> {
    for (const request of requests(records, this.maxRequestBytes)) await this.send(byTopic(request));
  }

  private async send(topicMessages: TopicMessages[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      if (this.closing.signal.aborted) throw new Error('the sink is closed; the batch was not acknowledged');
      try {
        const producer = await this.connectedProducer();
        await producer.sendBatch({ topicMessages, acks: -1 });
        return;
      } catch (error) {
        await this.afterFailure(error, topicMessages, tries);
      }
    }
  }

  private async afterFailure(error: unknown, batch: readonly TopicMessages[], tries: number): Promise<void> {
    const type = kafkaErrorType(error);
    const reason = error instanceof Error ? error.message : String(error);
    const topics = batch.map((part) => part.topic).join(', ');
    // Its connections may lead nowhere, and kafkajs would ask on them again.
    await this.forgetProducer();
    if (!isRetriable(error)) throw new Error(`cannot publish to ${topics}: ${reason} (${type})`, { cause: error });
    const pauseMs = pauseBefore(tries);
    this.log.warn(`publishing to ${topics} failed: ${reason}; the same batch is sent again`, { type, tries, pauseMs });
    await sleep(pauseMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }

  private async connectedProducer(): Promise<Producer> {
    if (this.producer !== undefined) return this.producer;
    const producer = this.kafka.producer({
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      // kafkajs repeats by broker: what moves meanwhile to a broker that has answered would be acknowledged and never sent.
      retry: { retries: 0 },
      createPartitioner: () => partitionByKey,
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  private async forgetProducer(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect().catch((error: unknown) => {
      this.log.debug('the producer did not disconnect cleanly', { error: String(error) });
    });
  }
}

function partitionByKey(args: { message: Message; partitionMetadata: readonly unknown[] }): number {
  return partitionOf(String(args.message.key), args.partitionMetadata.length);
}

/** Cuts records, in their order, into runs that each fit one request; a record larger than that goes alone. */
export function requests(records: readonly OutboundRecord[], maxBytes: number): OutboundRecord[][] {
  const runs: OutboundRecord[][] = [];
  let bytes = Infinity;
  for (const record of records) {
    const size = sizeOf(record);
    if (bytes + size > maxBytes) {
      runs.push([]);
      bytes = 0;
    }
    runs.at(-1)!.push(record);
    bytes += size;
  }
  return runs;
}

const recordOverheadBytes = 64;

function sizeOf({ headers, key, value }: OutboundRecord): number {
  let bytes = (value?.length ?? 0) + 4 * key.length + recordOverheadBytes;
  for (const name in headers) bytes += name.length + 4 * headers[name]!.length;
  return bytes;
}

function byTopic(records: readonly OutboundRecord[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, key, value, headers } of records) {
    const messages = topics.get(topic) ?? [];
    messages.push({ key, value, headers: { ...headers } });
    topics.set(topic, messages);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
