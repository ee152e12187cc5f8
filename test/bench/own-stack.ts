import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { localConfig, portSettingOf, serviceNames, type LocalConfig } from '../../deploy/local/config.ts';
import { prepareKafkaDay, type KafkaDayOptions } from '../kafka-day/play-kafka-day.ts';
import { Children } from '../../deploy/local/launcher/children.ts';
import { provisionContracts } from '../../deploy/local/launcher/contracts.ts';
import type { Home } from '../../deploy/local/launcher/installation.ts';
import { Parts } from '../../deploy/local/launcher/parts.ts';
import { provisionDatabases, type DatabaseUrls } from '../../deploy/local/launcher/provisioning.ts';
import { canListen } from '../../deploy/local/platform/port.ts';
import type { Server } from '../../deploy/local/platform/server.ts';
import type { Surroundings } from './scenario.ts';

/** A whole Wardline with the demo hospital in its simulated Odoo, as `npm start` brings it up. */
export interface OwnStack {
  /** What the demo day is played with. */
  readonly demo: KafkaDayOptions;
  /** Every part that runs, by name. */
  readonly servers: readonly Server[];
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
export async function startPlatform(surroundings: Grounds): Promise<OwnPlatform> {
  const { parts, config, home } = await newInstallation(surroundings);
  surroundings.progress('starting Postgres, Kafka and the registry');
  const [postgres, kafka, registry] = await Promise.all([parts.postgres(), parts.kafka(), parts.registry()]);
  const [databases] = await Promise.all([
    provisionDatabases(postgres.url, config, home),
    provisionContracts(kafka.url, registry.url),
  ]);
  const servers = [postgres, kafka, registry];
  return { parts, config, home, databases, brokers: kafka.url, registryUrl: registry.url, servers };
}

/** Starts everything in the scenario's folder, on free ports. */
export async function startStack(surroundings: Surroundings): Promise<OwnStack> {
  const { parts, config, home, databases, servers, ...addresses } = await startPlatform(surroundings);
  const odoo = { url: `http://127.0.0.1:${config.WARDLINE_SIMULATOR_PORT}`, database: 'wardline', apiKey: 'bench' };
  const to = { ...addresses, odoo };
  surroundings.progress('starting the Odoo simulator and the services');
  const simulator = await parts.simulator(databases['odoo-simulator'] ?? '', odoo);
  await prepareKafkaDay({ odoo, stateDirectory: home.directory });
  const services = await Promise.all(serviceNames.map((name) => parts.service(name, databases[name] ?? '', to)));
  const urls = Object.fromEntries(services.map(({ name, url }) => [name, url]));
  return {
    demo: { ...to, services: urls, stateDirectory: home.directory, say: () => undefined },
    servers: [...servers, simulator, ...services],
  };
}

async function newInstallation({
  directory,
  atEnd,
}: Grounds): Promise<{ parts: Parts; config: LocalConfig; home: Home }> {
  // Postgres may run as another user than the one who measures.
  chmodSync(directory, 0o755);
  const home: Home = { directory, logs: join(directory, 'logs'), run: join(directory, 'run') };
  for (const folder of [home.logs, home.run]) mkdirSync(folder, { recursive: true });
  const config = await ownConfig(directory);
  const children = new Children();
  atEnd(() => children.stop());
  return { parts: new Parts(config, home, children), config, home };
}

const platformPorts = ['KAFKA', 'KAFKA_CONTROLLER', 'REGISTRY', 'POSTGRES', 'SIMULATOR', 'HL7'];

async function ownConfig(directory: string): Promise<LocalConfig> {
  const names = [...platformPorts.map((part) => `WARDLINE_${part}_PORT`), ...serviceNames.map(portSettingOf)];
  const ports = await freePorts(names.length);
  const settings = Object.fromEntries(names.map((name, index) => [name, String(ports[index])]));
  return localConfig({ ...settings, WARDLINE_HOME: directory, LOG_LEVEL: 'info' });
}

// Below the range from which outgoing connections get theirs.
async function freePorts(count: number): Promise<number[]> {
  const free: number[] = [];
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); free.length < count; port += 1)
    if (await canListen(port)) free.push(port);
  return free;
}
