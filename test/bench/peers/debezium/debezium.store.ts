import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '@wardline/local-platform';
import { inheritedEnvironment } from '../../../../deploy/local/config.ts';
import { startProcess, tailOf, type ChildHandle } from '../../../../deploy/local/platform/child-process.ts';
import type { Contender, Site } from '../../contenders/contender.ts';
import { sqlWriter } from '../../contenders/sql-writer.store.ts';
import { peerJars } from '../install.ts';

/** What differs from Debezium's and Connect's defaults. */
export interface Options {
  readonly heap: readonly string[];
  readonly worker: Readonly<Record<string, string>>;
  readonly connector: Readonly<Record<string, string>>;
  readonly backlog: string;
}

const table = `
CREATE TABLE outbox (
  id            uuid  PRIMARY KEY,
  aggregatetype text  NOT NULL,
  aggregateid   text  NOT NULL,
  type          text  NOT NULL,
  payload       bytea NOT NULL
)`;

/**
 * Debezium's outbox event router in Kafka Connect standalone. Connect stays up from round to round, warm; the connector
 * and its slot are new in each.
 */
export async function open(options: Options): Promise<Contender> {
  let connect: Connect | undefined;
  let connector: string | undefined;
  return {
    prepare: async (site) => {
      const client = new pg.Client({ connectionString: site.databaseUrl });
      await client.connect();
      await client.query(table);
      await client.query(`CREATE PUBLICATION outbox FOR TABLE outbox WITH (publish = 'insert')`);
      await client.query(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [`slot_${site.name}`]);
      await client.end();
      connect ??= await startConnect(site, options);
    },
    start: async (site) => {
      connector = site.name;
      await connect!.request('POST', '/connectors', { name: site.name, config: connectorOf(site, options) });
      await connect!.running(site.name);
    },
    stop: async () => void (await connect!.request('DELETE', `/connectors/${connector}`)),
    writer: (site, connections) => sqlWriter(site, connections, options.backlog),
    pids: () => (connect === undefined ? [] : [connect.process.pid]),
    close: async () => connect?.process.stop(),
  };
}

function connectorOf(site: Site, options: Options): Record<string, string> {
  const url = new URL(site.databaseUrl);
  return {
    'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
    'database.hostname': url.hostname,
    'database.port': url.port,
    'database.user': url.username,
    'database.password': url.password,
    'database.dbname': url.pathname.slice(1),
    'topic.prefix': site.name,
    'plugin.name': 'pgoutput',
    'slot.name': `slot_${site.name}`,
    'publication.name': 'outbox',
    'publication.autocreate.mode': 'disabled',
    'table.include.list': 'public.outbox',
    'snapshot.mode': 'no_data',
    'value.converter': 'io.debezium.converters.BinaryDataConverter',
    transforms: 'outbox',
    'transforms.outbox.type': 'io.debezium.transforms.outbox.EventRouter',
    'transforms.outbox.route.topic.replacement': '${routedByValue}',
    'transforms.outbox.table.fields.additional.placement': 'type:header:ce_type',
    ...options.connector,
  };
}

interface Connect {
  readonly process: ChildHandle;
  request(method: string, path: string, body?: unknown): Promise<unknown>;
  running(connector: string): Promise<void>;
}

async function startConnect(site: Site, options: Options): Promise<Connect> {
  const port = await freePort();
  const folder = join(site.directory, `connect-${port}`);
  mkdirSync(folder, { recursive: true });
  const properties = join(folder, 'worker.properties');
  writeFileSync(properties, worker(site, options, folder, port));
  const logging = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];
  const child = await startProcess({
    name: 'connect',
    command: 'java',
    args: [
      ...options.heap,
      ...logging,
      '-cp',
      join(peerJars, '*'),
      'org.apache.kafka.connect.cli.ConnectStandalone',
      properties,
    ],
    env: inheritedEnvironment(),
    logFile: join(folder, 'connect.log'),
    pidFile: join(folder, 'connect.pid'),
    signature: properties,
    stopSignals: ['SIGTERM'],
    patienceMs: 10_000,
  });
  const connect = { process: child, request: requestTo(port, child), running: statusOf(port, child) };
  await eventually(child, () => connect.request('GET', '/connectors'));
  return connect;
}

function worker(site: Site, options: Options, folder: string, port: number): string {
  const settings = {
    'bootstrap.servers': site.brokers,
    'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'value.converter': 'org.apache.kafka.connect.converters.ByteArrayConverter',
    'offset.storage.file.filename': join(folder, 'offsets'),
    listeners: `http://127.0.0.1:${port}`,
    ...options.worker,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function requestTo(port: number, child: ChildHandle): Connect['request'] {
  return async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Connect answered ${response.status}: ${text}\n${tailOf(child.logFile)}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}

function statusOf(port: number, child: ChildHandle): Connect['running'] {
  const request = requestTo(port, child);
  return (connector) =>
    eventually(child, async () => {
      const { tasks } = (await request('GET', `/connectors/${connector}/status`)) as { tasks: { state: string }[] };
      if (tasks.length === 0 || tasks.some(({ state }) => state !== 'RUNNING'))
        throw new Error(`its task is not running: ${JSON.stringify(tasks)}`);
    });
}

async function eventually(child: ChildHandle, work: () => Promise<unknown>): Promise<void> {
  const until = Date.now() + 180_000;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!child.isRunning()) throw new Error(`Connect ended: ${tailOf(child.logFile)}`, { cause: error });
      if (Date.now() > until) throw error;
      await sleep(200);
    }
  }
}
