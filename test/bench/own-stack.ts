import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { localConfig, portSettingOf, serviceNames, type LocalConfig } from '../../deploy/local/config.ts';
import type { DayStack } from '../../deploy/local/demo/day-stack.ts';
import type { OdooAddress } from '../../deploy/local/demo/odoo-rpc.ts';
import { Children } from '../../deploy/local/launcher/children.ts';
import { provisionContracts } from '../../deploy/local/launcher/contracts.ts';
import type { Home } from '../../deploy/local/launcher/installation.ts';
import { dropFolderOf, Parts } from '../../deploy/local/launcher/parts.ts';
import { provisionDatabases, type DatabaseUrls } from '../../deploy/local/launcher/provisioning.ts';
import { canListen } from '../../deploy/local/platform/port.ts';
import type { Server } from '../../deploy/local/platform/server.ts';
import { realOdoo } from './real-odoo.ts';
import type { Surroundings } from './scenario.ts';

/** A whole Wardline with every way in set up, as `npm start` brings it up. */
export interface OwnStack extends DayStack {
  /** Every part that runs, by name; a real Odoo is none of ours. */
  readonly servers: readonly Server[];
}

/** What is in Odoo before the services start, and which Odoo it is. */
export interface StackOptions {
  readonly seed: (odoo: OdooAddress) => Promise<void>;
  readonly odoo?: 'simulator' | 'real';
  /** Of the services; small unless told, as with `npm start`. */
  readonly memory?: LocalConfig['WARDLINE_SERVICE_MEMORY'];
}

/** Postgres with a database for each service, Kafka and registry with the contracts; and how to start what stands on them. */
export interface OwnPlatform {
  readonly parts: Parts;
  readonly config: LocalConfig;
  readonly home: Home;
  readonly databases: DatabaseUrls;
  readonly brokers: string;
  readonly registryUrl: string;
  readonly servers: readonly Server[];
}

/** The part of a scenario's surroundings that starting something needs. */
export type Grounds = Pick<Surroundings, 'directory' | 'progress' | 'atEnd'>;

/** Starts the platform in the folder that it is given, on free ports. */
export async function startPlatform(
  surroundings: Grounds,
  memory: StackOptions['memory'] = 'small',
): Promise<OwnPlatform> {
  const { parts, config, home } = await newInstallation(surroundings, memory);
  surroundings.progress('starting Postgres, Kafka and the registry');
  const [postgres, kafka, registry] = await Promise.all([parts.postgres(), parts.kafka(), parts.registry()]);
  const [databases] = await Promise.all([
    provisionDatabases(postgres.url, config, home),
    provisionContracts(kafka.url, registry.url),
  ]);
  const servers = [postgres, kafka, registry];
  return { parts, config, home, databases, brokers: kafka.url, registryUrl: registry.url, servers };
}

/** Starts everything in the folder that it is given, on free ports. */
export async function startStack(
  grounds: Grounds,
  { seed, odoo: kind = 'simulator', memory }: StackOptions,
): Promise<OwnStack> {
  const platform = await startPlatform(grounds, memory);
  const { parts, databases, brokers, registryUrl, config, home } = platform;
  const simulated = kind === 'simulator' ? await simulator(platform) : undefined;
  const odoo = simulated?.address ?? (await realOdoo(grounds));
  grounds.progress('putting the hospital into Odoo');
  await seed(odoo);
  grounds.progress('starting the services');
  const to = { brokers, registryUrl, odoo };
  const services = await Promise.all(serviceNames.map((name) => parts.service(name, databases[name] ?? '', to)));
  return {
    ...to,
    services: Object.fromEntries(services.map(({ name, url }) => [name, url])),
    ...{ mllpPort: config.WARDLINE_HL7_PORT, dropFolder: dropFolderOf(home) },
    servers: [...platform.servers, ...(simulated === undefined ? [] : [simulated.server]), ...services],
  };
}

async function simulator({
  parts,
  config,
  databases,
}: OwnPlatform): Promise<{ readonly address: OdooAddress; readonly server: Server }> {
  const address = { url: `http://127.0.0.1:${config.WARDLINE_SIMULATOR_PORT}`, database: 'wardline', apiKey: 'bench' };
  return { address, server: await parts.simulator(databases['odoo-simulator'] ?? '', address) };
}

async function newInstallation(
  { directory, atEnd }: Grounds,
  memory: LocalConfig['WARDLINE_SERVICE_MEMORY'],
): Promise<{ parts: Parts; config: LocalConfig; home: Home }> {
  // Postgres may run as another user than the one who measures.
  chmodSync(directory, 0o755);
  const home: Home = { directory, logs: join(directory, 'logs'), run: join(directory, 'run') };
  for (const folder of [home.logs, home.run]) mkdirSync(folder, { recursive: true });
  const config = await ownConfig(directory, memory);
  const children = new Children();
  atEnd(() => children.stop());
  return { parts: new Parts(config, home, children), config, home };
}

const platformPorts = ['KAFKA', 'KAFKA_CONTROLLER', 'REGISTRY', 'POSTGRES', 'SIMULATOR', 'HL7'];

async function ownConfig(directory: string, memory: LocalConfig['WARDLINE_SERVICE_MEMORY']): Promise<LocalConfig> {
  const names = [...platformPorts.map((part) => `WARDLINE_${part}_PORT`), ...serviceNames.map(portSettingOf)];
  const ports = await freePorts(names.length);
  const settings = Object.fromEntries(names.map((name, index) => [name, String(ports[index])]));
  return localConfig({
    ...settings,
    WARDLINE_HOME: directory,
    WARDLINE_SERVICE_MEMORY: memory,
    LOG_LEVEL: 'info',
  });
}

// Below the range from which outgoing connections get theirs.
async function freePorts(count: number): Promise<number[]> {
  const free: number[] = [];
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); free.length < count; port += 1)
    if (await canListen(port)) free.push(port);
  return free;
}
