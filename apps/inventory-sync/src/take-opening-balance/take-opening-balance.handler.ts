import { OpeningBalanceReported } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { open, stockMoved } from '../stock-ledger.js';
import { StockLedger } from '../stock-ledger.store.js';

/** The ledger starts from what Odoo held before Wardline, once for each product and lot at a location. */
@Handles(OpeningBalanceReported)
export class TakeOpeningBalance implements BatchHandler<OpeningBalanceReported> {
  constructor(private readonly ledger: StockLedger) {}

  async handleBatch(reported: readonly Envelope<OpeningBalanceReported>[], tx: Transaction): Promise<BusinessEvent[]> {
    const first = await this.ledger.openOnce(
      tx,
      reported.map(({ data }) => ({ ...data, location: data.locationCode })),
    );
    const opening = reported.filter(({ data }) => first.has(data.eventId));
    const booked = await this.ledger.append(
      tx,
      opening.flatMap((report) => open(report) ?? []),
    );
    return booked.flatMap(stockMoved);
  }
}
