import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { BatchProcessor, Log } from '@wardline/event-handling';
import { inboundRecord } from './inbound-record.js';
import { OffsetCommits } from './offset-commits.js';
import { PartitionWorker, sharedBy, type PartitionFlow, type PartitionLimits } from './partition-worker.js';
import type { PauseGate } from './pause-gate.js';

/** What one session of a consumer needs. */
export interface SessionOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Subscribed and never fetched: their offset does not advance before somebody handles them. */
  readonly topicsWithoutHandler: ReadonlySet<string>;
  readonly processor: BatchProcessor;
  readonly log: Log;
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly minBytes: number;
  readonly maxWaitMs: number;
  /** Without a fetch or a heartbeat for this long the session is given up, in milliseconds. */
  readonly watchdogMs: number;
  /** What may wait: all partitions together. */
  readonly limits: PartitionLimits;
}

const closeWithinMs = 15_000;
// A fetched byte costs several in the heap once it is an object, and one answer is unpacked as a whole.
const maxBytesOfFetch = 2_000_000;
const maxBytesOfPartition = 500_000;

/** One kafkajs consumer from connecting to its end. It never restarts itself: whoever waits for `ended` opens another. */
export class ConsumerSession {
  readonly consumer: Consumer;
  /** Resolves with the reason when this session can do no more. */
  readonly ended: Promise<string>;
  private end!: (reason: string) => void;
  private readonly commits: OffsetCommits;
  private workers = new Map<string, PartitionWorker>();
  private readonly stopped = new Set<Promise<void>>();
  private watchdog: NodeJS.Timeout | undefined;
  private lastSign = performance.now();
  private hasJoined = false;

  constructor(
    kafka: Kafka,
    private readonly options: SessionOptions,
    private readonly gate: PauseGate,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.consumer = kafka.consumer({
      groupId: options.groupId,
      sessionTimeout: options.sessionTimeoutMs,
      rebalanceTimeout: options.sessionTimeoutMs * 2,
      heartbeatInterval: options.heartbeatMs,
      minBytes: options.minBytes,
      maxWaitTimeInMs: options.maxWaitMs,
      maxBytes: maxBytesOfFetch,
      maxBytesPerPartition: maxBytesOfPartition,
      allowAutoTopicCreation: false,
      metadataMaxAge: 60_000,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4, restartOnFailure: () => Promise.resolve(false) },
    });
    this.commits = new OffsetCommits((offsets) => this.consumer.commitOffsets(offsets), options.log);
  }

  /** Connects, subscribes and starts consuming; throws when the cluster is away or a topic is missing. */
  async start(): Promise<void> {
    const { GROUP_JOIN, CRASH, FETCH, HEARTBEAT } = this.consumer.events;
    this.consumer.on(GROUP_JOIN, ({ payload }) => this.assigned(payload.memberAssignment));
    this.consumer.on(CRASH, ({ payload }) => this.end(`kafkajs gave up: ${payload.error.message}`));
    this.consumer.on(FETCH, () => this.sign());
    this.consumer.on(HEARTBEAT, () => this.sign());
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
    this.watch();
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 8,
      eachBatch: (payload) => this.handOver(payload),
    });
  }

  /** Whether the group has given this session its partitions. */
  get joined(): boolean {
    return this.hasJoined;
  }

  /** The partitions of this session that are being read. */
  get partitions(): readonly PartitionWorker[] {
    return [...this.workers.values()];
  }

  /** Settles what is under way, commits and leaves the group; gives up waiting after a while. */
  async close(): Promise<void> {
    clearInterval(this.watchdog);
    this.hasJoined = false;
    const orderly = async (): Promise<void> => {
      this.dismissWorkers();
      await Promise.all(this.stopped);
      await this.commits.flushed();
      await this.consumer.disconnect();
    };
    const givenUp = new AbortController();
    const tooLong = sleep(closeWithinMs, undefined, { signal: givenUp.signal }).catch(() => undefined);
    await Promise.race([orderly().catch((error: unknown) => this.closeFailed(error)), tooLong]);
    givenUp.abort();
  }

  private assigned(assignment: Readonly<Record<string, number[]>>): void {
    this.sign();
    this.dismissWorkers();
    this.commits.forget();
    const handled: { topic: string; partition: number }[] = [];
    for (const [topic, partitions] of Object.entries(assignment)) {
      if (this.options.topicsWithoutHandler.has(topic)) this.consumer.pause([{ topic, partitions }]);
      else handled.push(...partitions.map((partition) => ({ topic, partition })));
    }
    const limits = sharedBy(handled.length, this.options.limits);
    for (const { topic, partition } of handled) this.startWorker(topic, partition, limits);
    this.hasJoined = true;
    this.options.log.info('joined the consumer group', { groupId: this.options.groupId, assignment });
  }

  private startWorker(topic: string, partition: number, limits: PartitionLimits): void {
    const { processor, log } = this.options;
    const worker = new PartitionWorker({ topic, partition }, processor, this.flowOf(topic, partition), {
      gate: this.gate,
      log,
      limits,
    });
    this.workers.set(`${topic}/${partition}`, worker);
    worker.start();
  }

  private flowOf(topic: string, partition: number): PartitionFlow {
    return {
      pause: () => this.consumer.pause([{ topic, partitions: [partition] }]),
      resume: () => this.consumer.resume([{ topic, partitions: [partition] }]),
      seek: (offset) => this.consumer.seek({ topic, partition, offset: offset.toString() }),
      settled: (offset) => this.commits.settled(topic, partition, offset),
    };
  }

  private handOver(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    this.sign();
    // Fetched before a seek: from the wrong place.
    if (payload.isStale()) return Promise.resolve();
    const worker = this.workers.get(`${batch.topic}/${batch.partition}`);
    const records = batch.messages.map((message) => inboundRecord(batch.topic, batch.partition, message));
    // A resolved offset says only where to fetch next; the commit waits for the pipeline.
    if (worker?.offer(records) === true) payload.resolveOffset(batch.lastOffset());
    return Promise.resolve();
  }

  private dismissWorkers(): void {
    for (const worker of this.workers.values()) {
      const stop = worker.stop().finally(() => this.stopped.delete(stop));
      this.stopped.add(stop);
    }
    this.workers = new Map();
  }

  private watch(): void {
    const everyMs = this.options.watchdogMs / 4;
    let lastTick = performance.now();
    this.watchdog = setInterval(() => {
      const now = performance.now();
      // A process that was stopped, or a blocked event loop, says nothing about the consumer.
      if (now - lastTick > everyMs * 2) this.sign();
      lastTick = now;
      if (now - this.lastSign > this.options.watchdogMs) this.end('no fetch and no heartbeat by the watchdog');
    }, everyMs).unref();
  }

  private sign(): void {
    this.lastSign = performance.now();
  }

  private closeFailed(error: unknown): void {
    this.options.log.debug('the consumer did not close cleanly', { error: String(error) });
  }
}
