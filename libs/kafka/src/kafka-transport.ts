import { setTimeout as sleep } from 'node:timers/promises';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import type { Admin, Consumer, Kafka } from 'kafkajs';
import type { BatchProcessor, Clock, Log } from '@wardline/event-handling';
import { consumerLag, type PartitionLag } from './consumer-lag.js';
import { ConsumerSession, type SessionOptions } from './consumer-session.js';
import { kafkaClient, type KafkaConnection } from './kafka-client.js';
import type { PartitionLimits } from './partition-worker.js';
import { PauseGate } from './pause-gate.js';
import { pauseBefore } from './retried.js';

/** How a service consumes. */
export interface KafkaTransportOptions extends KafkaConnection {
  /** The consumer group: the name of the service. */
  readonly groupId: string;
  /** Every topic to subscribe to. */
  readonly topics: readonly string[];
  /** Those of `topics` for which there is no handler yet; they stay where they are. */
  readonly topicsWithoutHandler?: ReadonlySet<string>;
  readonly processor: BatchProcessor;
  readonly log: Log;
  readonly clock?: Clock;
  /** A dead member's partitions move after this long, in milliseconds. Default 10000 (the broker allows 6000 or more). */
  readonly sessionTimeoutMs?: number;
  /** Default 2000. */
  readonly heartbeatMs?: number;
  /** Bytes that make a fetch worth its answer before its longest wait is over. Default 1. */
  readonly minBytes?: number;
  /** Longest wait of a fetch with less to read, in milliseconds. Default 400. */
  readonly maxWaitMs?: number;
  /** Default 60000. */
  readonly watchdogMs?: number;
  /** The bounds of waiting records are of all partitions together, so that memory does not grow with their number. */
  readonly limits?: Partial<PartitionLimits>;
}

/** Whether the consumer works. */
export interface TransportHealth {
  /** False when only a restart of the process can help. */
  readonly live: boolean;
  /** False while the consumer is not in its group. */
  readonly ready: boolean;
  readonly reason?: string;
}

const defaultLimits: PartitionLimits = {
  maxBatch: 500,
  maxWaiting: 4_000,
  maxWaitingBytes: 8_000_000,
  reclaimAfterMs: 1_000,
};

/**
 * Nest's way into Kafka for business events: records go to the pipeline in batches, and only what the pipeline says is
 * settled moves the offset. Nest's own event handlers are refused here, since its base class swallows their errors.
 */
export class KafkaTransport extends Server implements CustomTransportStrategy {
  private readonly kafka: Kafka;
  private readonly session: SessionOptions;
  private readonly gate = new PauseGate();
  private readonly closing = new AbortController();
  private readonly clock: Clock;
  private readonly log: Log;
  private readonly hasTopics: boolean;
  private current: ConsumerSession | undefined;
  private supervision: Promise<void> | undefined;
  private admin: Promise<Admin> | undefined;
  private trouble = 'not started';

  constructor(options: KafkaTransportOptions) {
    super();
    this.kafka = kafkaClient(options, options.log);
    this.log = options.log;
    this.clock = options.clock ?? { now: () => new Date() };
    this.hasTopics = options.topics.length > 0;
    this.session = {
      groupId: options.groupId,
      topics: options.topics,
      topicsWithoutHandler: options.topicsWithoutHandler ?? new Set(),
      processor: options.processor,
      log: options.log,
      sessionTimeoutMs: options.sessionTimeoutMs ?? 10_000,
      heartbeatMs: options.heartbeatMs ?? 2_000,
      minBytes: options.minBytes ?? 1,
      maxWaitMs: options.maxWaitMs ?? 400,
      watchdogMs: options.watchdogMs ?? 60_000,
      limits: { ...defaultLimits, ...options.limits },
    };
  }

  /** Starts consuming in the background; the cluster may come later. Calls back with an error for Nest handlers. */
  listen(callback: (error?: Error) => void): void {
    const patterns = [...this.getHandlers().keys()];
    if (patterns.length > 0) {
      callback(
        new Error(
          `@EventPattern and @MessagePattern (${patterns.join(', ')}) do not work on business topics: Nest would ` +
            'swallow their errors and the event would be lost. Write a handler class with @Handles(...) and list it in main.ts.',
        ),
      );
      return;
    }
    this.supervision = this.hasTopics ? this.supervise() : undefined;
    callback();
  }

  /** Settles what is under way, commits, and leaves the group. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.supervision;
    const admin = await this.admin?.catch(() => undefined);
    await admin?.disconnect().catch(() => undefined);
  }

  /** The consumer emits nothing to listen to: {@link health} and `status` tell how it is. */
  on(event: string): never {
    throw new Error(`the Kafka transport has no event "${event}"; ask health() or subscribe to status`);
  }

  /** The kafkajs consumer of the moment; throws while there is none. */
  unwrap<T = Consumer>(): T {
    if (this.current === undefined) throw new Error(`there is no consumer: ${this.trouble}`);
    return this.current.consumer as T;
  }

  /** Whether this consumer lives and works, for the health endpoints. */
  health(): TransportHealth {
    if (!this.hasTopics) return { live: true, ready: true };
    if (this.closing.signal.aborted) return { live: true, ready: false, reason: 'the consumer is closed' };
    if (this.current?.joined === true) return { live: true, ready: true };
    return { live: true, ready: false, reason: `the Kafka consumer is not in its group: ${this.trouble}` };
  }

  /** How far each partition that this member reads is behind; throws while the brokers cannot be asked. */
  async lag(): Promise<PartitionLag[]> {
    const partitions = this.current?.partitions ?? [];
    if (partitions.length === 0) return [];
    try {
      return await consumerLag(await this.connectedAdmin(), partitions, this.clock);
    } catch (error) {
      this.admin = undefined;
      throw error;
    }
  }

  private connectedAdmin(): Promise<Admin> {
    this.admin ??= (async () => {
      const admin = this.kafka.admin();
      await admin.connect();
      return admin;
    })();
    return this.admin;
  }

  private async supervise(): Promise<void> {
    this.trouble = 'it is joining';
    for (let failures = 0; !this.closing.signal.aborted;) {
      const session = new ConsumerSession(this.kafka, this.session, this.gate);
      const { joined, reason } = await this.oneSession(session);
      if (this.closing.signal.aborted) return;
      failures = joined ? 1 : failures + 1;
      const pauseMs = pauseBefore(failures);
      this.trouble = reason;
      this._status$.next('disconnected');
      this.log.error(`the Kafka consumer ended: ${reason}; starting it again`, { failures, pauseMs });
      await sleep(pauseMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
    }
  }

  private async oneSession(session: ConsumerSession): Promise<{ joined: boolean; reason: string }> {
    const closed = new Promise<string>((resolve) => {
      this.closing.signal.addEventListener('abort', () => resolve('closed'), { once: true });
    });
    this.current = session;
    let reason: string;
    try {
      await Promise.race([session.start(), closed]);
      if (session.joined) this._status$.next('connected');
      reason = await Promise.race([session.ended, closed]);
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    const { joined } = session;
    await session.close();
    this.current = undefined;
    return { joined, reason };
  }
}
