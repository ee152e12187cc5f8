import { ConsumptionAccepted } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepRecords } from './history.store.js';

/** A record was accepted: the ledger owes it a movement. */
@Handles(ConsumptionAccepted)
export class KeepAccepted implements BatchHandler<ConsumptionAccepted> {
  async handleBatch(envelopes: readonly Envelope<ConsumptionAccepted>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepRecords(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
