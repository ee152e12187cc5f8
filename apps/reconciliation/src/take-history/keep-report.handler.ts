import { OdooStockReportCompleted } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepReports } from './history.store.js';

/** How many balances a report of Odoo has, and when it was made. */
@Handles(OdooStockReportCompleted)
export class KeepReport implements BatchHandler<OdooStockReportCompleted> {
  async handleBatch(
    envelopes: readonly Envelope<OdooStockReportCompleted>[],
    tx: Transaction,
  ): Promise<BusinessEvent[]> {
    await keepReports(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
