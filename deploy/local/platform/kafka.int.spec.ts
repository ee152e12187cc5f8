import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startKafka } from './kafka.ts';
import { listsLiveBroker } from './kafka-wire.ts';
import { freePort } from './port.ts';
import { startRegistry } from './registry.ts';
import type { Server } from './server.ts';

let directory: string;
let server: Server | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wardline-kafka-'));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(directory, { recursive: true, force: true });
});

describe('Kafka on this machine', { timeout: 180_000 }, () => {
  it('comes back on the same storage after it was killed', async () => {
    server = await startKafka({ directory, port: await freePort() });
    await server.kill();
    await server.restart();
    expect(await listsLiveBroker(server.port)).toBe(true);
  });

  it('formats its storage again when that was cut off half way', async () => {
    server = await startKafka({ directory, port: await freePort() });
    await server.kill();
    rmSync(join(directory, 'formatted'));
    rmSync(join(directory, 'data', 'meta.properties'));
    await server.restart();
    expect(await listsLiveBroker(server.port)).toBe(true);
  });

  it('names the setting that moves a taken port', async () => {
    const port = await freePort();
    const stranger = createServer().listen(port, '127.0.0.1');
    await once(stranger, 'listening');
    const starting = startKafka({ directory, port, portSetting: 'WARDLINE_KAFKA_PORT' });
    await expect(starting).rejects.toThrow(`Port ${port} for kafka is taken by another program`);
    await expect(starting).rejects.toThrow('WARDLINE_KAFKA_PORT=<port> npm start');
    stranger.close();
  });
});

describe('the registry on this machine', { timeout: 180_000 }, () => {
  it('gives a schema the same id after it was killed right away', async () => {
    server = await startRegistry({ directory, port: await freePort() });
    const before = await register(server.url);
    await server.kill();
    await server.restart();
    expect(await register(server.url)).toBe(before);
  });
});

async function register(url: string): Promise<number> {
  const schema = JSON.stringify({
    type: 'record',
    name: 'Dose',
    namespace: 'test',
    fields: [{ name: 'n', type: 'int' }],
  });
  const response = await fetch(`${url}/subjects/ward-test.Dose/versions`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema }),
  });
  return ((await response.json()) as { id: number }).id;
}
