import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { supervise } from '../launcher/supervise.ts';
import { isReady, startNodeService, type NodeServiceOptions } from './node-service.ts';
import { freePort } from './port.ts';
import { isAlive } from './process-table.ts';
import type { Server } from './server.ts';

const source = `
import { createServer } from 'node:http';
createServer((request, response) => response.writeHead(request.url === '/ready' ? 200 : 404).end()).listen(process.env.PORT);
if (process.env.STUBBORN) process.on('SIGTERM', () => undefined);
`;

let directory: string;
let main: string;
let service: Server | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'wardline-service-'));
  main = join(directory, 'main.mjs');
  writeFileSync(main, source);
});
afterEach(async () => {
  await service?.stop();
  rmSync(directory, { recursive: true, force: true });
});

type Character = Pick<NodeServiceOptions, 'memory' | 'worksInBatches'>;

async function start(
  settings: Record<string, string> = {},
  character: Character = { memory: 'small' },
): Promise<Server> {
  service = await startNodeService({
    name: 'ward',
    main,
    settings,
    ...character,
    readyPath: '/ready',
    directory,
    port: await freePort(),
  });
  return service;
}

it('starts a crashed service again and says so', async () => {
  const running = await start();
  const lines: string[] = [];
  const stopped = new AbortController();
  const supervision = supervise(running, stopped.signal, (line) => lines.push(line));
  const first = running.pid;
  process.kill(first, 'SIGKILL');
  await eventually(async () => {
    expect(running.pid).not.toBe(first);
    expect(await isReady(`${running.url}/ready`)).toBe(true);
  });
  expect(lines[0]).toContain('ward ended (SIGKILL); starting it again in 0.5 s');
  stopped.abort();
  await supervision;
});

it('leaves neither process nor pid file when a service is stopped', async () => {
  const { pid, stop } = await start();
  await stop();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(join(directory, 'run', 'ward.pid'))).toBe(false);
});

it('ends a service by force when it does not answer', { timeout: 40_000 }, async () => {
  const { pid, stop } = await start({ STUBBORN: 'yes' });
  await stop();
  expect(isAlive(pid)).toBe(false);
});

it('stands back as a process and as a session when it works in batches', async () => {
  const { pid } = await start({}, { memory: 'small', worksInBatches: true });
  expect(getPriority(pid)).toBe(10);
  const group = `/proc/${pid}/autogroup`;
  if (existsSync(group)) expect(readFileSync(group, 'utf8')).toMatch(/nice 10$/m);
});

it.each([
  ['small', '192 1'],
  ['unlimited', 'standard none'],
] as const)('has the memory that it is given: %s', async (memory, expected) => {
  writeFileSync(
    main,
    `import { writeFileSync } from 'node:fs';
     const old = process.execArgv.find((flag) => flag.startsWith('--max-old-space-size='))?.split('=')[1] ?? 'standard';
     writeFileSync(process.env.SEEN, old + ' ' + (process.env.MALLOC_ARENA_MAX ?? 'none'));
     ${source}`,
  );
  const seen = join(directory, 'seen');
  await start({ SEEN: seen }, { memory });
  expect(readFileSync(seen, 'utf8')).toBe(expected);
});

it('ends what an earlier launcher left running before it starts anew', async () => {
  const orphan = await start();
  const { pid } = await start();
  expect(isAlive(orphan.pid)).toBe(false);
  expect(isAlive(pid)).toBe(true);
});
