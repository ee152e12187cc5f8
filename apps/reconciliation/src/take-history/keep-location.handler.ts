import { LocationChanged } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepLocations } from './master-data.store.js';

/** Only stock at internal locations is compared. */
@Handles(LocationChanged)
export class KeepLocation implements BatchHandler<LocationChanged> {
  async handleBatch(envelopes: readonly Envelope<LocationChanged>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepLocations(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
