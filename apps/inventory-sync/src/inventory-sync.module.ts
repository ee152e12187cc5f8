import { Module } from '@nestjs/common';
import { ClosedPeriodsModule } from './closed-periods/closed-periods.module.js';
import { config, stockRules } from './config.js';
import { IssueConsumedStock } from './issue-consumed-stock/issue-consumed-stock.handler.js';
import { NotePostingRefused } from './note-posting/note-posting-refused.handler.js';
import { NoteWithheldSettled } from './note-posting/note-withheld-settled.handler.js';
import { NotePostingSucceeded } from './note-posting/note-posting-succeeded.handler.js';
import { MasterDataStore } from './master-data.store.js';
import { PostingStatuses } from './posting-status.store.js';
import { ReceivingRulesModule } from './receiving-rules/receiving-rules.module.js';
import { EpcisQueryModule } from './show-epcis/epcis-query.module.js';
import { LedgerReadingModule } from './show-ledger/ledger-reading.module.js';
import { StockOperationReadingModule } from './show-stock-operations/stock-operation-reading.module.js';
import { StockLedger } from './stock-ledger.store.js';
import { StockOperationStore } from './stock-operation.store.js';
import { StockPictureStore } from './stock-picture.store.js';
import { TakeLocation } from './take-master-data/take-location.handler.js';
import { TakeLot } from './take-master-data/take-lot.handler.js';
import { TakeProduct } from './take-master-data/take-product.handler.js';
import { TakeUnit } from './take-master-data/take-unit.handler.js';
import { TakeOdooMovement } from './take-odoo-movement/take-odoo-movement.handler.js';
import { TakeOpeningBalance } from './take-opening-balance/take-opening-balance.handler.js';
import { FactLoader } from './take-stock-operation/load-facts.js';
import { Settlement } from './take-stock-operation/settlement.js';
import { STOCK_RULES, TakeStockOperation } from './take-stock-operation/take-stock-operation.handler.js';

/** The handlers of this service. */
export const handlers = [
  ...[IssueConsumedStock, TakeOpeningBalance, TakeStockOperation, NotePostingSucceeded, NotePostingRefused],
  NoteWithheldSettled,
  ...[TakeProduct, TakeLocation, TakeLot, TakeUnit, TakeOdooMovement],
];

const stores = [StockLedger, StockOperationStore, StockPictureStore, MasterDataStore, PostingStatuses];
const rules = { provide: STOCK_RULES, useFactory: () => stockRules(config()) };

@Module({
  imports: [
    LedgerReadingModule,
    StockOperationReadingModule,
    ReceivingRulesModule,
    ClosedPeriodsModule,
    EpcisQueryModule,
  ],
  providers: [...handlers, ...stores, rules, FactLoader, Settlement],
})
export class InventorySyncModule {}
