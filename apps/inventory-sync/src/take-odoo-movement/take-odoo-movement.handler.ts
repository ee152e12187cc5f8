import { OdooStockMoveReported } from '@wardline/event-contracts';
import {
  Handles,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { stockMoved } from '../stock-ledger.js';
import { StockLedger } from '../stock-ledger.store.js';
import { odooMovement } from './odoo-movement.js';

/** What people move inside Odoo is in the ledger too. */
@Handles(OdooStockMoveReported)
export class TakeOdooMovement implements BatchHandler<OdooStockMoveReported> {
  constructor(private readonly ledger: StockLedger) {}

  async handleBatch(reported: readonly Envelope<OdooStockMoveReported>[], tx: Transaction): Promise<BusinessEvent[]> {
    const booked = await this.ledger.append(tx, reported.map(odooMovement));
    return booked.flatMap(stockMoved);
  }
}
