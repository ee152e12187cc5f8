import {
  catalogue,
  ConsumptionRecorded,
  ConsumptionRefused,
  Topic,
  type TopicContract,
  type TopicName,
} from '@wardline/event-contracts';
import {
  businessEvent,
  Handles,
  Reject,
  type BusinessEvent,
  type Envelope,
  type Handler,
  type Log,
  type Transaction,
} from '@wardline/event-handling';
import { AvroCodec, KafkaSink, KafkaTransport, provisionTopics } from '@wardline/kafka';
import {
  HandlerRegistry,
  Interventions,
  MessagePipeline,
  Outbox,
  OutboxRelay,
  ParkedDrain,
  type PipelineOptions,
} from '@wardline/outbox';
import { eventually, noMetrics, testDatabase, type TestDatabase } from '@wardline/testing';
import { expect } from 'vitest';

/** Keeps a row of each record, as a service would; the reasons `reject` and `oversize` make it fail. */
@Handles(ConsumptionRecorded)
class Keep implements Handler<ConsumptionRecorded> {
  async handle({ data, key }: Envelope<ConsumptionRecorded>, tx: Transaction): Promise<BusinessEvent[]> {
    if (data.reason === 'reject') throw new Reject('SHELF_EMPTY', `nothing is left of ${key}`, { class: 'BUSINESS' });
    await tx.query('INSERT INTO kept (event_id, sequence, occurred_at, reason, product) VALUES ($1, $2, $3, $4, $5)', [
      data.eventId,
      data.sequence === null ? null : String(data.sequence),
      data.occurredAt,
      data.reason,
      data.product.value,
    ]);
    return data.reason === 'oversize' ? [oversize(data)] : [];
  }
}

function oversize({ eventId, source, occurredAt }: ConsumptionRecorded): BusinessEvent {
  const what = { recordEventId: eventId, recordSource: source, sequence: null, code: 'X', remedy: 'x', owner: 'x' };
  const data = { ...what, occurredAt, message: 'x'.repeat(2_000_000) };
  return businessEvent(Topic.ClinicalConsumptionReceipt, 'k', ConsumptionRefused, data);
}

/** A row that the service has written. */
export interface Kept {
  readonly event_id: string;
  readonly sequence: string | null;
  readonly reason: string;
  readonly product: string;
}

/** A parked message, as far as the corpus looks at it. */
export interface Parked {
  readonly record_offset: string;
  readonly exception_id: string;
  readonly state: string;
  readonly code: string | null;
  readonly holds_key: boolean;
}

/** A service of one handler with the whole delivery path: transport, pipeline, drain, relay. */
export class ShelfService {
  /** Lines that tell of trouble with a batch, the consumer or the relay: bad input must cause none. */
  readonly trouble: string[] = [];
  readonly transport: KafkaTransport;
  readonly database: TestDatabase;
  readonly #interventions: Interventions;
  readonly #drain: ParkedDrain;
  readonly #relay: OutboxRelay;
  readonly #sink: KafkaSink;
  #published = 0;

  private constructor(topic: string, brokers: string, database: TestDatabase, codec: AvroCodec) {
    const log = this.#log();
    const clock = { now: () => new Date() };
    const outbox = new Outbox(codec, clock, 'shelf');
    const registry = new HandlerRegistry([new Keep()]);
    const options: PipelineOptions = {
      ...{ consumer: 'shelf', database, outbox, codec, registry, clock, log, metrics: noMetrics },
      onParked: () => this.#drain.wake(),
    };
    const kafka = { brokers: [brokers], clientId: 'shelf' };
    this.database = database;
    this.#drain = new ParkedDrain(options, 100);
    this.#interventions = new Interventions(options, () => this.#drain.wake());
    this.#sink = new KafkaSink({ ...kafka, log });
    const metrics = { ...noMetrics, published: (count: number) => void (this.#published += count) };
    this.#relay = new OutboxRelay({ pool: database.pool, sink: this.#sink, log, metrics });
    const processor = new MessagePipeline(options);
    this.transport = new KafkaTransport({ ...kafka, groupId: topic, topics: [topic], processor, log });
  }

  /** Starts it on a topic of its own that carries consumption records. */
  static async start(
    name: string,
    servers: { readonly brokers: string; readonly registryUrl: string },
  ): Promise<ShelfService> {
    const own: TopicContract = {
      ...catalogue[0]!,
      name: name as TopicName,
      partitions: 1,
      records: [ConsumptionRecorded],
    };
    const { brokers, registryUrl } = servers;
    const topics = [...catalogue, own];
    const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
    const needed = topics.filter((topic) => topic === own || topic.name.startsWith('operations.'));
    await provisionTopics({ brokers: [brokers], clientId: 'shelf', replicationFactor: 1, log, topics: needed });
    const patience = { retryPauses: [50], negativeMs: 60_000 };
    const codec = await AvroCodec.open({ registryUrl, register: true, log, topics, patience });
    const database = await testDatabase();
    await database.query(
      'CREATE TABLE kept (id bigserial, event_id uuid, sequence bigint, occurred_at timestamptz, reason text, product text)',
    );
    const service = new ShelfService(name, brokers, database, codec);
    service.#relay.start();
    service.#drain.start();
    service.transport.listen((error) => {
      if (error !== undefined) throw error;
    });
    await eventually(() => expect(service.transport.health().ready).toBe(true), { timeoutMs: 60_000 });
    service.trouble.length = 0; // a broker that has just started may not know the group yet
    return service;
  }

  kept(): Promise<Kept[]> {
    return this.database.query<Kept & object>('SELECT event_id, sequence, reason, product FROM kept ORDER BY id');
  }

  parked(): Promise<Parked[]> {
    const columns = 'record_offset, exception_id, state, code, holds_key';
    return this.database.query<Parked & object>(`SELECT ${columns} FROM delivery.parked ORDER BY id`);
  }

  async abandon({ exception_id: id }: Parked): Promise<void> {
    await this.#interventions.abandon(id, { by: 'test', reason: 'known to be bad' });
  }

  /** Events that the relay has not published yet. */
  async unpublished(): Promise<number> {
    const [row] = await this.database.query<{ events: string }>('SELECT count(*) AS events FROM delivery.outbox');
    return Number(row!.events) - this.#published;
  }

  async stop(): Promise<void> {
    await this.transport.close();
    await this.#drain.stop();
    await this.#relay.stop();
    await this.#sink.close();
    await this.database.close();
  }

  #log(): Log {
    const note = (message: string): void => {
      if (/given again|consumer ended|interrupted|failed|pauses/.test(message)) this.trouble.push(message);
    };
    return { debug: ignore, info: ignore, warn: note, error: note };
  }
}

function ignore(): void {
  // nothing to say
}
