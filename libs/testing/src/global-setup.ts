import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startKafka, startPostgres, startRegistry, type Server } from '@wardline/local-platform';
import { announceServers, serversAddress } from './config.js';

const starters = { postgres: startPostgres, kafka: startKafka, registry: startRegistry };

/** A server that tests can ask for. */
export type ServerName = keyof typeof starters;

/**
 * Vitest's global set-up for every level above unit: a desk at which test files ask for a real server. One of each is
 * started when it is first asked for, shared by the whole run, and stopped with it, failed or not.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (serversAddress() !== undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'wardline-test-'));
  chmodSync(directory, 0o755);
  const started = new Map<ServerName, Promise<Server>>();
  const desk = openDesk(directory, started);
  announceServers(await listen(desk));
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await Promise.allSettled([...started.values()].reverse().map(async (server) => (await server).stop()));
    rmSync(directory, { recursive: true, force: true });
  };
}

function openDesk(directory: string, started: Map<ServerName, Promise<Server>>): HttpServer {
  return createServer((request, response) => {
    const name = (request.url ?? '').slice(1) as ServerName;
    if (!started.has(name)) started.set(name, startFresh(name, directory));
    started.get(name)!.then(
      ({ url, port, pid }) => response.end(JSON.stringify({ url, port, pid })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
}

async function startFresh(name: ServerName, directory: string): Promise<Server> {
  return starters[name]({ directory: join(directory, name), port: await freePort(), durable: false });
}

function listen(desk: HttpServer): Promise<string> {
  return new Promise((resolve, reject) => {
    desk.once('error', reject);
    desk.listen(0, '127.0.0.1', () => {
      const address = desk.address();
      if (address === null || typeof address === 'string') reject(new Error('The desk for test servers has no port'));
      else resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}
