import type { MigrationClass } from '@wardline/outbox';
import { ConsumptionTables } from './migrations/20261121-1-consumption-tables.js';

/** The service's own migrations, in order. */
export const migrations: readonly MigrationClass[] = [ConsumptionTables];
