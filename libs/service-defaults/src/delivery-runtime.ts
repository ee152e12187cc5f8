import { setTimeout as sleep } from 'node:timers/promises';
import { catalogue } from '@wardline/event-contracts';
import type { Clock, EventCodec, Log } from '@wardline/event-handling';
import { KafkaTransport, type KafkaConnection, type KafkaSink } from '@wardline/kafka';
import {
  HandlerRegistry,
  Interventions,
  MessagePipeline,
  OperationRunner,
  OutboxRelay,
  ParkedDrain,
  Replay,
  Retention,
  TakeInterventionRequest,
  type Database,
  type Outbox,
  type Parking,
  type PipelineOptions,
} from '@wardline/outbox';
import type { Registry } from 'prom-client';
import { deliveryMetrics, registerGauges } from './metrics.js';
import { Replays } from './replays.js';
import { outboxAgeSeconds, parkedByState } from './readings.js';

/** What the delivery path of a service is made of. */
export interface RuntimeParts {
  readonly service: string;
  readonly kafka: KafkaConnection;
  readonly fetch: { readonly minBytes: number; readonly maxWaitMs: number };
  readonly database: Database;
  readonly outbox: Outbox;
  readonly parking: Parking;
  readonly codec: EventCodec;
  readonly sink: KafkaSink;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Registry;
  /** How often people may have a message tried again that comes back with the same code, unless they force it. */
  readonly loopLimit: number;
  /** How long taken events, ended parked messages and operations are kept, in days. */
  readonly retentionDays: number;
}

/** A topic that a service subscribes to; one without a handler is held unread. */
export interface Subscription {
  readonly topic: string;
  readonly handled: boolean;
}

/** The running delivery path of one service: transport, pipeline, retries of parked messages, relay. */
export class DeliveryRuntime {
  readonly interventions: Interventions;
  readonly replays: Replays;
  readonly transport: KafkaTransport;
  readonly subscriptions: readonly Subscription[];
  readonly #relay: OutboxRelay;
  readonly #drain: ParkedDrain;
  readonly #operations: OperationRunner;
  readonly #retention: Retention;

  constructor(
    private readonly parts: RuntimeParts,
    handlers: readonly object[],
  ) {
    const registry = new HandlerRegistry(handlers);
    const pipeline = this.#pipelineOptions(registry);
    this.#drain = new ParkedDrain(pipeline);
    this.#relay = new OutboxRelay({
      pool: parts.database.pool,
      sink: parts.sink,
      log: parts.log,
      metrics: pipeline.metrics,
    });
    this.#operations = new OperationRunner(pipeline, {
      loopLimit: parts.loopLimit,
      onSettled: () => this.#drain.wake(),
    });
    const { database, clock, log, retentionDays: days } = parts;
    this.#retention = new Retention({ database, clock, log, days });
    this.interventions = new Interventions(pipeline, () => this.#wakeAll(), { loopLimit: parts.loopLimit });
    registry.add(new TakeInterventionRequest(parts.service, this.interventions));
    this.subscriptions = subscriptionsOf(parts.service, registry);
    this.replays = this.#replays(new Replay(pipeline, days));
    this.transport = this.#transport(new MessagePipeline(pipeline));
    parts.outbox.onCommit(() => this.#relay.wake());
    parts.parking.onDue(() => this.#drain.wake());
    this.#registerGauges();
  }

  /** Starts publishing and retrying; the transport is started by Nest. */
  start(): void {
    this.#relay.start();
    this.#drain.start();
    this.#operations.start();
    this.#retention.start();
  }

  /**
   * Takes nothing new, finishes what is under way, publishes what is committed. While the brokers are away that would last
   * for ever: what is not published within so many milliseconds stays in the outbox for the next relay.
   */
  async stop(publishWithinMs: number): Promise<void> {
    await this.transport.close();
    await Promise.all([this.#operations.stop(), this.#drain.stop(), this.#retention.stop()]);
    const relayed = this.#relay.stop();
    await within(publishWithinMs, relayed);
    await this.parts.sink.close();
    await relayed;
  }

  #wakeAll(): void {
    this.#operations.wake();
    this.#drain.wake();
  }

  #pipelineOptions(registry: HandlerRegistry): PipelineOptions {
    const { service: consumer, database, outbox, codec, clock, log } = this.parts;
    const metrics = deliveryMetrics(this.parts.metrics);
    return { consumer, database, outbox, codec, registry, clock, log, metrics, onParked: () => this.#drain.wake() };
  }

  #replays(replay: Replay): Replays {
    const { service, kafka, log } = this.parts;
    const topics = this.subscriptions.filter(({ handled }) => handled).map(({ topic }) => topic);
    return new Replays({ service, kafka, log, replay, topics });
  }

  #transport(processor: MessagePipeline): KafkaTransport {
    const unread = this.subscriptions.filter(({ handled }) => !handled);
    return new KafkaTransport({
      ...this.parts.kafka,
      ...this.parts.fetch,
      groupId: this.parts.service,
      topics: this.subscriptions.map(({ topic }) => topic),
      topicsWithoutHandler: new Set(unread.map(({ topic }) => topic)),
      processor,
      log: this.parts.log,
    });
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

/** Resolves when the work is done, and at the latest after so many milliseconds. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const ended = new AbortController();
  const tooLate = sleep(milliseconds, undefined, { signal: ended.signal }).catch(() => undefined);
  await Promise.race([work, tooLate]).finally(() => ended.abort());
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
