import { Module } from '@nestjs/common';
import { IssueConsumedStock } from './issue-consumed-stock/issue-consumed-stock.handler.js';
import { NotePostingRefused } from './note-posting/note-posting-refused.handler.js';
import { NotePostingSucceeded } from './note-posting/note-posting-succeeded.handler.js';
import { PostingStatuses } from './posting-status.store.js';
import { LedgerReadings } from './show-ledger/ledger-readings.store.js';
import { LedgerController } from './show-ledger/ledger.controller.js';
import { StockLedger } from './stock-ledger.store.js';
import { TakeOpeningBalance } from './take-opening-balance/take-opening-balance.handler.js';

/** The handlers of this service. */
export const handlers = [IssueConsumedStock, TakeOpeningBalance, NotePostingSucceeded, NotePostingRefused];

@Module({
  controllers: [LedgerController],
  providers: [...handlers, StockLedger, PostingStatuses, LedgerReadings],
})
export class InventorySyncModule {}
