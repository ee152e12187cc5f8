import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually, testDatabase } from '@wardline/testing';
import { config } from './config.js';

/** The Odoo under test. */
export interface Target {
  readonly url: string;
  readonly database: string;
  readonly key: string;
  readonly login: string;
  close(): Promise<void>;
}

const simulator = fileURLToPath(new URL('../../../apps/odoo-simulator/dist/main.js', import.meta.url));

/** The Odoo that the environment names, else a simulator of its own with an empty database. */
export async function startTarget(): Promise<Target> {
  const { ODOO_URL: url, ODOO_DATABASE: database, ODOO_API_KEY: key, ODOO_LOGIN: login } = config();
  if (url !== undefined) return { url, database, key, login, close: () => Promise.resolve() };
  return startSimulator(login);
}

async function startSimulator(login: string): Promise<Target> {
  if (!existsSync(simulator)) throw new Error('The simulator is not built: run `npx tsc -b apps/odoo-simulator` first');
  const database = await testDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    DATABASE_URL: database.url,
    PORT: String(port),
    ODOO_DATABASE: 'wardline',
    ODOO_API_KEY: 'wardline-local',
  };
  const child = spawn(process.execPath, [simulator], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  await eventually(
    async () => {
      if (child.exitCode !== null) throw new Error(`The simulator ended with ${child.exitCode}: ${complaints}`);
      await fetch(`${url}/web/version`);
    },
    { timeoutMs: 30_000 },
  );
  return {
    url,
    database: 'wardline',
    key: 'wardline-local',
    login,
    close: async () => {
      await ended(child);
      await database.close();
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
