import { Module } from '@nestjs/common';
import { BalanceAsOf } from '../ledger-history/balance-as-of.store.js';
import { ClosedPeriodsController } from './closed-periods.controller.js';
import { PeriodBooks } from './period-books.store.js';
import { PeriodClosingStore } from './period-closing.store.js';

/** Books that are closed up to a time: set and shown over HTTP. */
@Module({
  controllers: [ClosedPeriodsController],
  providers: [PeriodBooks, PeriodClosingStore, BalanceAsOf],
  exports: [PeriodClosingStore],
})
export class ClosedPeriodsModule {}
