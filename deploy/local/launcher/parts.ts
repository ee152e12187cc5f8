import { join } from 'node:path';
import { portSettingOf, repository, type LocalConfig, type ServiceName } from '../config.ts';
import { startKafka } from '../platform/kafka.ts';
import { startNodeService } from '../platform/node-service.ts';
import { startPostgres } from '../platform/postgres.ts';
import { startRegistry } from '../platform/registry.ts';
import type { Server, ServerOptions } from '../platform/server.ts';
import type { Children } from './children.ts';
import type { Endpoints, OdooAccess } from './endpoints.ts';
import type { Home } from './installation.ts';

/** In which order parts end: the highest first. */
const tier = { database: 0, messaging: 1, odoo: 2, services: 3 } as const;

/** Starts the parts of one installation, each as a child process with its log, pid file and place in the order of ending. */
export class Parts {
  readonly #config: LocalConfig;
  readonly #home: Home;
  readonly #children: Children;

  constructor(config: LocalConfig, home: Home, children: Children) {
    this.#config = config;
    this.#home = home;
    this.#children = children;
  }

  postgres(): Promise<Server> {
    return startPostgres(this.#options('postgres', 'WARDLINE_POSTGRES_PORT', tier.database));
  }

  kafka(): Promise<Server> {
    return startKafka({
      ...this.#options('kafka', 'WARDLINE_KAFKA_PORT', tier.messaging),
      controllerPort: this.#config.WARDLINE_KAFKA_CONTROLLER_PORT,
      controllerPortSetting: 'WARDLINE_KAFKA_CONTROLLER_PORT',
    });
  }

  registry(): Promise<Server> {
    return startRegistry(this.#options('registry', 'WARDLINE_REGISTRY_PORT', tier.messaging));
  }

  /** `faults`: whether it can be made to fail over HTTP. */
  simulator(databaseUrl: string, odoo: OdooAccess, faults: 'on' | 'off' = 'off'): Promise<Server> {
    return startNodeService({
      ...this.#options('odoo-simulator', 'WARDLINE_SIMULATOR_PORT', tier.odoo),
      name: 'odoo-simulator',
      main: mainOf('odoo-simulator'),
      memory: 'small',
      worksInBatches: true,
      settings: {
        ...{ DATABASE_URL: databaseUrl, SIMULATOR_FAULTS: faults },
        ...{ ODOO_DATABASE: odoo.database, ODOO_API_KEY: odoo.apiKey },
      },
      readyPath: '/web/version',
    });
  }

  /** `settings`: what is set beside or in place of the usual. */
  service(
    name: ServiceName,
    databaseUrl: string,
    to: Pick<Endpoints, 'brokers' | 'registryUrl' | 'odoo'>,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<Server> {
    const { url, database, apiKey } = to.odoo;
    const odoo = name === 'odoo-adapter' ? { ODOO_URL: url, ODOO_DATABASE: database, ODOO_API_KEY: apiKey } : {};
    return startNodeService({
      ...this.#options(name, portSettingOf(name), tier.services),
      name,
      main: mainOf(name),
      memory: this.#config.WARDLINE_SERVICE_MEMORY,
      worksInBatches: name === 'odoo-adapter' || name === 'reconciliation',
      settings: {
        DATABASE_URL: databaseUrl,
        KAFKA_BROKERS: to.brokers,
        SCHEMA_REGISTRY_URL: to.registryUrl,
        LOG_LEVEL: this.#config.LOG_LEVEL,
        ...odoo,
        ...(name === 'consumption-ingest' ? intake(this.#config.WARDLINE_HL7_PORT, dropFolderOf(this.#home)) : {}),
        ...settings,
      },
      readyPath: '/health/ready',
    });
  }

  #options(folder: string, portSetting: keyof LocalConfig, place: number): ServerOptions {
    return {
      directory: join(this.#home.directory, folder),
      port: Number(this.#config[portSetting]),
      portSetting,
      logDirectory: this.#home.logs,
      runDirectory: this.#home.run,
      onProcess: (child) => this.#children.add(place, child),
    };
  }
}

/** Every way in, for trying it out: the example profiles and sources, the demo's feeds, pseudonyms by a key that everybody knows. */
function intake(mllpPort: number, dropFolder: string): Readonly<Record<string, string>> {
  const libs = join(repository, 'libs');
  return {
    HL7_PSEUDONYM_KEY: 'wardline-local: not a secret, only for trying out',
    HL7_PROFILES: join(libs, 'hl7v2', 'src', 'example-profiles'),
    ...(mllpPort === 0 ? {} : { HL7_MLLP_PORT: String(mllpPort) }),
    FHIR_SOURCES: join(libs, 'fhir', 'src', 'example-sources'),
    FILE_DROP: dropFolder,
    FILE_FEEDS: join(repository, 'deploy', 'local', 'demo', 'feeds'),
    FILE_POLL: '1s',
  };
}

/** Where files are dropped for an installation. */
export function dropFolderOf({ directory }: Home): string {
  return join(directory, 'drop');
}

/** What is run of a service, one file (libs/workspace/src/bundle): also what its command line is known by. */
export function mainOf(service: string): string {
  return join(repository, 'apps', service, 'dist', 'main.bundle.js');
}
