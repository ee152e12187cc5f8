import { Reject, type Clock } from '@wardline/event-handling';
import type { Database } from '@wardline/outbox';
import { factsFor } from '../master-data/reference.store.js';
import { holdLease, type Lease } from '../lease.store.js';
import { composeBatch, isDue, recompose, type Composition } from './compose-batch.js';
import { pickingDocument, type PickingDocument } from './picking-document.js';
import { postDocuments, type OdooDocuments } from './post-documents.js';
import { eligiblePostings, fixDocuments, unfinishedPostings } from './posting.store.js';
import { resolveMovement, type OdooFacts } from './resolve-movement.js';
import type { Settled, Settlement, SettlePostings } from './settle-postings.js';

/** How a lane works. */
export interface LaneSettings {
  /** Documents in one call to Odoo at most. */
  readonly batchSize: number;
  readonly clock: Clock;
  /** Hears of each settlement. */
  readonly settled: (settlement: Settlement) => void;
}

/** A window may hold more movements than a batch documents; so many are looked at to compose one batch. */
const lookAhead = 10;

/**
 * One writer lane: takes the next batch, fixes its documents, posts them, settles. What an earlier round or another
 * instance left unfinished comes first, with the same composition.
 */
export class PostingLane {
  constructor(
    private readonly database: Database,
    private readonly odoo: OdooDocuments,
    private readonly settlePostings: SettlePostings,
    private readonly settings: LaneSettings,
  ) {}

  /** One round; null when nothing is due. */
  async round(lane: string, lease: Lease): Promise<Settlement | null> {
    const compositions = await this.#take(lane, lease);
    if (compositions.length === 0) return null;
    const movements = compositions.flatMap(({ postings }) => postings.map(({ movement }) => movement));
    const { documents, settled } = build(compositions, await factsFor(this.database, movements));
    const outcomes = await postDocuments(this.odoo, documents);
    const posted = documents.map((document) => ({ ...document, outcome: outcomes.get(document.externalId)! }));
    const settlement = await this.settlePostings.settle(lease, [...posted, ...settled]);
    this.settings.settled(settlement);
    return settlement;
  }

  async #take(lane: string, lease: Lease): Promise<Composition[]> {
    const { batchSize, clock } = this.settings;
    return this.database.transaction(async (tx) => {
      await holdLease(tx, lease);
      const unfinished = await unfinishedPostings(tx, lane);
      const compositions =
        unfinished.length > 0 ? recompose(unfinished) : await this.#compose(tx, lane, batchSize, clock.now());
      await fixDocuments(tx, compositions);
      return compositions;
    });
  }

  async #compose(
    tx: Parameters<typeof eligiblePostings>[0],
    lane: string,
    size: number,
    now: Date,
  ): Promise<Composition[]> {
    const eligible = await eligiblePostings(tx, lane, now, size * lookAhead);
    return isDue(eligible, size, now) ? composeBatch(eligible).slice(0, size) : [];
  }
}

/** Builds the documents; what Odoo no longer has is refused here, and later ones of its key are held behind it. */
export function build(
  compositions: readonly Composition[],
  facts: OdooFacts,
): { documents: PickingDocument[]; settled: Settled[] } {
  const documents: PickingDocument[] = [];
  const settled: Settled[] = [];
  const blocked = new Set<string>();
  for (const composition of compositions) {
    const { document: externalId, postings } = composition;
    const [first] = postings;
    if (first === undefined) continue;
    const left = { externalId, events: 1, attempt: first.attempts + 1 };
    if (blocked.has(first.key)) settled.push({ ...left, outcome: { kind: 'held' } });
    else {
      try {
        documents.push(pickingDocument(composition, resolveMovement(first.movement, facts)));
      } catch (reason) {
        if (!(reason instanceof Reject)) throw reason;
        blocked.add(first.key);
        settled.push({ ...left, outcome: { kind: 'refused', reason, discarded: false } });
      }
    }
  }
  return { documents, settled };
}
