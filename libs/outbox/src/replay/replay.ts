import type { InboundRecord } from '@wardline/event-handling';
import { BatchRun, NeedsIsolation, type BatchOutcome } from '../consuming/batch-run.js';
import { takeIntoInbox } from '../consuming/inbox.store.js';
import { toMessage, type Message } from '../consuming/message.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import { reportOutcome, settleOutcome } from '../consuming/settle-outcome.js';
import type { PgTransaction } from '../database/database.js';
import { InterventionRefused } from '../intervention/operation.js';
import { heldKeys } from '../parking/parked.store.js';
import { noteReplay, settledPlaces } from './replay.store.js';

/** A range of one partition that a person has given to this consumer again. */
export interface ReplayRequest {
  readonly topic: string;
  readonly partition: number;
  readonly from: bigint;
  /** The first offset that does not belong to it. */
  readonly to: bigint;
  readonly by: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

/** What came of a range, or would come of it: the counts from `known` to `unreadable` add up to `read`. */
export interface ReplayReport {
  readonly read: number;
  /** Taken before, whatever came of it: left alone. */
  readonly known: number;
  readonly handled: number;
  /** Parked or to be retried, by code. */
  readonly failed: Readonly<Record<string, number>>;
  /** Behind a parked message of their key. */
  readonly waiting: number;
  /** Of a type that this consumer does not handle. */
  readonly skipped: number;
  /** Left alone: they were parked when they were first read. */
  readonly unreadable: number;
  /** Events published because of it, by type. */
  readonly events: Readonly<Record<string, number>>;
}

/** Offsets of one request: it is one transaction. */
export const mostOffsets = 500;

const dayMs = 86_400_000;

/**
 * Gives records of a topic to one consumer again. The inbox decides: what this consumer has ever taken has no second effect
 * (promise 3), and what it missed goes through its handlers as if it came now, behind what is parked of its key. A range that
 * it has not reached yet is refused, since it will come by itself and in order; so is one older than the inbox remembers.
 */
export class Replay {
  constructor(
    private readonly options: PipelineOptions,
    private readonly retentionDays: number,
  ) {}

  /** Up to which offset each partition of a topic may be given: what this consumer has settled. */
  settled(topic: string): Promise<Map<number, bigint>> {
    return this.options.database.transaction((tx) => settledPlaces(tx, topic));
  }

  /** Whether a range may be given; throws {@link InterventionRefused} that says why not. */
  async check({ topic, partition, from, to }: Omit<ReplayRequest, 'by' | 'reason' | 'dryRun'>): Promise<void> {
    if (to <= from || to - from > BigInt(mostOffsets))
      throw new InterventionRefused('WRONG', `${from} to ${to}: give a range of 1 to ${mostOffsets} offsets`);
    const settled = (await this.settled(topic)).get(partition) ?? 0n;
    if (to > settled)
      throw new InterventionRefused(
        'NOT_POSSIBLE',
        `${this.options.consumer} has settled ${topic}/${partition} up to offset ${settled}: what follows comes to it by itself, in order`,
      );
  }

  /** Gives the records of a checked range; a dry run does the same and takes it back. An outage of what handlers need is thrown. */
  async give(request: ReplayRequest, records: readonly InboundRecord[]): Promise<ReplayReport> {
    const now = this.options.clock.now();
    const oldest = new Date(now.getTime() - this.retentionDays * dayMs);
    const forgotten = records.find(({ timestamp }) => timestamp < oldest);
    if (forgotten !== undefined)
      throw new InterventionRefused(
        'NOT_POSSIBLE',
        `offset ${forgotten.offset} is of ${forgotten.timestamp.toISOString()}, and what was taken is remembered for ${this.retentionDays} days only: nobody could tell it from a repeat`,
      );
    const messages = await this.#messages(records, now);
    try {
      return await this.#run(request, messages, now, false);
    } catch (error) {
      if (!(error instanceof NeedsIsolation)) throw error;
      return this.#run(request, messages, now, true);
    }
  }

  async #messages(records: readonly InboundRecord[], now: Date): Promise<Message[]> {
    const { codec, registry } = this.options;
    return Promise.all(
      records.map(async (record) => toMessage(record, await codec.decode(record.topic, record.value), registry, now)),
    );
  }

  async #run(request: ReplayRequest, messages: readonly Message[], now: Date, isolate: boolean): Promise<ReplayReport> {
    try {
      const { outcome, report } = await this.options.database.transaction(async (tx) => {
        const done = await this.#handle(tx, messages, now, isolate);
        if (request.dryRun) throw new TakenBack(done.report);
        noteReplay(tx, request, done.report, now);
        return done;
      });
      reportOutcome(this.options, outcome);
      return report;
    } catch (error) {
      if (error instanceof TakenBack) return error.report;
      throw error;
    }
  }

  async #handle(
    tx: PgTransaction,
    messages: readonly Message[],
    now: Date,
    isolate: boolean,
  ): Promise<{ outcome: BatchOutcome; report: ReplayReport }> {
    const handled = messages.filter(({ content }) => content.kind === 'handled');
    const [first, held] = await Promise.all([
      takeIntoInbox(tx, [...new Set(handled.map(({ eventId }) => eventId))]),
      heldKeys(tx, handled),
    ]);
    const fresh = handled.filter(({ eventId }) => first.delete(eventId));
    const outcome = await new BatchRun(tx, held, this.options.outbox, isolate).run(fresh);
    await settleOutcome(tx, this.options, outcome, now);
    await tx.written();
    return { outcome, report: reportOf(messages, handled.length - fresh.length, outcome) };
  }
}

/** Ends the transaction of a dry run. */
class TakenBack extends Error {
  constructor(readonly report: ReplayReport) {
    super('taken back');
  }
}

function reportOf(messages: readonly Message[], known: number, outcome: BatchOutcome): ReplayReport {
  const failed = outcome.parked.flatMap(({ failure }) => (failure === null ? [] : [failure.code]));
  const ofKind = (kind: string): number => messages.filter(({ content }) => content.kind === kind).length;
  return {
    read: messages.length,
    known,
    handled: outcome.handled.reduce((sum, { count }) => sum + count, 0),
    failed: counted(failed),
    waiting: outcome.parked.length - failed.length,
    skipped: ofKind('skipped'),
    unreadable: ofKind('unreadable'),
    events: counted(outcome.events.map(({ type }) => type.fullName)),
  };
}

function counted(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
