import { Module } from '@nestjs/common';
import type { Clock } from '@wardline/event-handling';
import { Database, Outbox } from '@wardline/outbox';
import { CLOCK, METRICS } from '@wardline/service-defaults';
import { CasesController } from './cases/cases.controller.js';
import { CaseDecisions } from './cases/decide-case.js';
import { ReopenCase } from './cases/reopen-case.handler.js';
import { Reconciler } from './compare/reconciler.js';
import { Reconciliation } from './compare/reconciliation.js';
import { CONFIG, config, type ReconciliationConfig } from './config.js';
import { registerMetrics } from './reconciliation-metrics.js';
import { KeepOldUsers } from './shadow/keep-old-users.handler.js';
import { KeepSettled } from './shadow/keep-settled.handler.js';
import { KeepWithheld } from './shadow/keep-withheld.handler.js';
import { KeepAccepted } from './take-history/keep-accepted.handler.js';
import { KeepLocation } from './take-history/keep-location.handler.js';
import { KeepMovement } from './take-history/keep-movement.handler.js';
import { KeepOdooStock } from './take-history/keep-odoo-stock.handler.js';
import { KeepOpening } from './take-history/keep-opening.handler.js';
import { KeepPosted } from './take-history/keep-posted.handler.js';
import { KeepProduct } from './take-history/keep-product.handler.js';
import { KeepRefusedPosting } from './take-history/keep-refused-posting.handler.js';
import { KeepReport } from './take-history/keep-report.handler.js';
import { KeepUnit } from './take-history/keep-unit.handler.js';

/** The handlers of this service. */
export const handlers = [
  ...[KeepAccepted, KeepMovement, KeepPosted, KeepRefusedPosting],
  ...[KeepOpening, KeepOdooStock, KeepReport],
  ...[KeepLocation, KeepProduct, KeepUnit],
  ...[KeepWithheld, KeepSettled, KeepOldUsers],
  ReopenCase,
];

const reconciliation = {
  provide: Reconciliation,
  useFactory: (database: Database, outbox: Outbox, clock: Clock, settings: ReconciliationConfig) =>
    new Reconciliation(database, outbox, clock, settings),
  inject: [Database, Outbox, CLOCK, CONFIG],
};

const decisions = {
  provide: CaseDecisions,
  useFactory: (database: Database, outbox: Outbox, clock: Clock) => new CaseDecisions(database, outbox, clock),
  inject: [Database, Outbox, CLOCK],
};

const metrics = { provide: 'RECONCILIATION_METRICS', useFactory: registerMetrics, inject: [METRICS, Database] };

@Module({
  controllers: [CasesController],
  providers: [{ provide: CONFIG, useFactory: config }, reconciliation, decisions, metrics, Reconciler, ...handlers],
})
export class ReconciliationModule {}
