import type { Abandonment } from '@wardline/event-handling';
import { exceptionResolved } from './exception-events.js';
import { toMessage } from './message.js';
import { lockParked, makeDue, settle, type ParkedMessage } from './parked.store.js';
import { listParked, type ParkedFilter, type ParkedPage, type ParkedView, viewParked } from './parked-view.store.js';
import type { PipelineOptions } from './pipeline.js';

/** A parked message cannot be retried or abandoned any more, or never was. */
export class InterventionRefused extends Error {
  override readonly name = 'InterventionRefused';
  constructor(
    readonly reason: 'NOT_FOUND' | 'ALREADY_SETTLED' | 'WAITS_BEHIND',
    message: string,
  ) {
    super(message);
  }
}

/** What a person may see and decide about parked messages (DESIGN part 9). */
export class Interventions {
  constructor(
    private readonly options: PipelineOptions,
    private readonly wakeDrain: () => void,
  ) {}

  /** Parked messages, oldest first, a page at a time. */
  list(filter: ParkedFilter): Promise<ParkedPage> {
    return listParked(this.options.database, filter);
  }

  /** One parked message with every attempt; null when there is none. */
  show(exceptionId: string): Promise<ParkedView | null> {
    return viewParked(this.options.database, exceptionId);
  }

  /** Makes a parked message due at once; it is tried after this answers. What waits behind it follows in order. */
  async retry(exceptionId: string, by: string): Promise<void> {
    await this.options.database.transaction(async (tx) => {
      const parked = unsettled(await lockParked(tx, exceptionId), exceptionId);
      if (parked.state === 'waiting') {
        throw new InterventionRefused(
          'WAITS_BEHIND',
          `${exceptionId} waits behind an earlier message of its key: retry that one`,
        );
      }
      await makeDue(tx, parked, by, this.options.clock.now());
    });
    this.#log('retry asked for', exceptionId, by);
    this.wakeDrain();
  }

  /** Gives a message up for good, in a person's name and with a reason (promise 4); what waits behind it goes on. */
  async abandon(exceptionId: string, decision: Abandonment): Promise<void> {
    const { consumer, database, outbox, clock } = this.options;
    await database.transaction(async (tx) => {
      const now = clock.now();
      const parked = unsettled(await lockParked(tx, exceptionId), exceptionId);
      const message = toMessage(parked.record, await this.#decode(parked), this.options.registry, parked.receivedAt);
      const { content } = message;
      const events =
        content.kind === 'handled' ? await content.handler.hooks.onAbandoned?.(content.envelope, tx, decision) : [];
      await settle(tx, parked, 'abandoned', decision.by, decision.reason, now);
      const resolved = exceptionResolved(
        consumer,
        parked.exceptionId,
        message,
        { outcome: 'ABANDONED', ...decision },
        now,
      );
      await outbox.add(tx, [...(events ?? []), resolved], message);
    });
    this.#log(`abandoned: ${decision.reason}`, exceptionId, decision.by);
    this.wakeDrain();
  }

  #decode(parked: ParkedMessage): ReturnType<PipelineOptions['codec']['decode']> {
    return this.options.codec.decode(parked.record.topic, parked.record.value);
  }

  #log(what: string, exceptionId: string, by: string): void {
    this.options.log.info(`intervention: ${what}`, { exceptionId, by });
  }
}

function unsettled(parked: ParkedMessage | null, exceptionId: string): ParkedMessage {
  if (parked === null)
    throw new InterventionRefused('NOT_FOUND', `no parked message has the exception id ${exceptionId}`);
  if (parked.state === 'done' || parked.state === 'abandoned' || parked.state === 'superseded') {
    throw new InterventionRefused(
      'ALREADY_SETTLED',
      `${exceptionId} is ${parked.state} already: nothing is left to decide`,
    );
  }
  return parked;
}
