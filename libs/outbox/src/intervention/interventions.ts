import { newEventId, type Abandonment } from '@wardline/event-handling';
import type { EventId } from '@wardline/event-contracts';
import type { PgTransaction } from '../database/database.js';
import { EditRequests, type ApprovalRule, type ParkedContent } from './edit-requests.js';
import { ItemWork, type WorkEnd } from './item-work.js';
import { InterventionRefused, type Actor, type EditRequest, type Operation } from './operation.js';
import { endItem, type ItemEnd, type PlannedItem } from './operation-item.store.js';
import { finishAndTell } from './operation-end.js';
import { Operations } from './operations.js';
import { groupParked, type ParkedGroups } from './parked-groups.store.js';
import type { ParkedCriteria } from './seen-set.js';
import { lockParked, type ParkedMessage } from '../parking/parked.store.js';
import {
  listParked,
  viewParked,
  type ParkedFilter,
  type ParkedPage,
  type ParkedView,
} from '../parking/parked-view.store.js';
import type { PipelineOptions } from '../consuming/pipeline.js';

/** How often people may have a message tried again that comes back with the same code, unless they force it. */
export const defaultLoopLimit = 3;

/** Rules of interventions that a deployment or a test sets. */
export interface InterventionRules {
  readonly loopLimit?: number;
  /** The catalogue's `editApproval` when absent. */
  readonly needsApproval?: ApprovalRule;
}

/** What a person may see and decide about parked messages (DESIGN part 9). A decision about one is an operation over one. */
export class Interventions {
  readonly operations: Operations;
  readonly #work: ItemWork;
  readonly #edits: EditRequests;

  constructor(
    private readonly options: PipelineOptions,
    wake: () => void,
    { loopLimit = defaultLoopLimit, needsApproval }: InterventionRules = {},
  ) {
    this.operations = new Operations(options, wake);
    this.#work = new ItemWork(options, loopLimit);
    this.#edits = new EditRequests(options, this.#work.edits, needsApproval);
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

  /** What is in a parked message, sensitive fields masked. Throws {@link InterventionRefused}. */
  async content(exceptionId: string): Promise<ParkedContent> {
    return this.#edits.content(await this.options.database.transaction((tx) => existing(tx, exceptionId)));
  }

  /** Has one message tried again after this answers; refused at once where its turn would only be skipped. */
  retry(exceptionId: string, by: string, force = false): Promise<Operation> {
    return this.options.database.transaction(async (tx) => {
      await this.#open(tx, exceptionId, { action: 'retry', force });
      return this.#planOne(tx, exceptionId, { action: 'retry', reason: null, force }, by);
    });
  }

  /** Gives one message up for good before this answers, in a person's name and with a reason (promise 4). */
  abandon(exceptionId: string, { by, reason }: Abandonment): Promise<Operation> {
    const { database, clock } = this.options;
    return database.transaction(async (tx) => {
      const { item } = await this.#open(tx, exceptionId, { action: 'abandon', force: false });
      const operation = await this.#planOne(tx, exceptionId, { action: 'abandon', reason, force: false }, by);
      const end = await this.#work.run(tx, operation, item);
      refuse(end);
      endItem(tx, operation.operationId, item.parkedId, end as ItemEnd, clock.now());
      return (await finishAndTell(tx, operation.operationId, this.options))!;
    });
  }

  /** Changes one message and has it tried again, once approved where the catalogue asks for that. Throws {@link InterventionRefused}. */
  edit(request: EditRequest, actor: Actor): Promise<Operation> {
    const { database, clock } = this.options;
    return database.transaction((tx) => this.editIn(tx, newEventId(clock.now()), request, actor));
  }

  /** {@link edit} within a transaction, under an id that makes a repeat of it harmless. */
  async editIn(tx: PgTransaction, operationId: EventId, request: EditRequest, actor: Actor): Promise<Operation> {
    const { parked } = await this.#open(tx, request.exceptionId, { action: 'edit', force: request.force });
    await this.#edits.plan(tx, operationId, parked, request, actor);
    return this.operations.announce(tx, operationId, actor);
  }

  /** An operation over one message, asked for over HTTP. */
  #planOne(
    tx: PgTransaction,
    exceptionId: string,
    asked: { readonly action: 'retry' | 'abandon'; readonly reason: string | null; readonly force: boolean },
    by: string,
  ): Promise<Operation> {
    const request = { ...asked, exceptionIds: [exceptionId], snapshot: null, groups: null, dryRun: false };
    return this.operations.requestIn(tx, newEventId(this.options.clock.now()), request, { by, via: 'http' });
  }

  /** Locks a message on which an action is possible now; throws why it is not. */
  async #open(
    tx: PgTransaction,
    exceptionId: string,
    asked: Pick<Operation, 'action' | 'force'>,
  ): Promise<{ readonly parked: ParkedMessage; readonly item: PlannedItem }> {
    const parked = await existing(tx, exceptionId);
    if (parked.state === 'done')
      throw new InterventionRefused('NOT_POSSIBLE', `${exceptionId} is done already: nothing is left to decide`);
    const { eventId, code, changedXid: seenXid } = parked;
    const item = { parkedId: String(parked.id), exceptionId: parked.exceptionId, eventId, code, seenXid };
    refuse((await this.#work.look(tx, asked, item)).objection);
    return { parked, item };
  }
}

async function existing(tx: PgTransaction, exceptionId: string): Promise<ParkedMessage> {
  const parked = await lockParked(tx, exceptionId);
  if (parked === null)
    throw new InterventionRefused('NOT_FOUND', `no parked message has the exception id ${exceptionId}`);
  return parked;
}

/** Says no where an item would not be done. */
function refuse(end: WorkEnd | null): void {
  if (end?.outcome === 'skipped' || end?.outcome === 'failed')
    throw new InterventionRefused('NOT_POSSIBLE', end.reason!.message);
  if (end?.outcome === 'paused')
    throw new InterventionRefused('NOT_POSSIBLE', 'What it depends on is away: try later.');
}
