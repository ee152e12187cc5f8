import { setTimeout as sleep } from 'node:timers/promises';
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

/** Longest time for one statement that asks, in milliseconds; a migration itself may take as long as it takes. */
const usualAnswerWithinMs = 60_000;

/** Pause between two tries for the lock, in milliseconds: one long statement could not be told from a connection that is dead. */
const lockEveryMs = 100;

/**
 * Applies what is pending, one runner at a time: replicas that start together wait for the first. Throws when the database
 * leaves a question unanswered for `answerWithinMs` (its connection may lead nowhere).
 */
export async function runMigrations(
  url: string,
  service: readonly MigrationClass[],
  answerWithinMs = usualAnswerWithinMs,
): Promise<void> {
  const all = [...own, ...service];
  await asking(url, answerWithinMs, async (client) => {
    await lock(client);
    if (await anyPending(client, all)) await apply(url, all);
  });
}

/** Whether the database lacks a migration. Throws as {@link runMigrations} does. */
export async function hasPendingMigrations(
  url: string,
  service: readonly MigrationClass[],
  answerWithinMs = usualAnswerWithinMs,
): Promise<boolean> {
  return asking(url, answerWithinMs, (client) => anyPending(client, [...own, ...service]));
}

async function asking<T>(url: string, answerWithinMs: number, ask: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    ...{ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: answerWithinMs, keepAlive: true },
  });
  client.on('error', () => undefined); // the statement under way, or the next one, fails by it
  await client.connect();
  try {
    return await ask(client);
  } finally {
    // The server closes the connection; one that leads nowhere would never be closed.
    await Promise.race([client.end(), sleep(answerWithinMs, undefined, { ref: false })]);
  }
}

async function lock(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [lockKey]);
    if (rows[0]?.mine === true) return;
    await sleep(lockEveryMs);
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
