import { connect, createServer, type Server, type Socket } from 'node:net';
import { eventually, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasPendingMigrations, runMigrations } from './migrator.js';

const lockKey = 0x7761_7264;

/** Runners that have been asking for the lock for three times as long as one statement may take here. */
const runnersWaiting = `
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND query LIKE '%pg_try_advisory_lock%' AND clock_timestamp() - backend_start > interval '900 ms'`;

let database: TestDatabase;
const closing: (() => void)[] = [];

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await database.close();
});

/** A way to the database that swallows the statement with this text and everything after it, without a word. */
async function swallowing(text: string): Promise<string> {
  const url = new URL(database.url);
  const [port, host] = [Number(url.port), url.hostname];
  const sockets: Socket[] = [];
  const server: Server = createServer((client) => {
    const postgres = connect(port, host);
    let isOpen = true;
    client.on('data', (data) => {
      isOpen &&= !data.toString('latin1').includes(text);
      if (isOpen) postgres.write(data);
    });
    postgres.on('data', (data) => void (isOpen && client.write(data)));
    for (const socket of [client, postgres]) socket.on('error', () => undefined);
    sockets.push(client, postgres);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  url.port = String((server.address() as { port: number }).port);
  return url.href;
}

describe('bringing a database up to date', () => {
  it('ends with an error when its connection leads nowhere, so that whoever starts the service can try again', async () => {
    await expect(runMigrations(await swallowing('advisory'), [], 300)).rejects.toThrow('timeout');
    await expect(hasPendingMigrations(await swallowing('regclass'), [], 300)).rejects.toThrow('timeout');
  });

  it('ends although the server never hears its goodbye', async () => {
    expect(await hasPendingMigrations(await swallowing('X\u0000\u0000\u0000\u0004'), [], 300)).toBe(false);
  });

  it('waits for another runner for longer than one statement may take', async () => {
    const waited: string[] = [];
    const other = database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
      waited.push('locked');
      await eventually(async () => expect(await database.query(runnersWaiting)).toHaveLength(1));
      waited.push('released');
    });
    await eventually(() => expect(waited).toEqual(['locked']));
    await runMigrations(database.url, [], 300);
    waited.push('up to date');
    await other;
    expect(waited).toEqual(['locked', 'released', 'up to date']);
  });
});
