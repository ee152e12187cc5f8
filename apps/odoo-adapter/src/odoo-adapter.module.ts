import { Module } from '@nestjs/common';
import type { Clock, Log } from '@wardline/event-handling';
import { Database, Outbox, Parking } from '@wardline/outbox';
import { CLOCK, LOG, METRICS } from '@wardline/service-defaults';
import type { Registry } from 'prom-client';
import { CONFIG, config, type AdapterConfig } from './config.js';
import { OdooReading } from './master-data/odoo-reading.js';
import { OdooWatch } from './master-data/odoo-watch.js';
import { OdooConnection } from './odoo-connection.js';
import { PostMovement } from './post-movement/post-movement.handler.js';
import { odooDocuments } from './posting/odoo-documents.js';
import { Poster } from './posting/poster.js';
import { PostingLane } from './posting/posting-lane.js';
import { SettlePostings } from './posting/settle-postings.js';
import { PostingMetrics } from './posting-metrics.js';
import { REPORTER, reporterParts, StockReporter } from './report-stock/stock-reporter.js';
import { CheckpointDecisions } from './shadow/checkpoint-decisions.js';
import { CheckpointsController } from './shadow/checkpoints.controller.js';
import { PostingsController } from './show-posting/postings.controller.js';

/** The handlers of this service. */
export const handlers = [PostMovement];

const metrics = {
  provide: PostingMetrics,
  useFactory: (registry: Registry, database: Database) => new PostingMetrics(registry, database),
  inject: [METRICS, Database],
};

const connection = {
  provide: OdooConnection,
  useFactory: (settings: AdapterConfig, listener: PostingMetrics) => new OdooConnection(settings, listener),
  inject: [CONFIG, PostingMetrics],
};

const settlePostings = {
  provide: SettlePostings,
  useFactory: (...parts: ConstructorParameters<typeof SettlePostings>) => new SettlePostings(...parts),
  inject: [Database, Outbox, Parking, CLOCK],
};

const lane = {
  provide: PostingLane,
  useFactory: (
    database: Database,
    odoo: OdooConnection,
    settle: SettlePostings,
    settings: AdapterConfig,
    clock: Clock,
    figures: PostingMetrics,
  ) => {
    const pace = { batchSize: settings.POSTING_BATCH_SIZE, clock, settled: figures.settled.bind(figures) };
    return new PostingLane(database, odooDocuments(odoo, database), settle, pace);
  },
  inject: [Database, OdooConnection, SettlePostings, CONFIG, CLOCK, PostingMetrics],
};

const decisions = {
  provide: CheckpointDecisions,
  useFactory: (database: Database, outbox: Outbox, clock: Clock) => new CheckpointDecisions(database, outbox, clock),
  inject: [Database, Outbox, CLOCK],
};

const reading = {
  provide: OdooReading,
  useFactory: (
    odoo: OdooConnection,
    database: Database,
    outbox: Outbox,
    parking: Parking,
    clock: Clock,
    settings: AdapterConfig,
    log: Log,
  ) => new OdooReading(odoo, { database, outbox, parking, clock }, settings, log),
  inject: [OdooConnection, Database, Outbox, Parking, CLOCK, CONFIG, LOG],
};

const reporter = {
  provide: REPORTER,
  useFactory: reporterParts,
  inject: [OdooConnection, Database, Outbox, CLOCK, CONFIG, LOG],
};

@Module({
  controllers: [PostingsController, CheckpointsController],
  providers: [
    { provide: CONFIG, useFactory: config },
    metrics,
    connection,
    settlePostings,
    lane,
    reading,
    reporter,
    decisions,
    Poster,
    OdooWatch,
    StockReporter,
    ...handlers,
  ],
})
export class OdooAdapterModule {}
