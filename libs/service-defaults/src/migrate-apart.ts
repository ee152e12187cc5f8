import { fork } from 'node:child_process';
import { once } from 'node:events';
import { hasPendingMigrations, runMigrations, type MigrationClass } from '@wardline/outbox';

/** `node main.js migrate` brings the database up to date and ends. */
const command = 'migrate';

/** Whether this process was started for the migrations alone. */
export function isForMigrationsOnly(): boolean {
  return process.argv[2] === command;
}

/** Applies what is pending and ends this process; also when the service that started it is gone. */
export async function migrateAndEnd(url: string, migrations: readonly MigrationClass[]): Promise<never> {
  process.once('disconnect', () => process.exit(1));
  await runMigrations(url, migrations);
  process.exit(0);
}

/**
 * Has pending migrations applied by a process of its own: TypeORM, which only they need, takes 20 MB that a service would
 * never give back. Throws when that process could not do it; it has logged why.
 */
export async function migrateApart(url: string, migrations: readonly MigrationClass[]): Promise<void> {
  if (!(await hasPendingMigrations(url, migrations))) return;
  const [code] = (await once(fork(process.argv[1]!, [command]), 'exit')) as [number | null];
  if (code !== 0) throw new Error(`its migrations were not applied (exit code ${code}; the lines above say why)`);
}
