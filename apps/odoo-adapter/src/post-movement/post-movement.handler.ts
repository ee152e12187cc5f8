import { Inject, Injectable } from '@nestjs/common';
import { StockMoved } from '@wardline/event-contracts';
import {
  Handles,
  Reject,
  RetryLater,
  type Abandonment,
  type BusinessEvent,
  type Envelope,
  type Handler,
  type Transaction,
} from '@wardline/event-handling';
import { CONFIG, type AdapterConfig } from '../config.js';
import { factsFor } from '../master-data/reference.store.js';
import { isOdooKnown } from '../master-data/readiness.store.js';
import { movementOf } from '../posting/posting.js';
import { abandonPosting, insertPosting, isBacklogFull } from '../posting/posting.store.js';
import { refused } from '../posting/settle-postings.js';
import { isForOdoo, planPosting, type Plan } from './post-movement.js';

/** A movement of the ledger is kept for posting; Odoo hears of it from its lane, in the order of its key. */
@Injectable()
@Handles(StockMoved)
export class PostMovement implements Handler<StockMoved> {
  #isOdooKnown = false;

  constructor(@Inject(CONFIG) private readonly config: AdapterConfig) {}

  async handle(envelope: Envelope<StockMoved>, tx: Transaction): Promise<BusinessEvent[]> {
    const { data, eventId, correlationId, record, type } = envelope;
    if (!isForOdoo(data)) return [];
    this.#isOdooKnown ||= await isOdooKnown(tx);
    if (!this.#isOdooKnown) throw waiting('Odoo is not set up and read yet; see "odoo" under /info', 2_000);
    if (await isBacklogFull(tx, this.config.POSTING_MAX_PENDING))
      throw waiting('too many movements wait for Odoo', 1_000);
    const { movement, lane, timing } = await this.#plan(envelope, tx);
    const message = { record, eventId, correlationId, typeName: type.fullName };
    await insertPosting(tx, { message, key: keyOf(envelope), movement, lane, timing });
    return [];
  }

  async onAbandoned(
    { eventId }: Envelope<StockMoved>,
    tx: Transaction,
    { by, reason }: Abandonment,
  ): Promise<BusinessEvent[]> {
    await abandonPosting(tx, eventId, `abandoned by ${by}: ${reason}`);
    return [];
  }

  async #plan(envelope: Envelope<StockMoved>, tx: Transaction): Promise<Plan> {
    const { data, receivedAt } = envelope;
    const policy = { rules: this.config.POSTING_POLICY, lingerMs: this.config.POSTING_LINGER_MS };
    try {
      return planPosting(data, await factsFor(tx, [movementOf(data)]), receivedAt, policy);
    } catch (error) {
      if (!(error instanceof Reject)) throw error;
      const { code, message, class: kind, owner, awaits } = error;
      throw new Reject(code, message, { class: kind, owner, awaits, publish: [refused(envelope, error, receivedAt)] });
    }
  }
}

function keyOf({ key, data }: Envelope<StockMoved>): string {
  return key ?? `${data.fromLocation}/${data.productCode}`;
}

function waiting(reason: string, after: number): RetryLater {
  return new RetryLater(reason, { class: 'DEPENDENCY', after });
}
