import { newEventId, type Abandonment } from '@wardline/event-handling';
import type { PgTransaction } from './database.js';
import { ItemWork, type WorkEnd } from './intervention/item-work.js';
import { InterventionRefused, type Operation, type OperationRequest } from './intervention/operation.js';
import {
  endItem,
  finishOperation,
  lockNextItem,
  type ItemEnd,
  type PlannedItem,
} from './intervention/operation-item.store.js';
import { listItems, viewOperation } from './intervention/operation-view.store.js';
import { Operations } from './intervention/operations.js';
import { groupParked, type ParkedGroups } from './intervention/parked-groups.store.js';
import type { ParkedCriteria } from './intervention/seen-set.js';
import { listParked, viewParked, type ParkedFilter, type ParkedPage, type ParkedView } from './parked-view.store.js';
import type { PipelineOptions } from './pipeline.js';

/** How often people may have a message tried again that comes back with the same code, unless they force it. */
export const defaultLoopLimit = 3;

/** What a person may see and decide about parked messages (DESIGN part 9). A decision about one is an operation over one. */
export class Interventions {
  readonly operations: Operations;
  readonly #work: ItemWork;

  constructor(
    private readonly options: PipelineOptions,
    wake: () => void,
    loopLimit = defaultLoopLimit,
  ) {
    this.operations = new Operations(options, wake);
    this.#work = new ItemWork(options, loopLimit);
  }

  /** Parked messages, oldest first, a page at a time. */
  list(filter: ParkedFilter): Promise<ParkedPage> {
    return listParked(this.options.database, filter);
  }

  /** What has failed, counted by record type, class, code and owner. */
  groups(criteria: ParkedCriteria): Promise<ParkedGroups> {
    return groupParked(this.options.database, criteria);
  }

  /** One parked message with every attempt; null when there is none. */
  show(exceptionId: string): Promise<ParkedView | null> {
    return viewParked(this.options.database, exceptionId);
  }

  /** Has one message tried again after this answers; refused at once where its turn would only be skipped. */
  async retry(exceptionId: string, by: string, force = false): Promise<Operation> {
    return this.options.database.transaction(async (tx) => {
      const { operation, item } = await this.#planOne(tx, exceptionId, { action: 'retry', reason: null, force }, by);
      refuse((await this.#work.look(tx, operation, item)).objection);
      return operation;
    });
  }

  /** Gives one message up for good before this answers, in a person's name and with a reason (promise 4). */
  async abandon(exceptionId: string, { by, reason }: Abandonment): Promise<Operation> {
    const { database, clock } = this.options;
    return database.transaction(async (tx) => {
      const asked = { action: 'abandon', reason, force: false } as const;
      const { operation, item } = await this.#planOne(tx, exceptionId, asked, by);
      const end = await this.#work.run(tx, { ...operation, changes: null }, item);
      refuse(end);
      endItem(tx, operation.operationId, item.parkedId, end as ItemEnd, clock.now());
      await finishOperation(tx, operation.operationId, clock.now());
      return (await viewOperation(tx, operation.operationId))!;
    });
  }

  /** An operation over one message, with its item locked. Throws what would make it skip the message. */
  async #planOne(
    tx: PgTransaction,
    exceptionId: string,
    asked: Pick<OperationRequest, 'action' | 'reason' | 'force'>,
    by: string,
  ): Promise<{ readonly operation: Operation; readonly item: PlannedItem }> {
    const request = { ...asked, exceptionIds: [exceptionId], snapshot: null, groups: null, dryRun: false };
    const operationId = newEventId(this.options.clock.now());
    const operation = await this.operations.requestIn(tx, operationId, request, { by, via: 'http' });
    const item = await lockNextItem(tx, operationId);
    if (item !== null) return { operation, item };
    const { items } = await listItems(tx, operationId, {});
    throw new InterventionRefused('NOT_POSSIBLE', `${exceptionId}: ${items[0]!.reason!.message}`);
  }
}

/** Says no where an item would not be done. */
function refuse(end: WorkEnd | null): void {
  if (end?.outcome === 'skipped' || end?.outcome === 'failed')
    throw new InterventionRefused('NOT_POSSIBLE', end.reason!.message);
  if (end?.outcome === 'paused')
    throw new InterventionRefused('NOT_POSSIBLE', 'What it depends on is away: try later.');
}
