import { editNeedsApproval, recordToJson, type EventId } from '@wardline/event-contracts';
import type { PgTransaction } from '../database/database.js';
import type { ParkedMessage } from '../parking/parked.store.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import type { ItemEdit } from './item-edit.js';
import { InterventionRefused, type Actor, type EditRequest } from './operation.js';
import { insertOperation, planNamed } from './operation-plan.store.js';

/** A parked message as a person may see it. */
export interface ParkedContent {
  readonly exceptionId: string;
  readonly recordType: string;
  readonly eventId: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The record as plain JSON, sensitive fields masked. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whether an edit of a parked record of a topic needs a second person's approval. */
export type ApprovalRule = (topic: string, recordType: string) => boolean;

/** Shows what is in a parked message, and plans its edit. */
export class EditRequests {
  constructor(
    private readonly options: Pick<PipelineOptions, 'clock'>,
    private readonly edits: ItemEdit,
    private readonly needsApproval: ApprovalRule = editNeedsApproval,
  ) {}

  /** The content of a message, readable and masked. Throws {@link InterventionRefused} when nobody can read it. */
  async content(parked: ParkedMessage): Promise<ParkedContent> {
    const { type, data } = await this.edits.read(parked);
    const { exceptionId, eventId, record } = parked;
    return { exceptionId, recordType: type.fullName, eventId, headers: record.headers, data: recordToJson(type, data) };
  }

  /** Plans the edit of a locked message; names every wrong field at once. It waits for approval where the catalogue asks for it. */
  async plan(
    tx: PgTransaction,
    operationId: EventId,
    parked: ParkedMessage,
    request: EditRequest,
    actor: Actor,
  ): Promise<void> {
    const { changes, reason, dryRun, force } = request;
    if (Object.keys(changes).length === 0) throw new InterventionRefused('WRONG', 'changes: names no field');
    await this.edits.encode(parked, changes);
    const { type } = await this.edits.read(parked);
    const waits = !dryRun && this.needsApproval(parked.record.topic, type.fullName);
    const state = waits ? 'awaiting-approval' : 'running';
    const now = this.options.clock.now();
    await insertOperation(tx, { operationId, action: 'edit', state, dryRun, force, reason, changes, ...actor, now });
    await planNamed(tx, operationId, [parked.exceptionId]);
  }
}
