import { OpeningBalanceReported } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepOpenings } from './history.store.js';

/** What Odoo held at the start: the ledger owes it a movement. */
@Handles(OpeningBalanceReported)
export class KeepOpening implements BatchHandler<OpeningBalanceReported> {
  async handleBatch(envelopes: readonly Envelope<OpeningBalanceReported>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepOpenings(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
