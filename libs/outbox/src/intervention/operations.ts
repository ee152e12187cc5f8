import type { EventId } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import type { PgTransaction } from '../database.js';
import type { PipelineOptions } from '../pipeline.js';
import {
  InterventionRefused,
  type Actor,
  type Operation,
  type OperationItemPage,
  type OperationPage,
  type OperationRequest,
} from './operation.js';
import { insertOperation, knowsMoment, planNamed, planSeenSet } from './operation-plan.store.js';
import { faultsOf } from './operation-request.js';
import {
  listItems,
  listOperations,
  viewOperation,
  type ItemFilter,
  type OperationFilter,
} from './operation-view.store.js';
import { readSeenSet, type SeenSet } from './seen-set.js';

/** Operations over many parked messages: asked for, listed, followed. What they ask for is done by the `OperationRunner`. */
export class Operations {
  constructor(
    private readonly options: Pick<PipelineOptions, 'database' | 'clock' | 'log'>,
    private readonly wake: () => void,
  ) {}

  /** Plans an operation over exactly the set that the person saw or named. Throws {@link InterventionRefused}. */
  request(request: OperationRequest, actor: Actor): Promise<Operation> {
    const { database, clock } = this.options;
    return database.transaction((tx) => this.requestIn(tx, newEventId(clock.now()), request, actor));
  }

  /** {@link request} within a transaction, under an id that makes a repeat of it harmless. */
  async requestIn(
    tx: PgTransaction,
    operationId: EventId,
    request: OperationRequest,
    actor: Actor,
  ): Promise<Operation> {
    const faults = faultsOf(request);
    if (faults.length > 0) throw new InterventionRefused('WRONG', faults.join('; '));
    const { action, dryRun, force, reason } = request;
    if (dryRun) throw new InterventionRefused('NOT_POSSIBLE', 'a dry run is not possible in this version');
    const now = this.options.clock.now();
    const operation = {
      operationId,
      action,
      dryRun,
      force,
      reason,
      ...actor,
      state: 'running',
      changes: null,
      now,
    } as const;
    if (await insertOperation(tx, operation)) await this.#plan(tx, operationId, request);
    const planned = (await viewOperation(tx, operationId))!;
    tx.onCommit(() => {
      this.options.log.info(`intervention: ${action} asked for`, { operationId, ...actor, ...planned.counts });
      this.wake();
    });
    return planned;
  }

  /** Operations, the newest first. */
  list(filter: OperationFilter): Promise<OperationPage> {
    return listOperations(this.options.database, filter);
  }

  /** One operation; null when there is none. */
  show(operationId: string): Promise<Operation | null> {
    return viewOperation(this.options.database, operationId);
  }

  /** What became of each message of an operation. */
  items(operationId: string, filter: ItemFilter): Promise<OperationItemPage> {
    return listItems(this.options.database, operationId, filter);
  }

  async #plan(tx: PgTransaction, operationId: EventId, request: OperationRequest): Promise<void> {
    const { snapshot, exceptionIds, groups } = request;
    if (snapshot !== null) return planSeenSet(tx, operationId, await this.#seenSet(tx, snapshot), groups);
    const unknown = await planNamed(tx, operationId, exceptionIds!);
    if (unknown.length > 0)
      throw new InterventionRefused('NOT_FOUND', `no parked message has the exception id ${unknown.join(', ')}`);
  }

  async #seenSet(tx: PgTransaction, snapshot: string): Promise<SeenSet> {
    const seen = readSeenSet(snapshot);
    if (seen === null)
      throw new InterventionRefused(
        'WRONG',
        'snapshot: not one that a list of parked messages gave; take it from there as it is',
      );
    if (await knowsMoment(tx, seen.at)) return seen;
    throw new InterventionRefused('NOT_POSSIBLE', 'the snapshot is not of this database as it is now: list again');
  }
}
