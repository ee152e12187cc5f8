import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localConfig, portSettingOf, serviceNames, type LocalConfig } from '../../deploy/local/config.ts';
import { build } from '../../deploy/local/launcher/build.ts';
import { Children } from '../../deploy/local/launcher/children.ts';
import { provisionContracts } from '../../deploy/local/launcher/contracts.ts';
import type { OdooAccess } from '../../deploy/local/launcher/endpoints.ts';
import type { Home } from '../../deploy/local/launcher/installation.ts';
import { Parts } from '../../deploy/local/launcher/parts.ts';
import { provisionDatabases } from '../../deploy/local/launcher/provisioning.ts';
import { tailOf } from '../../deploy/local/platform/child-process.ts';
import { canListen } from '../../deploy/local/platform/port.ts';
import type { Server } from '../../deploy/local/platform/server.ts';
import { settings } from './config.ts';
import { OdooLine } from './odoo-line.ts';

/** Where a test finds what it talks to. */
export interface Addresses {
  readonly brokers: string;
  readonly registryUrl: string;
  /** Odoo itself, also while the line between it and the adapter is cut. */
  readonly odoo: OdooAccess;
  readonly services: Readonly<Record<string, string>>;
  /** Where HL7 v2 senders connect (MLLP). */
  readonly hl7Port: number;
}

/** How a whole Wardline is started. */
export interface StackOptions {
  /** Not the Odoo of the settings, which others may use, but a simulator of its own. */
  readonly ownOdoo?: boolean;
  /** Whether the simulator can be made to fail. */
  readonly odooFaults?: boolean;
  /** What Odoo has to hold when the services take the opening stock. */
  readonly beforeServices?: (stateDirectory: string, odoo: OdooAccess) => Promise<void>;
}

interface Running {
  readonly addresses: Addresses;
  readonly directory: string;
  readonly line: OdooLine;
  readonly children: Children;
  readonly servers: ReadonlyMap<string, Server>;
}

/** A whole Wardline as `npm start` would bring it up, in a folder and on ports of its own. */
export class Stack {
  readonly addresses: Addresses;
  /** Folder of its state. */
  readonly directory: string;
  readonly line: OdooLine;
  readonly #children: Children;
  readonly #servers: ReadonlyMap<string, Server>;

  private constructor({ addresses, directory, line, children, servers }: Running) {
    this.addresses = addresses;
    this.directory = directory;
    this.line = line;
    this.#children = children;
    this.#servers = servers;
  }

  /** Starts everything; what was started is ended again when that fails. */
  static async start(options: StackOptions = {}): Promise<Stack> {
    await build();
    const children = new Children();
    const directory = mkdtempSync(join(tmpdir(), 'wardline-e2e-'));
    try {
      return new Stack(await bringUp(directory, children, options));
    } catch (error) {
      await children.stop();
      throw error;
    }
  }

  /** The process of a part: postgres, kafka, registry, odoo-simulator or a service. */
  part(name: string): Server {
    const server = this.#servers.get(name);
    if (server === undefined) throw new Error(`this Wardline has no part ${name}`);
    return server;
  }

  /** Parts that have ended by themselves or were ended, each with the last lines of its log. */
  ended(): string[] {
    const ended = [...this.#servers.values()].filter((server) => !server.isRunning());
    return ended.map(({ name, logFile }) => `${name} has ended:\n${tailOf(logFile)}`);
  }

  /** Ends everything in order and starts it again on the same data. */
  async restartEverything(): Promise<void> {
    const names = [...this.#servers.keys()];
    await Promise.all(serviceNames.map((name) => this.part(name).stop()));
    const others = names.filter((name) => !serviceNames.some((service) => service === name));
    await Promise.all(others.map((name) => this.part(name).stop()));
    const servers = ['postgres', 'kafka', 'registry'];
    await Promise.all(servers.map((name) => this.part(name).restart()));
    await Promise.all(others.filter((name) => !servers.includes(name)).map((name) => this.part(name).restart()));
    await Promise.all(serviceNames.map((name) => this.part(name).restart()));
  }

  /** Ends everything and removes its folder, unless that is to be kept. */
  async stop(keep = false): Promise<void> {
    await this.#children.stop();
    await this.line.cut();
    if (!keep) rmSync(this.directory, { recursive: true, force: true });
  }
}

async function bringUp(
  directory: string,
  children: Children,
  { beforeServices, ownOdoo = false, odooFaults = false }: StackOptions,
): Promise<Running> {
  chmodSync(directory, 0o755);
  const home: Home = { directory, logs: join(directory, 'logs'), run: join(directory, 'run') };
  for (const folder of [home.logs, home.run]) mkdirSync(folder, { recursive: true });
  const { config, linePort } = await ownConfig(directory, ownOdoo);
  const parts = new Parts(config, home, children);
  const [postgres, kafka, registry] = await Promise.all([parts.postgres(), parts.kafka(), parts.registry()]);
  const servers = new Map<string, Server>(Object.entries({ postgres, kafka, registry }));
  const [databases] = await Promise.all([
    provisionDatabases(postgres.url, config, home),
    provisionContracts(kafka.url, registry.url),
  ]);
  const odoo = odooOf(config);
  if (config.ODOO_URL === undefined)
    servers.set(
      'odoo-simulator',
      await parts.simulator(databases['odoo-simulator'] ?? '', odoo, odooFaults ? 'on' : 'off'),
    );
  const line = new OdooLine(linePort, new URL(odoo.url));
  await line.restore();
  await beforeServices?.(directory, odoo);
  const to = { brokers: kafka.url, registryUrl: registry.url, odoo: { ...odoo, url: line.url } };
  const started = await Promise.all(serviceNames.map((name) => parts.service(name, databases[name] ?? '', to)));
  for (const server of started) servers.set(server.name, server);
  const services = Object.fromEntries(started.map(({ name, url }) => [name, url]));
  const hl7Port = config.WARDLINE_HL7_PORT;
  const addresses = { brokers: kafka.url, registryUrl: registry.url, odoo, services, hl7Port };
  return { addresses, directory, line, children, servers };
}

function odooOf(config: LocalConfig): OdooAccess {
  return {
    url: config.ODOO_URL ?? `http://127.0.0.1:${config.WARDLINE_SIMULATOR_PORT}`,
    database: config.ODOO_DATABASE ?? 'wardline',
    apiKey: config.ODOO_API_KEY ?? 'wardline-local',
  };
}

const platformPorts = ['KAFKA', 'KAFKA_CONTROLLER', 'REGISTRY', 'POSTGRES', 'SIMULATOR', 'HL7'] as const;

async function ownConfig(directory: string, ownOdoo: boolean): Promise<{ config: LocalConfig; linePort: number }> {
  const names = [...platformPorts.map((part) => `WARDLINE_${part}_PORT`), ...serviceNames.map(portSettingOf)];
  const [linePort = 0, ...ports] = await freePorts(names.length + 1);
  const { LOG_LEVEL, ODOO_URL, ODOO_DATABASE, ODOO_API_KEY } = settings();
  const config = localConfig({
    ...Object.fromEntries(names.map((name, index) => [name, String(ports[index])])),
    ...{ WARDLINE_HOME: directory, LOG_LEVEL },
    ...(ownOdoo ? {} : { ODOO_URL, ODOO_DATABASE, ODOO_API_KEY }),
  });
  return { config, linePort };
}

// Below the range from which outgoing connections get theirs: a part that is down for a moment must find its port free.
async function freePorts(count: number): Promise<number[]> {
  const free: number[] = [];
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); free.length < count; port += 1)
    if (await canListen(port)) free.push(port);
  return free;
}
