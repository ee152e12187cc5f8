import type { EventId } from '@wardline/event-contracts';
import { BackgroundLoop } from '../background-loop.js';
import { isDatabaseOutage, type PgTransaction } from '../database/database.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import { finishAndTell } from './operation-end.js';
import { ItemRehearsal } from './item-rehearsal.js';
import { ItemWork, type WorkEnd } from './item-work.js';
import {
  endItem,
  lockFollowers,
  lockNextItem,
  runningOperations,
  type PlannedItem,
  type RunningOperation,
} from './operation-item.store.js';

/** What the runner needs beside the pipeline's parts. */
export interface OperationRunnerOptions {
  /** How often people may have a message tried again that comes back with the same code. */
  readonly loopLimit: number;
  /** Called after each message that ended, so that what waited behind it follows. */
  readonly onSettled: () => void;
}

/** Items of one operation before the next operation has its turn: a large one does not hold up a small one. */
const itemsPerTurn = 50;

/**
 * Does what operations ask for, one transaction for each message, in the order in which they were parked. An item and
 * its message change in one commit, so a crash leaves each either done and counted or still to do. Instances share the
 * work: a locked item is passed over by the others.
 */
export class OperationRunner {
  readonly #loop: BackgroundLoop;
  readonly #work: ItemWork;
  readonly #rehearsal: ItemRehearsal;

  constructor(
    private readonly options: PipelineOptions,
    private readonly settings: OperationRunnerOptions,
    pollMs = 1_000,
  ) {
    this.#work = new ItemWork(options, settings.loopLimit);
    this.#rehearsal = new ItemRehearsal(options, settings.loopLimit);
    this.#loop = new BackgroundLoop({
      work: () => this.turn(),
      onError: ({ message }) => options.log.warn(`operations were interrupted, they go on by themselves: ${message}`),
      pollMs,
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Looks at once: an operation was asked for or approved. */
  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Gives every running operation a turn; false when nothing was left to do, or nothing could be done now. */
  async turn(): Promise<boolean> {
    let worked = false;
    for (const operation of await runningOperations(this.options.database)) {
      for (let items = 0; items < itemsPerTurn && !this.#loop.stopping; items++) {
        if (!(await this.#next(operation))) break;
        worked = true;
      }
    }
    return worked;
  }

  /** Does one item, or rehearses those of one key; false when the operation has none that could be done now. */
  async #next(operation: RunningOperation): Promise<boolean> {
    const taken: PlannedItem[] = [];
    try {
      const ends = await this.options.database.transaction((tx) => this.#take(tx, operation, taken));
      if (taken.length === 0) return this.#finish(operation.operationId);
      this.settings.onSettled();
      return !ends.some(({ outcome }) => outcome === 'paused');
    } catch (error) {
      if (isDatabaseOutage(error) || taken.length === 0) throw error;
      await this.#giveUpOn(operation.operationId, taken, error as Error);
      return true;
    }
  }

  async #take(tx: PgTransaction, operation: RunningOperation, taken: PlannedItem[]): Promise<readonly WorkEnd[]> {
    const { operationId, dryRun } = operation;
    const first = await lockNextItem(tx, operationId);
    if (first === null) return [];
    taken.push(first, ...(dryRun ? await lockFollowers(tx, operationId, first.parkedId) : []));
    const ends = dryRun ? await this.#rehearsal.run(operation, taken) : [await this.#work.run(tx, operation, first)];
    ends.forEach((end, index) => {
      if (end.outcome !== 'paused') endItem(tx, operationId, taken[index]!.parkedId, end, this.options.clock.now());
    });
    return ends;
  }

  /** What even the writing of a failure fails on would be tried for ever. */
  async #giveUpOn(operationId: EventId, items: readonly PlannedItem[], error: Error): Promise<void> {
    const { database, clock, log } = this.options;
    const names = items.map(({ exceptionId }) => exceptionId).join(', ');
    log.error(`an operation could not be done to ${names}: ${error.message}`, { operationId });
    const end = {
      outcome: 'failed',
      reason: { code: 'TECHNICAL_FAULT', message: `${error.name}: ${error.message}` },
    } as const;
    await database.transaction(async (tx) => {
      for (const { parkedId } of items) endItem(tx, operationId, parkedId, end, clock.now());
    });
  }

  async #finish(operationId: EventId): Promise<boolean> {
    const { database, log } = this.options;
    const finished = await database.transaction((tx) => finishAndTell(tx, operationId, this.options));
    if (finished !== null) log.info('an operation is finished', { operationId, ...finished.counts });
    return false;
  }
}
