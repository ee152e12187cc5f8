import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureDatabases, urlOf } from './databases.store.ts';
import { freePort } from './port.ts';
import { startPostgres } from './postgres.ts';
import { isAlive } from './process-table.ts';
import type { Server } from './server.ts';

let directory: string;
let server: Server | undefined;

beforeEach(() => {
  // As closed as a clone under /root: PostgreSQL must come up there for root, too.
  directory = mkdtempSync(join(tmpdir(), 'wardline-postgres-'));
});
afterEach(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<Server> {
  server = await startPostgres({ directory, port: await freePort() });
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('PostgreSQL on this machine', () => {
  it('keeps what was committed when it is killed', async () => {
    const { url, kill, restart } = await start();
    await query(url, `CREATE TABLE kept AS SELECT 'bandage' AS product`);
    await kill();
    await restart();
    expect(await query(url, 'SELECT product FROM kept')).toEqual([{ product: 'bandage' }]);
  });

  it('takes over from a server that an earlier start left running', async () => {
    const orphan = await start();
    const { url } = await start();
    expect(isAlive(orphan.pid)).toBe(false);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('is not put off by a lock file that names a stranger', async () => {
    const first = await start();
    await first.kill();
    const lock = join(directory, 'data', 'postmaster.pid');
    const [, ...rest] = readFileSync(lock, 'utf8').split('\n');
    writeFileSync(lock, [String(process.pid), ...rest].join('\n'));
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('begins again when its first start was cut off half way', async () => {
    const first = await start();
    await first.stop();
    rmSync(join(directory, 'data', 'PG_VERSION'));
    const { url } = await start();
    expect(existsSync(join(directory, 'data', 'PG_VERSION'))).toBe(true);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('gives a service its own database and role, however often it is asked', async () => {
    const { url } = await start();
    const own = { name: 'inventory_sync', role: 'inventory_sync', password: 'local' };
    await ensureDatabases(url, [own]);
    await ensureDatabases(url, [own]);
    const [row] = await query(urlOf(url, own), `SELECT current_user::text AS who, current_database()::text AS what`);
    expect(row).toEqual({ who: 'inventory_sync', what: 'inventory_sync' });
  });
});
