import { Inject, Injectable } from '@nestjs/common';
import { StockMoved } from '@wardline/event-contracts';
import {
  Handles,
  RetryLater,
  type Abandonment,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { CONFIG, type AdapterConfig } from '../config.js';
import { factsFor } from '../master-data/reference.store.js';
import { isOdooKnown } from '../master-data/readiness.store.js';
import { movementOf } from '../posting/posting.js';
import { abandonPosting, insertPostings, isBacklogFull } from '../posting/posting.store.js';
import { withheldEvents, withholdingOf } from '../shadow/withhold.js';
import { isForOdoo, postingOf } from './post-movement.js';

/** A movement of the ledger is kept for posting; Odoo hears of it from its lane, in the order of its key. */
@Injectable()
@Handles(StockMoved)
export class PostMovement implements BatchHandler<StockMoved> {
  #isOdooKnown = false;

  constructor(@Inject(CONFIG) private readonly config: AdapterConfig) {}

  async handleBatch(envelopes: readonly Envelope<StockMoved>[], tx: Transaction): Promise<BusinessEvent[]> {
    const moved = envelopes.filter(({ data }) => isForOdoo(data));
    if (moved.length === 0) return [];
    this.#isOdooKnown ||= await isOdooKnown(tx);
    if (!this.#isOdooKnown) throw waiting('Odoo is not set up and read yet; see "odoo" under /info', 2_000);
    const movements = moved.map(({ data }) => movementOf(data));
    const [isFull, facts, withholding] = await Promise.all([
      isBacklogFull(tx, this.config.POSTING_MAX_PENDING),
      factsFor(tx, movements),
      withholdingOf(tx, moved),
    ]);
    if (isFull) throw waiting('too many movements wait for Odoo', 1_000);
    const policy = { rules: this.config.POSTING_POLICY, lingerMs: this.config.POSTING_LINGER_MS };
    const postings = moved.map((envelope) => postingOf(envelope, facts, withholding(envelope), policy));
    insertPostings(tx, postings);
    return moved.flatMap((envelope) => withheldEvents(envelope, withholding(envelope)));
  }

  async onAbandoned(
    { eventId }: Envelope<StockMoved>,
    tx: Transaction,
    { by, reason }: Abandonment,
  ): Promise<BusinessEvent[]> {
    await abandonPosting(tx, eventId, `abandoned by ${by}: ${reason}`);
    return [];
  }
}

function waiting(reason: string, after: number): RetryLater {
  return new RetryLater(reason, { class: 'DEPENDENCY', after });
}
