import { WithheldPostingSettled } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { PostingStatuses, type PostingStatus } from '../posting-status.store.js';

/** In shadow mode a movement shows the line by which the old interface posted it; what nobody posted is not posted yet. */
@Handles(WithheldPostingSettled)
export class NoteWithheldSettled implements BatchHandler<WithheldPostingSettled> {
  constructor(private readonly statuses: PostingStatuses) {}

  async handleBatch(settled: readonly Envelope<WithheldPostingSettled>[], tx: Transaction): Promise<BusinessEvent[]> {
    await this.statuses.note(
      tx,
      settled.flatMap(({ data }) => statusOf(data)),
    );
    return [];
  }
}

function statusOf({ sourceEventId, moveLineIds, reference, movedAt }: WithheldPostingSettled): PostingStatus[] {
  const [recordId] = moveLineIds;
  if (recordId === undefined || movedAt === null) return [];
  const document = { model: 'stock.move.line', recordId, reference: reference ?? '', postedAt: movedAt };
  return [{ eventId: sourceEventId, state: 'POSTED', document, refusal: null }];
}
