import { StockHistory } from './migrations/20261122-1-stock-history.js';
import { Cases } from './migrations/20261122-2-cases.js';
import { UnitsOfOdoo } from './migrations/20261128-1-units-of-odoo.js';
import { ShadowMode } from './migrations/20261128-2-shadow-mode.js';

/** The service's migrations in order. */
export const migrations = [StockHistory, Cases, UnitsOfOdoo, ShadowMode];
