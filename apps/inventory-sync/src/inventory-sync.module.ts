import { Module } from '@nestjs/common';
import { PostingStatuses } from './posting-status.store.js';
import { LedgerReadings } from './show-ledger/ledger-readings.store.js';
import { LedgerController } from './show-ledger/ledger.controller.js';
import { StockLedger } from './stock-ledger.store.js';

@Module({
  controllers: [LedgerController],
  providers: [StockLedger, PostingStatuses, LedgerReadings],
})
export class InventorySyncModule {}
