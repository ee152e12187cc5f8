import { PostingSucceeded } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepPostings } from './history.store.js';

/** A movement is said to be in Odoo. */
@Handles(PostingSucceeded)
export class KeepPosted implements BatchHandler<PostingSucceeded> {
  async handleBatch(envelopes: readonly Envelope<PostingSucceeded>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepPostings(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
