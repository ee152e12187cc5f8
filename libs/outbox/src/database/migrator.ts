import pg from 'pg';
import type { MigrationInterface } from 'typeorm';
import { DeliveryTables } from '../migrations/20261121-1-delivery-tables.js';
import { InterventionTables } from '../migrations/20261121-2-interventions.js';
import { LongKeys } from '../migrations/20261121-3-long-keys.js';
import { RetentionIndexes } from '../migrations/20261122-4-retention.js';
import { Replays } from '../migrations/20261122-5-replays.js';

/** A TypeORM migration with plain SQL; its `name` ends with a timestamp and orders it. */
export type MigrationClass = new () => MigrationInterface & { name: string };

const own: readonly MigrationClass[] = [DeliveryTables, InterventionTables, LongKeys, RetentionIndexes, Replays];

const lockKey = 0x7761_7264; // 'ward'

/** Applies what is pending, one runner at a time: replicas that start together wait for the first. */
export async function runMigrations(url: string, service: readonly MigrationClass[]): Promise<void> {
  const all = [...own, ...service];
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    if (await anyPending(client, all)) await apply(url, all);
  } finally {
    await client.end();
  }
}

/** Whether the database lacks a migration. */
export async function hasPendingMigrations(url: string, service: readonly MigrationClass[]): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await anyPending(client, [...own, ...service]);
  } finally {
    await client.end();
  }
}

async function anyPending(client: pg.Client, all: readonly MigrationClass[]): Promise<boolean> {
  const table = await client.query<{ present: boolean }>(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS present`,
  );
  if (table.rows[0]?.present !== true) return true;
  const done = await client.query<{ name: string }>('SELECT name FROM public.migrations');
  const names = new Set(done.rows.map((row) => row.name));
  return all.some((migration) => !names.has(new migration().name));
}

/** TypeORM is loaded only when there is something to migrate; a settled service does not carry it in memory. */
async function apply(url: string, migrations: readonly MigrationClass[]): Promise<void> {
  const { DataSource } = await import('typeorm');
  const source = new DataSource({ type: 'postgres', url, migrations: [...migrations] });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
  } finally {
    await source.destroy();
  }
}
