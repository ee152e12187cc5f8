import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startKafka, startPostgres } from '@wardline/local-platform';
import type { Surroundings } from './scenario.ts';
import { administer } from './site.store.ts';

/** Kafka and Postgres alone. */
export interface BareServers {
  readonly brokers: string;
  /** PostgreSQL's administrator URL. */
  readonly databaseUrl: string;
}

/** What Kafka's own start script gives the JVM: a broker as it is run in earnest, not the small one of `npm start`. */
const stockJvm = [
  ...['-Xms1g', '-Xmx1g', '-server', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20'],
  ...['-XX:InitiatingHeapOccupancyPercent=35', '-XX:+ExplicitGCInvokesConcurrent'],
];

/**
 * Starts Kafka and Postgres in the scenario's folder, on free ports. Postgres logs for logical replication, since some
 * peers read its log; every commit waits for the disk.
 */
export async function startBareServers({ directory, atEnd, progress }: Surroundings): Promise<BareServers> {
  progress('starting Kafka and Postgres');
  // Postgres may run as another user than the one who measures.
  chmodSync(directory, 0o755);
  const [kafkaPort, postgresPort] = [await freePort(), await freePort()];
  const [kafka, postgres] = await Promise.all([
    startKafka({ directory: join(directory, 'kafka'), port: kafkaPort, jvm: stockJvm }),
    startPostgres({ directory: join(directory, 'postgres'), port: postgresPort }),
  ]);
  atEnd(() => Promise.allSettled([kafka.stop(), postgres.stop()]));
  await administer(postgres.url, [
    `ALTER SYSTEM SET wal_level = 'logical'`,
    `ALTER SYSTEM SET max_wal_size = '8GB'`,
    `ALTER SYSTEM SET max_replication_slots = 32`,
    `ALTER SYSTEM SET max_wal_senders = 32`,
  ]);
  await postgres.restart();
  return { brokers: kafka.url, databaseUrl: postgres.url };
}
