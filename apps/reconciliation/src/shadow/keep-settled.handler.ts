import { WithheldPostingSettled } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepSettled } from './shadow.store.js';

/** What the old interface did with a movement counts as its posting; what nobody did with it is a difference. */
@Handles(WithheldPostingSettled)
export class KeepSettled implements BatchHandler<WithheldPostingSettled> {
  async handleBatch(envelopes: readonly Envelope<WithheldPostingSettled>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepSettled(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
