import { catalogue } from '@wardline/event-contracts';
import type { Clock, EventCodec, Log } from '@wardline/event-handling';
import { KafkaTransport, type KafkaConnection, type KafkaSink } from '@wardline/kafka';
import {
  HandlerRegistry,
  Interventions,
  MessagePipeline,
  OutboxRelay,
  ParkedDrain,
  type Database,
  type Outbox,
  type Parking,
  type PipelineOptions,
} from '@wardline/outbox';
import type { Registry } from 'prom-client';
import { deliveryMetrics, registerGauges } from './metrics.js';
import { outboxAgeSeconds, parkedByState } from './readings.js';

/** What the delivery path of a service is made of. */
export interface RuntimeParts {
  readonly service: string;
  readonly kafka: KafkaConnection;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly parking: Parking;
  readonly codec: EventCodec;
  readonly sink: KafkaSink;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
}

/** A topic that a service subscribes to; one without a handler is held unread. */
export interface Subscription {
  readonly topic: string;
  readonly handled: boolean;
}

/** The running delivery path of one service: transport, pipeline, retries of parked messages, relay. */
export class DeliveryRuntime {
  readonly interventions: Interventions;
  readonly transport: KafkaTransport;
  readonly subscriptions: readonly Subscription[];
  readonly #relay: OutboxRelay;
  readonly #drain: ParkedDrain;

  constructor(
    private readonly parts: RuntimeParts,
    handlers: readonly object[],
  ) {
    const { database, outbox, parking, codec, sink, clock, log } = parts;
    const metrics = deliveryMetrics(parts.metrics);
    const registry = new HandlerRegistry(handlers);
    this.subscriptions = subscriptionsOf(parts.service, registry);
    const pipeline: PipelineOptions = {
      consumer: parts.service,
      database,
      outbox,
      codec,
      registry,
      clock,
      log,
      metrics,
      onParked: () => this.#drain.wake(),
    };
    this.#drain = new ParkedDrain(pipeline);
    this.#relay = new OutboxRelay({ pool: database.pool, sink, log, metrics });
    outbox.onCommit(() => this.#relay.wake());
    parking.onDue(() => this.#drain.wake());
    this.interventions = new Interventions(pipeline, () => this.#drain.wake());
    this.transport = new KafkaTransport({
      ...parts.kafka,
      groupId: parts.service,
      topics: this.subscriptions.map(({ topic }) => topic),
      topicsWithoutHandler: new Set(this.subscriptions.filter(({ handled }) => !handled).map(({ topic }) => topic)),
      processor: new MessagePipeline(pipeline),
      log,
    });
    this.#registerGauges();
  }

  /** Starts publishing and retrying; the transport is started by Nest. */
  start(): void {
    this.#relay.start();
    this.#drain.start();
  }

  /** Takes nothing new, finishes what is under way, publishes what is committed. */
  async stop(): Promise<void> {
    await this.transport.close();
    await this.#drain.stop();
    await this.#relay.stop();
    await this.parts.sink.close();
  }

  #registerGauges(): void {
    registerGauges(this.parts.metrics, {
      outboxAge: () => outboxAgeSeconds(this.parts.database),
      parkedByState: () => parkedByState(this.parts.database),
      lag: () => this.transport.lag(),
      leading: () => this.#relay.leading,
    });
  }
}

/** The topics whose readers, by the catalogue, include the service. */
function subscriptionsOf(service: string, registry: HandlerRegistry): Subscription[] {
  return catalogue
    .filter((topic) => topic.readers.includes(service))
    .map(({ name, records }) => ({
      topic: name,
      handled: records.some((record) => registry.find(record.fullName) !== undefined),
    }));
}
