import 'reflect-metadata';
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Clock, Log } from '@wardline/event-handling';
import { AvroCodec, KafkaSink } from '@wardline/kafka';
import { Outbox, Parking, openDatabase, type Database, type MigrationClass } from '@wardline/outbox';
import { BadConfiguration, type ServiceConfig } from './config.js';
import { DeliveryRuntime, type RuntimeParts } from './delivery-runtime.js';
import { kafkaConnection, registryConnection } from './connections.js';
import { createLog } from './log.js';
import { isForMigrationsOnly, migrateAndEnd, migrateApart } from './migrate-apart.js';
import { createRegistry } from './metrics.js';
import { ServiceModule, type Platform } from './service.module.js';
import { ServiceStatus } from './service-status.js';

/** A service, for {@link startService}. */
export interface ServiceOptions {
  /** Its name in the catalogue: consumer group, `source` of its events, lock on its database. */
  readonly name: string;
  /** Its Nest module: handlers, stores, controllers. */
  readonly module: Type<unknown>;
  /** Its handler classes, each provided by the module. */
  readonly handlers: readonly Type<object>[];
  readonly migrations: readonly MigrationClass[];
  /** Reads its settings; see `readConfig`. */
  readonly config: () => ServiceConfig;
}

/** Largest JSON body: a list of 500 scans, a bundle of a ward's day. */
const longestBody = '8mb';

const systemClock: Clock = { now: () => new Date() };

/**
 * Runs a service until SIGTERM or SIGINT: settings, database and migrations, contracts, HTTP interface, consumer, relay.
 * `node main.js migrate` applies the migrations and ends.
 * A wrong setting or an unreachable part ends the process with one clear line and exit code 78 or 1.
 */
export async function startService(options: ServiceOptions): Promise<void> {
  let config: ServiceConfig;
  try {
    config = options.config();
  } catch (error) {
    if (!(error instanceof BadConfiguration)) throw error;
    process.stderr.write(`${options.name}: ${error.message}\n`);
    process.exit(78); // EX_CONFIG of sysexits(3)
  }
  const log = createLog(options.name, config.LOG_LEVEL);
  try {
    if (isForMigrationsOnly()) await migrateAndEnd(config.DATABASE_URL, options.migrations);
    await run(options, config, log);
  } catch (error) {
    log.error(`could not start: ${(error as Error).message}`);
    process.exit(1);
  }
}

async function run(options: ServiceOptions, config: ServiceConfig, log: ServiceLog): Promise<void> {
  const { platform, connections } = await openParts(options, config, log);
  const app = await NestFactory.create<NestExpressApplication>(ServiceModule.of(platform, options.module), {
    logger: log,
    abortOnError: false,
  });
  app.useBodyParser('json', { limit: longestBody });
  const handlers = options.handlers.map((handler) => app.get<object>(handler, { strict: false }));
  const { INTERVENTION_LOOP_LIMIT: loopLimit, RETENTION_DAYS: retentionDays } = config;
  const rules = { loopLimit, retentionDays };
  const runtime = new DeliveryRuntime({ ...platform, ...connections, ...rules, service: options.name }, handlers);
  app.connectMicroservice({ strategy: runtime.transport });
  stopOnSignal(app, runtime, platform.database, log, config.SHUTDOWN_GRACE_MS);
  await app.listen(config.PORT, config.HOST);
  runtime.start();
  await app.startAllMicroservices();
  platform.status.running(runtime);
  log.info('ready', { port: config.PORT, subscriptions: runtime.subscriptions });
}

type ServiceLog = ReturnType<typeof createLog>;

interface OpenParts {
  readonly platform: Platform;
  readonly connections: Pick<RuntimeParts, 'kafka' | 'fetch' | 'codec' | 'sink'>;
}

/** Database with its migrations, contracts, broker: whatever a service stands on. */
async function openParts(
  { name, migrations }: ServiceOptions,
  config: ServiceConfig,
  log: ServiceLog,
): Promise<OpenParts> {
  const { DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize, SCHEMA_AUTO_REGISTER: register } = config;
  const database = await patiently(log, 'Postgres', async () => {
    await migrateApart(url, migrations);
    return openDatabase({ url, migrations, applicationName: name, poolSize });
  });
  const kafka = kafkaConnection(name, config);
  const codec = await AvroCodec.open({ ...registryConnection(config), register, log, startWithinMs: 60_000 });
  const outbox = new Outbox(codec, systemClock, name);
  const parking = new Parking(name, outbox, systemClock);
  const status = new ServiceStatus(name, database);
  const platform = { database, outbox, parking, clock: systemClock, log, metrics: createRegistry(name), status };
  const fetch = { minBytes: config.KAFKA_FETCH_MIN_BYTES, maxWaitMs: config.KAFKA_FETCH_MAX_WAIT_MS };
  return { platform, connections: { kafka, fetch, codec, sink: new KafkaSink({ ...kafka, log }) } };
}

/** Waits up to a minute for a part that is still starting; after that the orchestrator should see the process fail. */
async function patiently<T>(log: Log, part: string, open: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      log.warn(`${part} does not answer yet: ${(error as Error).message}`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

function stopOnSignal(
  app: INestApplication,
  runtime: DeliveryRuntime,
  database: Database,
  log: Log,
  graceMs: number,
): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info(`${signal}: stopping`);
    const tooLate = (): never => {
      log.error(`not ended within ${graceMs} ms: ending now; what was under way is done again at the next start`);
      process.exit(1);
    };
    setTimeout(tooLate, graceMs).unref();
    void (async () => {
      await runtime.stop(graceMs / 3);
      await app.close();
      await database.close();
      process.exit(0);
    })();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
