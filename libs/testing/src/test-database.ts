import { randomBytes } from 'node:crypto';
import { openDatabase, type Database, type MigrationClass } from '@wardline/outbox';
import pg from 'pg';
import { databaseServer } from './servers.js';

/** A test's own database: what {@link openDatabase} gives, and the address for a second connection to it. */
export type TestDatabase = Database & { readonly url: string };

/** A fresh, migrated database in the run's PostgreSQL. Closing it drops it. */
export async function testDatabase(migrations: readonly MigrationClass[] = []): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = addressOf(name, (await databaseServer()).url);
  const database = await openDatabase({ url, migrations: [...migrations], applicationName: 'test', poolSize: 10 });
  const close = database.close.bind(database);
  return Object.assign(database, {
    url,
    close: async () => {
      await close();
      await administer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  });
}

/** Runs one statement as the administrator of the run's PostgreSQL. */
export async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: (await databaseServer()).url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function addressOf(database: string, serverUrl: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
