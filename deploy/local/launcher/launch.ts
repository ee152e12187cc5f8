import { Listr, type ListrTask } from 'listr2';
import { serviceNames, type LocalConfig } from '../config.ts';
import type { Server } from '../platform/server.ts';
import { build } from './build.ts';
import type { Endpoints, OdooAccess } from './endpoints.ts';
import type { Home } from './installation.ts';
import type { Parts } from './parts.ts';
import { provisionContracts, provisionDatabases, type DatabaseUrls } from './provisioning.ts';

/** What {@link launch} has started and where it is. */
export interface Launched {
  readonly endpoints: Endpoints;
  /** Everything that runs as our child, to be watched. */
  readonly servers: readonly Server[];
  readonly warnings: readonly string[];
}

interface Progress {
  brokers: string;
  registryUrl: string;
  databaseUrl: string;
  databases: DatabaseUrls;
  servers: Server[];
  warnings: readonly string[];
}

/** Brings everything up in dependency order, as much at once as that allows, with progress on the terminal. */
export async function launch(config: LocalConfig, home: Home, parts: Parts): Promise<Launched> {
  const odoo: OdooAccess = {
    url: config.ODOO_URL ?? `http://127.0.0.1:${config.WARDLINE_SIMULATOR_PORT}`,
    database: config.ODOO_DATABASE ?? 'wardline',
    apiKey: config.ODOO_API_KEY ?? 'wardline-local',
  };
  const progress: Progress = {
    brokers: config.KAFKA_BROKERS ?? '',
    registryUrl: config.SCHEMA_REGISTRY_URL ?? '',
    databaseUrl: config.DATABASE_URL ?? '',
    databases: {},
    servers: [],
    warnings: [],
  };
  const tasks = [
    platformTask(config, home, parts, progress),
    contractsTask(config, parts, progress, odoo),
    servicesTask(parts, progress, odoo),
  ];
  await new Listr(tasks, { fallbackRenderer: 'simple' }).run();
  const services = Object.fromEntries(
    progress.servers.map(({ name, url }) => [name, url]).filter(([name]) => isService(name)),
  );
  const { brokers, registryUrl, databaseUrl, servers, warnings } = progress;
  return { endpoints: { brokers, registryUrl, databaseUrl, odoo, services }, servers, warnings };
}

type OneTask = ListrTask;

function platformTask(config: LocalConfig, home: Home, parts: Parts, progress: Progress): OneTask {
  const started = async (starting: Promise<Server>) => {
    const server = await starting;
    progress.servers.push(server);
    return server.url;
  };
  const postgres = async () => {
    if (!config.DATABASE_URL) progress.databaseUrl = await started(parts.postgres());
    progress.databases = await provisionDatabases(progress.databaseUrl, config, home);
  };
  const subtasks = [
    { title: 'Build', task: build },
    { title: config.DATABASE_URL ? 'Databases on your PostgreSQL' : 'PostgreSQL', task: postgres },
    {
      title: 'Kafka',
      enabled: !config.KAFKA_BROKERS,
      task: async () => void (progress.brokers = await started(parts.kafka())),
    },
    {
      title: 'Schema registry',
      enabled: !config.SCHEMA_REGISTRY_URL,
      task: async () => void (progress.registryUrl = await started(parts.registry())),
    },
  ];
  return { title: 'Servers', task: (_, task) => task.newListr(subtasks, { concurrent: true }) };
}

function contractsTask(config: LocalConfig, parts: Parts, progress: Progress, odoo: OdooAccess): OneTask {
  const contracts = async () => {
    progress.warnings = await provisionContracts(progress.brokers, progress.registryUrl);
  };
  const simulator = async () => {
    progress.servers.push(await parts.simulator(progress.databases['odoo-simulator'] ?? '', odoo));
  };
  const subtasks = [
    { title: 'Topics and schemas', task: contracts },
    { title: 'Odoo simulator', enabled: !config.ODOO_URL, task: simulator },
  ];
  return { title: 'Contracts and Odoo', task: (_, task) => task.newListr(subtasks, { concurrent: true }) };
}

function servicesTask(parts: Parts, progress: Progress, odoo: OdooAccess): OneTask {
  const { servers } = progress;
  const subtasks = serviceNames.map((name) => ({
    title: name,
    task: async () => {
      servers.push(await parts.service(name, progress.databases[name] ?? '', { ...progress, odoo }));
    },
  }));
  return { title: 'Services', task: (_, task) => task.newListr(subtasks, { concurrent: true }) };
}

function isService(name: string | undefined): boolean {
  return serviceNames.some((service) => service === name);
}
