import type { Decision, ParkedMessage } from '../parking/parked.store.js';
import { aheadOf, lockParked, settle } from '../parking/parked.store.js';
import type { PgTransaction } from '../database/database.js';
import { exceptionResolved } from '../consuming/exception-events.js';
import { ParkedAttempts, type AttemptEnd } from '../parking/parked-attempt.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import { verdictOn } from '../consuming/verdict.js';
import { objectionTo } from './item-objection.js';
import { ItemEdit } from './item-edit.js';
import { triesByPeople, type ItemEnd, type PlannedItem, type RunningOperation } from './operation-item.store.js';

/** What an item came to; `paused` when its dependency is away and it stays planned. */
export type WorkEnd = ItemEnd | { readonly outcome: 'paused'; readonly afterMs: number };

/** Does to one parked message what an operation asks for, in the transaction that holds the item. */
export class ItemWork {
  readonly edits: ItemEdit;
  readonly #attempts: ParkedAttempts;

  constructor(
    private readonly options: PipelineOptions,
    private readonly loopLimit: number,
  ) {
    this.#attempts = new ParkedAttempts(options);
    this.edits = new ItemEdit(options, this.#attempts);
  }

  /** Locks the message, looks whether anything speaks against it by now, and acts. */
  async run(tx: PgTransaction, operation: RunningOperation, item: PlannedItem): Promise<WorkEnd> {
    const { parked, objection } = await this.look(tx, operation, item);
    if (objection !== null) return objection;
    if (operation.action === 'abandon') return this.#abandon(tx, parked, operation);
    if (operation.action === 'edit') return this.#edit(tx, parked, operation);
    return endOf(await this.#attempts.attempt(tx, parked, { by: operation.by, reason: operation.reason }));
  }

  /** Locks the message and says what speaks against acting on it; null when nothing does. */
  async look(
    tx: PgTransaction,
    operation: Pick<RunningOperation, 'action' | 'force'>,
    item: PlannedItem,
  ): Promise<{ readonly parked: ParkedMessage; readonly objection: ItemEnd | null }> {
    const [parked, aheadExceptionId, tries] = await Promise.all([
      lockParked(tx, item.exceptionId),
      aheadOf(tx, item.exceptionId),
      item.code === null ? 0 : triesByPeople(tx, item.eventId, item.code),
    ]);
    if (parked === null) throw new Error(`the parked message ${item.exceptionId} of an operation is gone`);
    const around = { aheadExceptionId, triesByPeople: tries, loopLimit: this.loopLimit };
    return { parked, objection: objectionTo(operation, item, parked, around) };
  }

  /** While its dependency is away nothing of an edit is kept: it is done as a whole, later. */
  async #edit(tx: PgTransaction, parked: ParkedMessage, operation: RunningOperation): Promise<WorkEnd> {
    tx.write('SAVEPOINT item');
    const end = endOf(await this.edits.run(tx, parked, operation));
    if (end.outcome === 'paused') tx.write('ROLLBACK TO SAVEPOINT item');
    return end;
  }

  /** Gives a message up for good (promise 4); what waits behind it goes on. */
  async #abandon(tx: PgTransaction, parked: ParkedMessage, operation: RunningOperation): Promise<ItemEnd> {
    tx.write('SAVEPOINT item');
    try {
      await this.#giveUp(tx, parked, { by: operation.by, reason: operation.reason! });
      await tx.written();
      return { outcome: 'done' };
    } catch (error) {
      const { code, message } = verdictOn(await tx.firstFailure(error), 1);
      tx.write('ROLLBACK TO SAVEPOINT item');
      return { outcome: 'failed', reason: { code, message } };
    }
  }

  async #giveUp(tx: PgTransaction, parked: ParkedMessage, decision: Decision & Record<'by' | 'reason', string>) {
    const { consumer, outbox, clock } = this.options;
    const now = clock.now();
    const message = await this.#attempts.read(parked);
    const { content } = message;
    const events =
      content.kind === 'handled' ? await content.handler.hooks.onAbandoned?.(content.envelope, tx, decision) : [];
    const resolution = { outcome: 'ABANDONED', ...decision } as const;
    const resolved = exceptionResolved(consumer, parked.exceptionId, message, resolution, now);
    await outbox.add(tx, [...(events ?? []), resolved], message);
    settle(tx, parked, 'abandoned', decision, now);
  }
}

function endOf(end: AttemptEnd): WorkEnd {
  if (end.kind === 'paused') return { outcome: 'paused', afterMs: end.afterMs };
  if (end.kind === 'done') return { outcome: 'done' };
  const { code, message } = end.failure;
  return { outcome: 'failed', reason: { code, message } };
}
