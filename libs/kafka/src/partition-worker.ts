import { setTimeout as sleep } from 'node:timers/promises';
import {
  Fenced,
  Paused,
  type BatchProcessor,
  type InboundRecord,
  type Log,
  type PartitionClaim,
} from '@wardline/event-handling';
import type { PauseGate } from './pause-gate.js';
import { pauseBefore } from './retried.js';

/** What a partition asks of the consumer that fetches for it. */
export interface PartitionFlow {
  /** Stop fetching this partition. */
  pause(): void;
  /** Go on fetching it. */
  resume(): void;
  /** Fetch from this offset next. */
  seek(offset: bigint): void;
  /** Records before this offset are settled. */
  settled(offset: bigint): void;
}

/** Bounds of the work of one partition. */
export interface PartitionLimits {
  /** Most records in one call of the processor. */
  readonly maxBatch: number;
  /** Fetching stops while more records than this wait here. */
  readonly maxWaiting: number;
  /** Fetching stops while more bytes than this wait here. */
  readonly maxWaitingBytes: number;
  /** How long to wait before taking a partition back that another member took, in milliseconds. */
  readonly reclaimAfterMs: number;
}

const smallestBatch = 50;

/**
 * The bounds of each of so many partitions that share `whole`. All may be decoded at once while one commits, which takes
 * the most memory: their batches together are two full ones, or the smallest of each.
 */
export function sharedBy(partitions: number, whole: PartitionLimits): PartitionLimits {
  const share = (total: number): number => Math.ceil(total / Math.max(1, partitions));
  const maxBatch = Math.min(whole.maxBatch, Math.max(smallestBatch, share(2 * whole.maxBatch)));
  return {
    ...whole,
    maxBatch,
    maxWaiting: Math.max(maxBatch, share(whole.maxWaiting)),
    maxWaitingBytes: share(whole.maxWaitingBytes),
  };
}

/** One partition's records, settled in their order; a failure here delays no other partition. */
export class PartitionWorker {
  private waiting: InboundRecord[] = [];
  private waitingBytes = 0;
  private claim: PartitionClaim | undefined;
  private next: bigint | null = null;
  private lastSettledAt: Date | undefined;
  private fetching = false;
  private failures = 0;
  private wake: () => void = () => undefined;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  readonly topic: string;
  readonly partition: number;

  constructor(
    place: { readonly topic: string; readonly partition: number },
    private readonly processor: BatchProcessor,
    private readonly flow: PartitionFlow,
    private readonly surroundings: { readonly gate: PauseGate; readonly log: Log; readonly limits: PartitionLimits },
  ) {
    this.topic = place.topic;
    this.partition = place.partition;
  }

  /** Stops fetching at once, then claims the partition and settles what is offered until {@link stop}. */
  start(): void {
    this.flow.pause();
    this.running = this.run();
  }

  /** Takes fetched records over; answers false, and takes none, while the partition is not claimed. */
  offer(records: readonly InboundRecord[]): boolean {
    if (this.claim === undefined) return false;
    // After a seek a fetch may answer from the beginning of its batch.
    const fresh = this.next === null ? records : records.filter((record) => record.offset >= this.next!);
    this.waiting.push(...fresh);
    this.waitingBytes += fresh.reduce((sum, record) => sum + sizeOf(record), 0);
    this.adjustFetching();
    this.wake();
    return true;
  }

  /** Takes no further record; resolves when the one call of the processor under way has ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  /** The offset of the first record that is not settled, as far as known. */
  get position(): bigint | null {
    return this.next ?? this.waiting[0]?.offset ?? null;
  }

  /** When the oldest unsettled record was written, as far as known: its own time, else that of the last settled one. */
  get behindSince(): Date | undefined {
    return this.waiting[0]?.timestamp ?? this.lastSettledAt;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.surroundings.gate.passed(this.stopping.signal);
        if (this.stopping.signal.aborted) return;
        if (this.claim === undefined) await this.takePartition();
        else if (this.waiting.length > 0) await this.settle(this.claim);
        else await this.offered();
      } catch (error) {
        await this.afterFailure(error);
      }
    }
  }

  private async takePartition(): Promise<void> {
    const claim = await this.processor.claim(this.topic, this.partition);
    if (this.stopping.signal.aborted) return;
    // The database outranks the broker: without a position there nothing is settled, whatever the broker has noted.
    this.flow.seek(claim.nextOffset ?? 0n);
    this.waiting = [];
    this.waitingBytes = 0;
    this.next = claim.nextOffset;
    this.claim = claim;
    this.failures = 0;
    this.adjustFetching();
  }

  private async settle(claim: PartitionClaim): Promise<void> {
    const run = this.waiting.slice(0, this.surroundings.limits.maxBatch);
    const next = await this.processor.process(run, claim);
    if (next <= run[0]!.offset)
      throw new Error(`the pipeline answered offset ${next} for records from ${run[0]!.offset}`);
    const settled = run.filter((record) => record.offset < next);
    this.waiting.splice(0, settled.length);
    this.waitingBytes -= settled.reduce((sum, record) => sum + sizeOf(record), 0);
    this.next = next;
    this.claim = { ...claim, nextOffset: next };
    this.lastSettledAt = settled.at(-1)?.timestamp;
    this.failures = 0;
    this.adjustFetching();
    if (!this.stopping.signal.aborted) this.flow.settled(next);
  }

  private async afterFailure(error: unknown): Promise<void> {
    const { gate, log, limits } = this.surroundings;
    const at = { topic: this.topic, partition: this.partition, offset: this.position?.toString() };
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Paused) {
      if (gate.hold(error.afterMs)) log.warn(`consuming pauses: ${reason}`, { ...at, resumesAfterMs: error.afterMs });
      return;
    }
    if (error instanceof Fenced) {
      this.claim = undefined;
      this.adjustFetching();
      log.info(`the partition was taken by another member: ${reason}`, at);
      return this.rest(limits.reclaimAfterMs);
    }
    this.failures += 1;
    const pauseMs = pauseBefore(this.failures);
    log.error(`the batch could not be settled and is given again: ${reason}`, {
      ...at,
      failures: this.failures,
      pauseMs,
    });
    return this.rest(pauseMs);
  }

  private offered(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
      if (this.stopping.signal.aborted) resolve();
    });
  }

  private async rest(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private adjustFetching(): void {
    if (this.stopping.signal.aborted) return;
    const { maxWaiting, maxWaitingBytes } = this.surroundings.limits;
    const wanted = this.claim !== undefined && this.waiting.length < maxWaiting && this.waitingBytes < maxWaitingBytes;
    if (wanted === this.fetching) return;
    this.fetching = wanted;
    if (wanted) this.flow.resume();
    else this.flow.pause();
  }
}

// Measured: what a record's objects take of the heap beside its bytes.
const bytesOfObjects = 800;

function sizeOf({ value, key, headers }: InboundRecord): number {
  let bytes = (value?.length ?? 0) + (key?.length ?? 0) + bytesOfObjects;
  for (const name in headers) bytes += name.length + headers[name]!.length;
  return bytes;
}
