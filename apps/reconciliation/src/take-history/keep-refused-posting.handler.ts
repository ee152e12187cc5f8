import { PostingRefused } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepPostings } from './history.store.js';

/** A movement is not in Odoo, and why. */
@Handles(PostingRefused)
export class KeepRefusedPosting implements BatchHandler<PostingRefused> {
  async handleBatch(envelopes: readonly Envelope<PostingRefused>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepPostings(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
