import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames, type LocalConfig } from '../config.ts';
import { ensureDatabases, urlOf, type OwnDatabase } from '../platform/databases.store.ts';
import { OperatorError } from '../platform/operator-error.mjs';
import type { Home } from './installation.ts';

/** Database addresses by service; the simulator's under `odoo-simulator`. */
export type DatabaseUrls = Readonly<Record<string, string>>;

/** Creates each service's database and role where they are missing. */
export async function provisionDatabases(adminUrl: string, config: LocalConfig, home: Home): Promise<DatabaseUrls> {
  const password = config.DATABASE_URL ? keptPassword(home) : 'wardline';
  const owned = new Map<string, OwnDatabase>(
    serviceNames.map((service) => [service, { name: sqlName(service), role: sqlName(service), password }]),
  );
  if (!config.ODOO_URL) owned.set('odoo-simulator', { name: 'wardline', role: 'odoo_simulator', password });
  await ensureDatabases(adminUrl, [...owned.values()]).catch((error: Error) => {
    if (!config.DATABASE_URL) throw error;
    throw new OperatorError(
      `Databases could not be created with DATABASE_URL: ${error.message}. Its user needs CREATEDB and CREATEROLE.`,
    );
  });
  return Object.fromEntries([...owned].map(([service, database]) => [service, urlOf(adminUrl, database)]));
}

function sqlName(service: string): string {
  return service.replaceAll('-', '_');
}

// On somebody else's server the roles get a password of their own, kept so that the next start has the same.
function keptPassword(home: Home): string {
  const file = join(home.directory, 'database-password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
