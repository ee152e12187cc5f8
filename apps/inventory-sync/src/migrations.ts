import type { MigrationClass } from '@wardline/outbox';
import { StockLedgerTables } from './migrations/20261121-1-stock-ledger.js';
import { LedgerHistory } from './migrations/20261122-5-ledger-history.js';
import { StockOperations } from './migrations/20261122-6-stock-operations.js';
import { ReceivingRules } from './migrations/20261128-1-receiving-rules.js';
import { ClosedPeriods } from './migrations/20261129-1-closed-periods.js';
import { TradeItemNumbers } from './migrations/20261129-2-trade-item-numbers.js';

/** The tables of inventory-sync, oldest first. */
export const migrations: MigrationClass[] = [
  StockLedgerTables,
  LedgerHistory,
  StockOperations,
  ReceivingRules,
  ClosedPeriods,
  TradeItemNumbers,
];
