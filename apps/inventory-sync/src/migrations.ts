import type { MigrationClass } from '@wardline/outbox';
import { StockLedgerTables } from './migrations/20261121-1-stock-ledger.js';

/** The tables of inventory-sync, oldest first. */
export const migrations: MigrationClass[] = [StockLedgerTables];
