import { PostingWithheld } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepWithheld } from './shadow.store.js';

/** A movement that is withheld is under way for as long as its counterpart may come. */
@Handles(PostingWithheld)
export class KeepWithheld implements BatchHandler<PostingWithheld> {
  async handleBatch(envelopes: readonly Envelope<PostingWithheld>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepWithheld(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
