import { PostingSucceeded } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { PostingStatuses } from '../posting-status.store.js';

/** A movement shows the Odoo document that holds it. */
@Handles(PostingSucceeded)
export class NotePostingSucceeded implements BatchHandler<PostingSucceeded> {
  constructor(private readonly statuses: PostingStatuses) {}

  async handleBatch(postings: readonly Envelope<PostingSucceeded>[], tx: Transaction): Promise<BusinessEvent[]> {
    await this.statuses.note(
      tx,
      postings.map(({ data }) => ({ eventId: data.sourceEventId, state: 'POSTED', document: data, refusal: null })),
    );
    return [];
  }
}
