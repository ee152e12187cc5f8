import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inheritedEnvironment } from '../config.ts';
import { fetchJavaParts, registryJar, requireJava } from './java-parts.mjs';
import { isReady } from './node-service.ts';
import type { Server, ServerOptions } from './server.ts';
import { startServer } from './start-server.ts';

const heap = [
  '-Xms32m',
  '-Xmx192m',
  '-XX:+UseSerialGC',
  '-Xss512k',
  '-XX:TieredStopAtLevel=1',
  '-XX:ReservedCodeCacheSize=48m',
];

/** Starts the Apicurio registry on a file database, so that schema ids outlive it; `url` is the Confluent-compatible API. */
export async function startRegistry(options: ServerOptions): Promise<Server> {
  await Promise.all([requireJava(), fetchJavaParts()]);
  const home = resolve(options.directory);
  const url = `http://127.0.0.1:${options.port}/apis/ccompat/v7`;
  return startServer(
    {
      name: 'registry',
      url,
      prepare: async () => {
        mkdirSync(home, { recursive: true });
      },
      command: () => ({
        command: 'java',
        args: [...heap, ...systemProperties(home, options.port), '-jar', registryJar()],
        cwd: home,
        env: { ...inheritedEnvironment(), MALLOC_ARENA_MAX: '2' },
      }),
      signature: join(home, 'database'),
      stopSignals: ['SIGTERM'],
      isReady: () => isReady(`${url}/subjects`),
      readyWithinMs: 120_000,
      passes: (log) => /Database may be already in use/.test(log),
    },
    options,
  );
}

function systemProperties(home: string, port: number): string[] {
  const settings: Record<string, string | number | boolean> = {
    'java.awt.headless': true,
    'quarkus.http.host': '127.0.0.1',
    'quarkus.http.port': port,
    'quarkus.http.access-log.enabled': false,
    'quarkus.log.console.color': false,
    // Written at each commit: an id that somebody was given must not be given again after a hard kill.
    'quarkus.datasource.jdbc.url': `jdbc:h2:file:${join(home, 'database')};WRITE_DELAY=0`,
    'quarkus.datasource.jdbc.initial-size': 1,
    'quarkus.datasource.jdbc.min-size': 1,
    'quarkus.datasource.jdbc.max-size': 10,
  };
  return Object.entries(settings).map(([name, value]) => `-D${name}=${value}`);
}
