import { Postings } from './migrations/20261121-1-postings.js';
import { MasterData } from './migrations/20261121-2-master-data.js';
import { StockDocuments } from './migrations/20261122-1-stock-documents.js';
import { OdooMoves } from './migrations/20261122-2-odoo-moves.js';
import { StockReports } from './migrations/20261122-5-stock-reports.js';
import { UnreportedLegs } from './migrations/20261128-1-unreported-legs.js';
import { ShadowMode } from './migrations/20261128-2-shadow-mode.js';

/** The service's migrations in order. */
export const migrations = [Postings, MasterData, StockDocuments, OdooMoves, StockReports, UnreportedLegs, ShadowMode];
