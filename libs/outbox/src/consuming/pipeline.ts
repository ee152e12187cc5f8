import {
  Fenced,
  type BatchProcessor,
  type Clock,
  type DecodeResult,
  type EventCodec,
  type InboundRecord,
  type Log,
  type PartitionClaim,
} from '@wardline/event-handling';
import { BatchRun, NeedsIsolation } from './batch-run.js';
import type { Database } from '../database/database.js';
import type { DeliveryMetrics } from '../delivery-metrics.js';
import type { StepHook } from '../delivery-step.js';
import type { HandlerRegistry } from './handler-registry.js';
import { claimPartition, movePositions, takeIntoInbox, type Position } from './inbox.store.js';
import { toMessage, type Message } from './message.js';
import type { Outbox } from '../outbox.js';
import { heldKeys } from '../parking/parked.store.js';
import { reportOutcome, settleOutcome } from './settle-outcome.js';
import { SharedTurns } from './shared-turns.js';
import { verdictOn } from './verdict.js';

/** What the consumer pipeline works with. */
export interface PipelineOptions {
  readonly consumer: string;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly codec: EventCodec;
  readonly registry: HandlerRegistry;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: DeliveryMetrics;
  /** Called after a commit that parked something, so that it is looked after in time. */
  readonly onParked?: () => void;
  readonly onStep?: StepHook;
}

/** Consecutive records of one partition, read, under the claim they were fetched by. */
interface PartitionRun {
  readonly messages: readonly Message[];
  readonly claim: PartitionClaim & { readonly topic: string; readonly partition: number };
  readonly nextOffset: bigint;
}

/** Messages at which a commit takes no further partition. */
const mostPerCommit = 500;
/** Commits at once while there is a backlog: one of them at Postgres, the other in our own process. */
const commitsAtOnce = 2;

/**
 * Takes batches from the transport: one transaction locks the positions, writes the inbox, runs the handlers, parks what
 * failed, adds the events and moves the positions on (promises 1, 3 and 4). The broker's offset is committed by the
 * transport afterwards and may be lost without harm.
 */
export class MessagePipeline implements BatchProcessor {
  readonly #commits = new SharedTurns((runs: readonly PartitionRun[]) => this.#settle(runs), {
    most: mostPerCommit,
    atOnce: commitsAtOnce,
    sizeOf: ({ messages }) => messages.length,
  });

  constructor(private readonly options: PipelineOptions) {}

  claim(topic: string, partition: number): Promise<PartitionClaim> {
    return this.options.database.transaction((tx) => claimPartition(tx, topic, partition));
  }

  async process(records: readonly InboundRecord[], claim: PartitionClaim): Promise<bigint> {
    if (records.length === 0) throw new Error('an empty batch has no position');
    const decoded = await this.#decode(records);
    const { registry, clock } = this.options;
    const now = clock.now();
    const messages = records.map((record, index) => toMessage(record, decoded[index]!, registry, now));
    const { topic, partition } = records[0]!;
    const nextOffset = records.at(-1)!.offset + 1n;
    return this.#commits.take({ messages, claim: { ...claim, topic, partition }, nextOffset });
  }

  /** Schemas that have to be asked for are asked for together: a batch of unknown ones waits once, not once for each. */
  #decode(records: readonly InboundRecord[]): DecodeResult[] | Promise<DecodeResult[]> {
    const results = records.map((record) => this.options.codec.decode(record.topic, record.value));
    if (!results.some((result) => result instanceof Promise)) return results as DecodeResult[];
    return Promise.all(results.map(async (result) => result));
  }

  async #settle(runs: readonly PartitionRun[]): Promise<bigint[]> {
    try {
      await this.#commit(runs, false);
    } catch (error) {
      if (runs.length > 1 || error instanceof Fenced) throw error;
      if (!(error instanceof NeedsIsolation)) verdictOn(error, 1); // an outage is thrown on from here
      await this.#commit(runs, true);
    }
    return runs.map(({ nextOffset }) => nextOffset);
  }

  async #commit(shared: readonly PartitionRun[], isolate: boolean): Promise<void> {
    const { database, clock, metrics } = this.options;
    const now = clock.now();
    const runs = shared.toSorted(byTopic);
    const messages = runs.flatMap((run) => run.messages);
    const { outcome, repeats } = await database.transaction(async (tx) => {
      const [positions, first, held] = await Promise.all([
        movePositions(
          tx,
          runs.map(({ claim, nextOffset }) => ({ ...claim, nextOffset })),
        ),
        takeIntoInbox(tx, messages.filter(isRepeatable).map(eventIdOf)),
        heldKeys(tx, messages),
      ]);
      const behind = runs.map((run) => unsettled(run, positions));
      const fresh = behind.flat().filter((message) => !isRepeatable(message) || first.delete(message.eventId));
      const result = await new BatchRun(tx, held, this.options.outbox, isolate).run(fresh);
      await settleOutcome(tx, this.options, result, now);
      await this.options.onStep?.('consumer:handled');
      return { outcome: result, repeats: messages.length - fresh.length };
    });
    await this.options.onStep?.('consumer:committed');
    metrics.duplicates(repeats);
    reportOutcome(this.options, outcome);
  }
}

/**
 * A handler is given what it can take together, and locks its rows once, in its own order: two commits then wait for each
 * other instead of getting into a deadlock.
 */
function byTopic(one: PartitionRun, other: PartitionRun): number {
  return one.claim.topic < other.claim.topic ? -1 : Number(one.claim.topic > other.claim.topic);
}

/** A readable message is recognised by its event id, an unreadable one only by its position. */
function isRepeatable(message: Message): boolean {
  return message.content.kind === 'handled';
}

function eventIdOf(message: Message): string {
  return message.eventId;
}

/**
 * What of a run is not settled yet; throws `Fenced` when its partition is another's by now, or when the database has gone
 * back behind what was settled under this claim (a restored backup, a standby without the last part): what lies between
 * must be read again.
 */
function unsettled({ messages, claim }: PartitionRun, positions: readonly Position[]): readonly Message[] {
  const position = positions.find(({ topic, partition }) => topic === claim.topic && partition === claim.partition);
  if (position === undefined) throw new Fenced(`${claim.topic}/${claim.partition} was taken over by another instance`);
  if (claim.nextOffset !== null && position.nextOffset < claim.nextOffset)
    throw new Fenced(
      `the database stands at offset ${position.nextOffset} of ${claim.topic}/${claim.partition}, which was settled up to ` +
        `${claim.nextOffset}: it was restored, and goes on from where it stands`,
    );
  return messages.filter(({ record }) => record.offset >= position.nextOffset);
}
