import { serviceNames, type LocalConfig } from '../config.ts';
import type { Server } from '../platform/server.ts';
import { build } from './build.ts';
import type { Endpoints, OdooAccess } from './endpoints.ts';
import type { Home } from './installation.ts';
import { dropFolderOf, type Parts } from './parts.ts';
import { runStages, type Stage, type Step } from './progress.ts';
import { provisionDatabases, type DatabaseUrls } from './provisioning.ts';

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
export async function launch(config: LocalConfig, home: Home, parts: Parts, demo: boolean): Promise<Launched> {
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
  await runStages([
    platformStage(config, home, parts, progress),
    contractsStage(config, parts, progress, odoo, demo ? home : undefined),
    servicesStage(parts, progress, odoo),
  ]);
  const services = Object.fromEntries(
    progress.servers.filter(({ name }) => isService(name)).map(({ name, url }): [string, string] => [name, url]),
  );
  const { brokers, registryUrl, databaseUrl, servers, warnings } = progress;
  const intake = { mllpPort: config.WARDLINE_HL7_PORT, dropFolder: dropFolderOf(home) };
  return { endpoints: { brokers, registryUrl, databaseUrl, odoo, services, ...intake }, servers, warnings };
}

function platformStage(config: LocalConfig, home: Home, parts: Parts, progress: Progress): Stage {
  const started = async (starting: Promise<Server>) => {
    const server = await starting;
    progress.servers.push(server);
    return server.url;
  };
  const postgres = async () => {
    if (!config.DATABASE_URL) progress.databaseUrl = await started(parts.postgres());
    progress.databases = await provisionDatabases(progress.databaseUrl, config, home);
  };
  const kafka = async () => {
    progress.brokers = await started(parts.kafka());
  };
  const registry = async () => {
    progress.registryUrl = await started(parts.registry());
  };
  const steps: Step[] = [
    { title: 'Build', work: build },
    { title: config.DATABASE_URL ? 'Databases on your PostgreSQL' : 'PostgreSQL', work: postgres },
  ];
  if (!config.KAFKA_BROKERS) steps.push({ title: 'Kafka', work: kafka });
  if (!config.SCHEMA_REGISTRY_URL) steps.push({ title: 'Schema registry', work: registry });
  return { title: 'Servers', steps };
}

/** `demo` is the folder of the demo day's state; its hospital is in Odoo before the services take the opening stock. */
function contractsStage(config: LocalConfig, parts: Parts, progress: Progress, odoo: OdooAccess, demo?: Home): Stage {
  const contracts = async () => {
    // Imported late: what it needs is built while the servers start.
    const { provisionContracts } = await import('./contracts.ts');
    progress.warnings = await provisionContracts(progress.brokers, progress.registryUrl);
  };
  const hospital = async () => {
    const simulated = config.ODOO_URL === undefined;
    if (simulated) progress.servers.push(await parts.simulator(progress.databases['odoo-simulator'] ?? '', odoo));
    if (demo === undefined) return;
    const { prepareDemoDay } = await import('../demo/demo-day.ts');
    await prepareDemoDay({ odoo, stateDirectory: demo.directory, mllpPort: config.WARDLINE_HL7_PORT });
  };
  const steps: Step[] = [{ title: 'Topics and schemas', work: contracts }];
  const what = [config.ODOO_URL ? [] : ['Odoo simulator'], demo ? ['demo hospital in Odoo'] : []].flat().join(', ');
  if (what !== '') steps.push({ title: what, work: hospital });
  return { title: 'Contracts and Odoo', steps };
}

function servicesStage(parts: Parts, progress: Progress, odoo: OdooAccess): Stage {
  const steps = serviceNames.map((name) => ({
    title: name,
    work: async () => {
      const { brokers, registryUrl, databases } = progress;
      progress.servers.push(await parts.service(name, databases[name] ?? '', { brokers, registryUrl, odoo }));
    },
  }));
  return { title: 'Services', steps };
}

function isService(name: string): boolean {
  return serviceNames.some((service) => service === name);
}
