import { OdooStockReported } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { keepReportLines } from './history.store.js';

/** A balance as Odoo has it. */
@Handles(OdooStockReported)
export class KeepOdooStock implements BatchHandler<OdooStockReported> {
  async handleBatch(envelopes: readonly Envelope<OdooStockReported>[], tx: Transaction): Promise<BusinessEvent[]> {
    await keepReportLines(
      tx,
      envelopes.map(({ data }) => data),
    );
    return [];
  }
}
