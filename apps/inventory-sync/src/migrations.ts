import type { MigrationClass } from '@wardline/outbox';
import { StockLedgerTables } from './migrations/20261121-1-stock-ledger.js';
import { LedgerHistory } from './migrations/20261122-5-ledger-history.js';

/** The tables of inventory-sync, oldest first. */
export const migrations: MigrationClass[] = [StockLedgerTables, LedgerHistory];
