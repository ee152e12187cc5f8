import { Inject, Injectable } from '@nestjs/common';
import { StockOperationRecorded } from '@wardline/event-contracts';
import {
  Handles,
  type Abandonment,
  type BatchHandler,
  type BusinessEvent,
  type Envelope,
  type Transaction,
} from '@wardline/event-handling';
import { PeriodClosingStore } from '../closed-periods/period-closing.store.js';
import { checkOperation } from './check-operation.js';
import { refuse } from './finding.js';
import { FactLoader } from './load-facts.js';
import { heldBy, waiting, type Ahead } from './receipts.js';
import { Settlement, type Settled } from './settlement.js';
import type { StockRules } from './stock-operation.js';

/** Token of the {@link StockRules} that operations are checked by. */
export const STOCK_RULES = Symbol('STOCK_RULES');

/** What warehouses and stores did to stock is booked in the ledger, and every record of it answered. */
@Handles(StockOperationRecorded)
@Injectable()
export class TakeStockOperation implements BatchHandler<StockOperationRecorded> {
  constructor(
    private readonly facts: FactLoader,
    private readonly settlement: Settlement,
    private readonly periods: PeriodClosingStore,
    @Inject(STOCK_RULES) private readonly rules: StockRules,
  ) {}

  async handleBatch(envelopes: readonly Envelope<StockOperationRecorded>[], tx: Transaction): Promise<BusinessEvent[]> {
    const records = envelopes.map(({ data }) => data);
    const [closing, book] = await Promise.all([this.periods.standing(tx), this.facts.load(tx, records)]);
    const settled: Settled[] = [];
    for (const envelope of envelopes) {
      const { data, receivedAt } = envelope;
      if (book.isSettled(data.eventId)) continue;
      const decision = checkOperation(data, { ...book.of(data), closing }, { receivedAt, rules: this.rules });
      if (decision.outcome === 'held') throw heldBy(envelope, decision);
      book.take(data, decision);
      settled.push({ envelope, decision });
    }
    return this.settlement.settle(tx, settled);
  }

  onWaiting(envelope: Envelope<StockOperationRecorded>, ahead: Ahead): readonly BusinessEvent[] {
    return [waiting(envelope, ahead)];
  }

  async onAbandoned(
    envelope: Envelope<StockOperationRecorded>,
    tx: Transaction,
    { by, reason }: Abandonment,
  ): Promise<readonly BusinessEvent[]> {
    const book = await this.facts.load(tx, [envelope.data]);
    if (book.isSettled(envelope.data.eventId)) return [];
    const decision = refuse('ABANDONED', `${by} gave the record up: ${reason}`);
    return this.settlement.settle(tx, [{ envelope, decision }]);
  }
}
