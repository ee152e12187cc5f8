import { PostingRefused } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { PostingStatuses } from '../posting-status.store.js';

/** A movement shows why Odoo does not hold it yet. */
@Handles(PostingRefused)
export class NotePostingRefused implements BatchHandler<PostingRefused> {
  constructor(private readonly statuses: PostingStatuses) {}

  async handleBatch(refusals: readonly Envelope<PostingRefused>[], tx: Transaction): Promise<BusinessEvent[]> {
    await this.statuses.note(
      tx,
      refusals.map(({ data }) => ({ eventId: data.sourceEventId, state: 'REFUSED', document: null, refusal: data })),
    );
    return [];
  }
}
