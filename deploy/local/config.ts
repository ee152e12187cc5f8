import { join } from 'node:path';
import { z } from 'zod';
import { OperatorError } from './platform/operator-error.mjs';

/** The services in the order of their ports, 18101 and up. */
export const serviceNames = [
  'consumption-ingest',
  'inventory-sync',
  'procure-to-pay',
  'finance-posting',
  'reconciliation',
  'odoo-adapter',
] as const;

/** Name of a service of this repository. */
export type ServiceName = (typeof serviceNames)[number];

/** Folder of the repository. */
export const repository = join(import.meta.dirname, '..', '..');

const port = (standard: number) => z.coerce.number().int().min(1).max(65_535).default(standard);

const schema = z
  .object({
    /** Folder for all state: data, logs, pids. */
    WARDLINE_HOME: z.string().default(join(repository, '.wardline')),
    WARDLINE_KAFKA_PORT: port(19092),
    WARDLINE_KAFKA_CONTROLLER_PORT: port(19093),
    WARDLINE_REGISTRY_PORT: port(18081),
    WARDLINE_POSTGRES_PORT: port(15432),
    WARDLINE_SIMULATOR_PORT: port(18069),
    WARDLINE_CONSUMPTION_INGEST_PORT: port(18101),
    WARDLINE_INVENTORY_SYNC_PORT: port(18102),
    WARDLINE_PROCURE_TO_PAY_PORT: port(18103),
    WARDLINE_FINANCE_POSTING_PORT: port(18104),
    WARDLINE_RECONCILIATION_PORT: port(18105),
    WARDLINE_ODOO_ADAPTER_PORT: port(18106),
    /** Where HL7 v2 senders connect (MLLP); 0 for nowhere. */
    WARDLINE_HL7_PORT: z.coerce.number().int().min(0).max(65_535).default(18575),
    /** `small`: each service within 160 MB. `unlimited`: what Node takes by itself, for half as much again under load. */
    WARDLINE_SERVICE_MEMORY: z.enum(['small', 'unlimited']).default('small'),
    LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
    /** With these three, that Odoo instead of the simulator. */
    ODOO_URL: z.url().optional(),
    ODOO_DATABASE: z.string().optional(),
    ODOO_API_KEY: z.string().optional(),
    /** Those servers instead of ours. */
    KAFKA_BROKERS: z.string().optional(),
    SCHEMA_REGISTRY_URL: z.url().optional(),
    /** An administrator's URL: databases and roles that are missing are created. */
    DATABASE_URL: z.url().optional(),
  })
  .refine(({ ODOO_URL, ODOO_DATABASE, ODOO_API_KEY }) => !ODOO_URL === !ODOO_DATABASE && !ODOO_URL === !ODOO_API_KEY, {
    error: 'must be set together with ODOO_DATABASE and ODOO_API_KEY, or none of the three',
    path: ['ODOO_URL'],
  });

/** Settings of the local platform. */
export type LocalConfig = z.output<typeof schema>;

/** Reads the settings; throws an {@link OperatorError} that names every wrong one. */
export function localConfig(environment: NodeJS.ProcessEnv = process.env): LocalConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    ({ path, message }) => `${path.join('.')}=${given[String(path[0])] ?? ''}: ${message}`,
  );
  throw new OperatorError(`Wrong settings: ${lines.join('; ')}`);
}

/** The environment variable that moves a service's port. */
export function portSettingOf(service: ServiceName): keyof LocalConfig {
  return `WARDLINE_${service.toUpperCase().replaceAll('-', '_')}_PORT` as keyof LocalConfig;
}

/** The environment that child processes inherit. */
export function inheritedEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
