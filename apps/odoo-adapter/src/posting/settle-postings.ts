import { PostingRefused, PostingSucceeded, Topic } from '@wardline/event-contracts';
import { businessEvent, Reject, type BusinessEvent, type Clock, type Transaction } from '@wardline/event-handling';
import type { Database, Outbox, Parking, TakenMessage } from '@wardline/outbox';
import { holdLease, type Lease } from '../lease.store.js';
import { dissolve, markPosted, markRefused, noteError, putBack, type PostedDocument } from './outcome.store.js';
import type { PickingDocument } from './picking-document.js';
import type { Outcome } from './post-documents.js';

/** How a round ended, for the lane's pace and the metrics. */
export interface Settlement {
  readonly posted: number;
  readonly refused: number;
  /** Why the round could not finish; null when it did. */
  readonly outage: string | null;
}

/** A document, or what is left of one that could not be built. */
export type Settled = Pick<PickingDocument, 'externalId' | 'events' | 'attempt'> & { readonly outcome: Outcome };

const model = 'stock.picking';

/** Writes down what became of documents and publishes it, in transactions that check that the lane is still ours. */
export class SettlePostings {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly parking: Parking,
    private readonly clock: Clock,
  ) {}

  async settle(lease: Lease, settled: readonly Settled[]): Promise<Settlement> {
    const posted = await this.#settleDone(lease, settled);
    let refused = 0;
    for (const each of settled) {
      if (each.outcome.kind !== 'refused' || dissolves(each)) continue;
      refused += await this.#refuse(lease, each.externalId, each.outcome.reason);
    }
    const outage = settled.map(({ outcome }) => outcome).find(({ kind }) => kind === 'unfinished');
    return { posted, refused, outage: outage?.kind === 'unfinished' ? outage.reason : null };
  }

  /** Everything but refusals in one transaction; answers how many movements are posted. */
  async #settleDone(lease: Lease, settled: readonly Settled[]): Promise<number> {
    return this.database.transaction(async (tx) => {
      await holdLease(tx, lease);
      const at = this.clock.now();
      const done = settled.flatMap(postedDocument);
      const postings = await markPosted(tx, model, done, at);
      const byDocument = new Map(done.map((document) => [document.document, document]));
      await this.outbox.add(
        tx,
        postings.map((posting) => ({
          ...succeeded(posting, byDocument.get(posting.document)!, at),
          cause: { eventId: posting.event_id, correlationId: posting.correlation_id },
        })),
      );
      for (const each of settled) await this.#settleOpen(tx, each, at);
      return postings.length;
    });
  }

  /** What stays to be done. */
  async #settleOpen(tx: Transaction, each: Settled, at: Date): Promise<void> {
    const { externalId, outcome, attempt } = each;
    if (outcome.kind === 'held') await putBack(tx, [externalId], { error: null, notBefore: null });
    if (outcome.kind === 'later') {
      await putBack(tx, [externalId], {
        error: outcome.reason,
        notBefore: new Date(at.getTime() + pauseAfter(attempt)),
      });
    }
    if (outcome.kind === 'unfinished') await noteError(tx, [externalId], outcome.reason);
    if (outcome.kind === 'refused' && dissolves(each)) await dissolve(tx, [externalId], outcome.reason.message);
  }

  /** State, event and parked message in one transaction: a refused posting is always somebody's to mend. */
  async #refuse(lease: Lease, document: string, reason: Reject): Promise<number> {
    return this.database.transaction(async (tx) => {
      await holdLease(tx, lease);
      const messages = await markRefused(tx, document, reason.code, reason.message);
      for (const message of messages) {
        const publish = [refused(message, reason, this.clock.now())];
        const { code, class: kind, owner, awaits } = reason;
        await this.parking.park(tx, message, new Reject(code, reason.message, { class: kind, owner, awaits, publish }));
      }
      return messages.length;
    });
  }
}

/** A coalesced document is not refused as a whole while its movements can go one by one. */
function dissolves({ outcome, events }: Settled): boolean {
  return outcome.kind === 'refused' && outcome.discarded && events > 1;
}

function postedDocument({ externalId, outcome }: Settled): PostedDocument[] {
  if (outcome.kind !== 'posted') return [];
  return [{ document: externalId, recordId: outcome.recordId, reference: outcome.reference }];
}

function succeeded(
  posting: { event_id: PostingSucceeded['sourceEventId']; message_key: string },
  { recordId, reference }: PostedDocument,
  at: Date,
): BusinessEvent {
  return businessEvent(Topic.ErpPosting, posting.message_key, PostingSucceeded, {
    occurredAt: at,
    sourceEventId: posting.event_id,
    model,
    recordId: BigInt(recordId),
    reference,
    postedAt: at,
  });
}

/** The event of a refusal, keyed like the movement. */
export function refused(
  { record, eventId }: Pick<TakenMessage, 'record' | 'eventId'>,
  reason: Reject,
  at: Date,
): BusinessEvent {
  return businessEvent(Topic.ErpPosting, record.key?.toString('utf8') ?? eventId, PostingRefused, {
    occurredAt: at,
    sourceEventId: eventId,
    code: reason.code,
    message: reason.message,
  });
}

function pauseAfter(attempt: number): number {
  return Math.min(60_000, 1_000 * 2 ** attempt);
}
