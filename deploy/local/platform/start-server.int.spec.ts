import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inheritedEnvironment } from '../config.ts';
import { freePort } from './port.ts';
import { startServer, type ServerKind } from './start-server.ts';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'wardline-server-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A server whose starts follow a script in turn; it is ready when the file `ready` is there. */
function scripted(...starts: string[]): ServerKind {
  let start = 0;
  return {
    name: 'scripted',
    url: '',
    prepare: async () => undefined,
    command: () => ({
      command: 'sh',
      args: ['-c', starts[start++] ?? 'exit 9'],
      cwd: directory,
      env: inheritedEnvironment(),
    }),
    signature: directory,
    stopSignals: ['SIGTERM'],
    isReady: async () => existsSync(join(directory, 'ready')),
    readyWithinMs: 20_000,
    passes: (log) => log.includes('memory is held'),
  };
}

const mourning = 'i=0; while [ $i -lt 60 ]; do echo "connection $i: the server is gone"; i=$((i+1)); done';
const comesUp = 'touch ready; exec sleep 600';

describe('A server that is started again at once', () => {
  const start = async (...starts: string[]) => startServer(scripted(...starts), { directory, port: await freePort() });

  it('is tried again when what stopped it passes, however much is written to its log after that', async () => {
    const server = await start(`echo "memory is held"; ${mourning}; exit 1`, comesUp);
    expect(server.isRunning()).toBe(true);
    await server.stop();
  });

  it('is given up at once when what stopped it does not pass, whatever stopped it the time before', async () => {
    const logFile = join(directory, 'logs', 'scripted.log');
    await expect(start(`echo "memory is held"; exit 1`, `echo "no such table"; exit 1`, comesUp)).rejects.toThrow(
      `scripted ended while starting. The end of its log, ${logFile}:\nno such table`,
    );
    expect(existsSync(join(directory, 'ready'))).toBe(false);
  });
});
