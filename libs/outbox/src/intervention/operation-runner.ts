import type { EventId } from '@wardline/event-contracts';
import { isDatabaseOutage } from '../database.js';
import type { PipelineOptions } from '../pipeline.js';
import { WakeableWait } from '../wakeable-wait.js';
import { ItemWork, type WorkEnd } from './item-work.js';
import {
  endItem,
  finishOperation,
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
  readonly #wait = new WakeableWait();
  readonly #work: ItemWork;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: PipelineOptions,
    private readonly settings: OperationRunnerOptions,
    private readonly pollMs = 1_000,
  ) {
    this.#work = new ItemWork(options, settings.loopLimit);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Looks at once: an operation was asked for or approved. */
  wake(): void {
    this.#wait.wake();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wait.wake();
    await this.#running;
  }

  /** Gives every running operation a turn; false when nothing was left to do, or nothing could be done now. */
  async turn(): Promise<boolean> {
    let worked = false;
    for (const operation of await runningOperations(this.options.database)) {
      for (let items = 0; items < itemsPerTurn && !this.#stopping; items++) {
        if (!(await this.#next(operation))) break;
        worked = true;
      }
    }
    return worked;
  }

  /** Does one item; false when the operation has none that could be done now. */
  async #next(operation: RunningOperation): Promise<boolean> {
    const { database, clock } = this.options;
    const taken: { item?: PlannedItem } = {};
    try {
      const end = await database.transaction(async (tx) => {
        const item = await lockNextItem(tx, operation.operationId);
        if (item === null) return null;
        taken.item = item;
        const result = await this.#work.run(tx, operation, item);
        if (result.outcome !== 'paused') endItem(tx, operation.operationId, item.parkedId, result, clock.now());
        return result;
      });
      return end === null ? this.#finish(operation.operationId) : this.#after(end);
    } catch (error) {
      if (isDatabaseOutage(error) || taken.item === undefined) throw error;
      await this.#giveUpOn(operation.operationId, taken.item, error as Error);
      return true;
    }
  }

  #after(end: WorkEnd): boolean {
    this.settings.onSettled();
    return end.outcome !== 'paused';
  }

  /** What even the writing of a failure fails on would be tried for ever. */
  async #giveUpOn(operationId: EventId, item: PlannedItem, error: Error): Promise<void> {
    this.options.log.error(`an operation could not be done to ${item.exceptionId}: ${error.message}`, { operationId });
    const reason = { code: 'TECHNICAL_FAULT', message: `${error.name}: ${error.message}` };
    await this.options.database.transaction(async (tx) =>
      endItem(tx, operationId, item.parkedId, { outcome: 'failed', reason }, this.options.clock.now()),
    );
  }

  async #finish(operationId: EventId): Promise<boolean> {
    const { database, clock, log } = this.options;
    const finished = await database.transaction((tx) => finishOperation(tx, operationId, clock.now()));
    if (finished) log.info('an operation is finished', { operationId });
    return false;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        while (!this.#stopping && (await this.turn()));
      } catch (error) {
        this.options.log.warn(`operations were interrupted, they go on by themselves: ${(error as Error).message}`);
      }
      if (!this.#stopping) await this.#wait.sleep(this.pollMs);
    }
  }
}
