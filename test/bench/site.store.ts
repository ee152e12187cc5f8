import pg from 'pg';
import type { ContenderSpec } from './contenders/contender.ts';

/** Runs statements outside any transaction, one after another. */
export async function administer(url: string, statements: readonly string[]): Promise<void> {
  await connected(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

/** A new database with the balances that the writers change; answers its administrator's URL. */
export async function createDatabase(serverUrl: string, name: string, keys: number): Promise<string> {
  await administer(serverUrl, [`CREATE DATABASE ${name}`]);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await connected(url.href, async (client) => {
    await client.query(`CREATE TABLE balance (key text PRIMARY KEY, quantity bigint NOT NULL) WITH (fillfactor = 50)`);
    await client.query(`INSERT INTO balance SELECT 'key-' || n, 0 FROM generate_series(0, $1 - 1) AS n`, [keys]);
  });
  return url.href;
}

/** Drops a database, whoever is connected to it, with its replication slots. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await connected(serverUrl, async (client) => {
    await client.query(
      `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = $1 AND active`,
      [name],
    );
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
    for (let tries = 1; ; tries += 1) {
      try {
        await client.query(`SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE database = $1`, [
          name,
        ]);
        break;
      } catch (error) {
        if (tries === 50) throw error;
        await client.query('SELECT pg_sleep(0.1)');
      }
    }
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
}

/** A backlog of committed events. */
export interface Backlog {
  readonly events: number;
  readonly keys: number;
  readonly payloadBytes: number;
}

/** Ordinals from here on belong to transactions that were rolled back. */
export const neverCommitted = 1_000_000_000;

const perTransaction = 1_000;

/**
 * Adds a backlog with a contender's own insert, in transactions of a thousand; every tenth is preceded by one that is
 * rolled back. Then everything is on disk, and the planner knows the tables.
 */
export async function fill(
  url: string,
  { backlog: insert, roomFor }: Pick<ContenderSpec, 'backlog' | 'roomFor'>,
  topic: string,
  { events, keys, payloadBytes }: Backlog,
): Promise<void> {
  // Those that are rolled back take ids too.
  await administer(url, roomFor?.(Math.ceil(events * 1.1) + perTransaction) ?? []);
  await connected(url, async (client) => {
    const add = (from: number, to: number): Promise<unknown> =>
      client.query({ name: 'fill', text: insert, values: [topic, from, to, keys, payloadBytes] });
    for (let from = 0; from < events; from += perTransaction) {
      const to = Math.min(from + perTransaction, events) - 1;
      if ((from / perTransaction) % 10 === 0) {
        await client.query('BEGIN');
        await add(neverCommitted + from, neverCommitted + to);
        await client.query('ROLLBACK');
      }
      await add(from, to);
    }
    await client.query('ANALYZE');
    await client.query('CHECKPOINT');
  });
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** How often balances were changed. */
export async function soldOf(url: string): Promise<number> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ sold: string }>('SELECT -sum(quantity) AS sold FROM balance');
    return Number(rows[0]!.sold);
  });
}

/** Fills the inbox of ours with events of long ago. */
export async function addToInbox(url: string, rows: number): Promise<void> {
  await connected(url, async (client) => {
    await client.query(`INSERT INTO delivery.inbox (event_id) SELECT gen_random_uuid() FROM generate_series(1, $1)`, [
      rows,
    ]);
    await client.query('VACUUM ANALYZE delivery.inbox');
    await client.query('CHECKPOINT');
  });
}

/** Opens a transaction that has written and now does nothing; answers how to end it. */
export async function holdTransaction(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS held (at timestamptz)');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await client.query('INSERT INTO held VALUES (now())');
  return async () => {
    await client.query('COMMIT');
    await client.end();
  };
}

/** Dead rows of each table of the delivery schema, partitions under the name of their table. */
export async function deadTuples(url: string): Promise<Record<string, number>> {
  return connected(url, async (client) => {
    // Backends tell their counts once a second.
    await client.query('SELECT pg_sleep(2), pg_stat_clear_snapshot()');
    const { rows } = await client.query<{ name: string; dead: string }>(
      `SELECT regexp_replace(relname, '_\\d+$', '') AS name, sum(n_dead_tup) AS dead
         FROM pg_stat_user_tables WHERE schemaname = 'delivery' AND relname ~ '^(outbox|inbox)' GROUP BY 1 ORDER BY 1`,
    );
    return Object.fromEntries(rows.map(({ name, dead }) => [name, Number(dead)]));
  });
}

/** Bytes of the outbox with its partitions and indexes. */
export async function outboxBytes(url: string): Promise<number> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ bytes: string }>(
      `SELECT sum(pg_total_relation_size(relid)) AS bytes FROM pg_partition_tree('delivery.outbox')`,
    );
    return Number(rows[0]!.bytes);
  });
}
