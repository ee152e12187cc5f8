import { StockMoved } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepMovements } from './history.store.js';

/** The ledger is added up here again, from what it says of itself. */
@Handles(StockMoved)
export class KeepMovement implements BatchHandler<StockMoved> {
  async handleBatch(envelopes: readonly Envelope<StockMoved>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepMovements(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
