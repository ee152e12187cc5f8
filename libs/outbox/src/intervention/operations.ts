import type { EventId } from '@wardline/event-contracts';
import { newEventId } from '@wardline/event-handling';
import type { PgTransaction } from '../database/database.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import {
  InterventionRefused,
  type Actor,
  type Operation,
  type OperationItemPage,
  type OperationPage,
  type OperationRequest,
} from './operation.js';
import { interventionCompleted, interventionPlanned } from './intervention-events.js';
import { approveOperation, cancelOperation } from './operation-decision.store.js';
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
    private readonly options: Pick<PipelineOptions, 'consumer' | 'database' | 'outbox' | 'clock' | 'log'>,
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
    return this.announce(tx, operationId, actor);
  }

  /** Answers a planned operation, and has it begin once it is committed. */
  async announce(tx: PgTransaction, operationId: EventId, actor: Actor): Promise<Operation> {
    const planned = await known(tx, operationId);
    const { consumer, outbox, clock } = this.options;
    await outbox.add(tx, [interventionPlanned(consumer, planned, clock.now())]);
    this.#told(tx, 'asked for', planned, actor);
    return planned;
  }

  /** A second person lets an operation begin. Throws {@link InterventionRefused}. */
  approve(operationId: string, actor: Actor): Promise<Operation> {
    return this.options.database.transaction((tx) => this.approveIn(tx, operationId, actor));
  }

  /** {@link approve} within a transaction. */
  async approveIn(tx: PgTransaction, operationId: string, actor: Actor): Promise<Operation> {
    const approved = await approveOperation(tx, operationId, actor, this.options.clock.now());
    const operation = await known(tx, operationId);
    if (!approved) throw notApproved(operation, actor.by);
    this.#told(tx, 'approved', operation, actor);
    return operation;
  }

  /** Ends an operation before its time: what it has not begun is skipped. Throws {@link InterventionRefused}. */
  cancel(operationId: string, actor: Actor): Promise<Operation> {
    return this.options.database.transaction((tx) => this.cancelIn(tx, operationId, actor));
  }

  /** {@link cancel} within a transaction. */
  async cancelIn(tx: PgTransaction, operationId: string, actor: Actor): Promise<Operation> {
    const cancelled = await cancelOperation(tx, operationId, actor, this.options.clock.now());
    const operation = await known(tx, operationId);
    if (!cancelled) throw new InterventionRefused('NOT_POSSIBLE', `the operation is ${operation.state} already`);
    const { consumer, outbox, clock } = this.options;
    await outbox.add(tx, [interventionCompleted(consumer, operation, clock.now())]);
    this.#told(tx, 'cancelled', operation, actor);
    return operation;
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

  #told(tx: PgTransaction, what: string, { action, operationId, counts }: Operation, actor: Actor): void {
    tx.onCommit(() => {
      this.options.log.info(`intervention: ${action} ${what}`, { operationId, ...actor, ...counts });
      this.wake();
    });
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

async function known(tx: PgTransaction, operationId: string): Promise<Operation> {
  const operation = await viewOperation(tx, operationId);
  if (operation === null) throw new InterventionRefused('NOT_FOUND', `no operation has the id ${operationId}`);
  return operation;
}

function notApproved({ state, by }: Operation, approver: string): InterventionRefused {
  if (state !== 'awaiting-approval')
    return new InterventionRefused('NOT_POSSIBLE', `the operation is ${state}: it awaits no approval`);
  return new InterventionRefused('NOT_POSSIBLE', `${by} asked for it: another person than ${approver} has to approve`);
}
