import { recordTypes, type RecordType, type TopicName } from '@wardline/event-contracts';
import { deriveEventId } from '@wardline/event-handling';
import type { PgTransaction } from '../database/database.js';
import { exceptionResolved } from '../consuming/exception-events.js';
import { toMessage } from '../consuming/message.js';
import type { ParkedAttempts, AttemptEnd } from '../parking/parked-attempt.js';
import { settle, type ParkedMessage } from '../parking/parked.store.js';
import type { PipelineOptions } from '../consuming/pipeline.js';
import { editedRecord } from './edited-record.js';
import { InterventionRefused } from './operation.js';
import type { RunningOperation } from './operation-item.store.js';
import { insertVersion } from './parked-version.store.js';

type Changes = Readonly<Record<string, unknown>>;

/** A parked message read by its contract. */
export interface ReadableMessage {
  readonly type: RecordType<unknown>;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Edits of parked messages: a new version at the place of the original, the same business fact under the same eventId. */
export class ItemEdit {
  constructor(
    private readonly options: PipelineOptions,
    private readonly attempts: ParkedAttempts,
  ) {}

  /** The record in a parked message; throws {@link InterventionRefused} when nobody can read it. */
  async read({ record }: Pick<ParkedMessage, 'record'>): Promise<ReadableMessage> {
    const result = await this.options.codec.decode(record.topic, record.value);
    if (!result.ok) throw new InterventionRefused('NOT_POSSIBLE', `it cannot be read: ${result.message}`);
    return { type: recordTypes.get(result.typeName)!, data: result.data };
  }

  /** The bytes of the edited version; throws {@link InterventionRefused} that names every wrong field. */
  async encode(parked: Pick<ParkedMessage, 'record'>, changes: Changes): Promise<Buffer> {
    const { type, data } = await this.read(parked);
    const edited = editedRecord(type, data, changes);
    if (!edited.ok)
      throw new InterventionRefused('WRONG', edited.wrong.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
    const { topic, key } = parked.record;
    const event = { topic: topic as TopicName, key: key?.toString('utf8') ?? '-', type, data: edited.data };
    return this.options.codec.encode(event);
  }

  /** Puts the edited version in the place of the original and tries it. */
  async run(tx: PgTransaction, original: ParkedMessage, operation: RunningOperation): Promise<AttemptEnd> {
    const { by, reason, approvedBy, operationId } = operation;
    const now = this.options.clock.now();
    const payload = await this.encode(original, operation.changes ?? {});
    const exceptionId = deriveEventId(`${original.exceptionId}/${operationId}`, 'edited', now);
    const version = await insertVersion(tx, original, { exceptionId, payload, editedBy: by, approvedBy, now });
    await this.#supersede(tx, original, { by, reason }, now);
    return this.attempts.attempt(tx, version, { by, reason });
  }

  async #supersede(
    tx: PgTransaction,
    original: ParkedMessage,
    decision: { readonly by: string; readonly reason: string | null },
    now: Date,
  ): Promise<void> {
    const { consumer, outbox, codec, registry } = this.options;
    const { record, receivedAt, exceptionId } = original;
    const message = toMessage(record, await codec.decode(record.topic, record.value), registry, receivedAt);
    settle(tx, original, 'superseded', decision, now);
    if (!original.raised) return;
    await outbox.add(tx, [
      exceptionResolved(consumer, exceptionId, message, { outcome: 'SUPERSEDED', ...decision }, now),
    ]);
  }
}
