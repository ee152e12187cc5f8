import { ProductChanged } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepProducts } from './master-data.store.js';

/** Whose job a difference of a product is. */
@Handles(ProductChanged)
export class KeepProduct implements BatchHandler<ProductChanged> {
  async handleBatch(envelopes: readonly Envelope<ProductChanged>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepProducts(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
