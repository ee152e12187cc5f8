import { PostingSwitched } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepOldUsers } from './shadow.store.js';

/** What an old interface does in Odoo is known by its users. */
@Handles(PostingSwitched)
export class KeepOldUsers implements BatchHandler<PostingSwitched> {
  async handleBatch(envelopes: readonly Envelope<PostingSwitched>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepOldUsers(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
