import { UnitChanged } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepUnits } from './master-data.store.js';

/** By how much a quantity is wrong when its unit is mistaken. */
@Handles(UnitChanged)
export class KeepUnit implements BatchHandler<UnitChanged> {
  async handleBatch(envelopes: readonly Envelope<UnitChanged>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepUnits(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
