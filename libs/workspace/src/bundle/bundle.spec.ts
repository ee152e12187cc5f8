import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bundledServices, bundleService } from './bundle.ts';

let root: string;

beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'wardline-bundle-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function library(name: string, content: string): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', main: 'index.js' }));
  write(`node_modules/${name}/index.js`, content);
}

const bundle = () => join(root, 'apps/ward/dist/main.bundle.js');
const run = () => execFileSync(process.execPath, [bundle()], { encoding: 'utf8' });

it('a service runs from one file, without the packages that it was built from', async () => {
  library('greeting', 'export const greeting = (whom) => `Guten Tag, ${whom} \\u{1f3e5}`;');
  write('apps/ward/package.json', '{"type":"module"}');
  write('apps/ward/dist/main.js', "import { greeting } from 'greeting'; console.log(greeting('Spital Zürich'));");
  await bundleService(root, 'ward');
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(run()).toBe('Guten Tag, Spital Zürich 🏥\n');
  expect([...readFileSync(bundle())].every((byte) => byte < 128)).toBe(true);
});

it('two classes of one name keep it, since a handler is known by it', async () => {
  write('apps/ward/package.json', '{"type":"module"}');
  write('apps/ward/dist/a.js', 'export class BookUse { handle() { return 1; } }');
  write('apps/ward/dist/b.js', 'export class BookUse { handle() { return 2; } }');
  write(
    'apps/ward/dist/main.js',
    "import { BookUse } from './a.js'; import { BookUse as Other } from './b.js'; for (const one of [new BookUse(), new Other()]) console.log(`${one.constructor.name} ${one.handle()}`);",
  );
  await bundleService(root, 'ward');
  expect(run()).toBe('BookUse 1\nBookUse 2\n');
});

it('an import that leads nowhere is refused by name, but for what Nest does without', async () => {
  library('@nestjs/core', "export const load = () => import('@nestjs/websockets').catch(() => 'none');");
  write('apps/ward/package.json', '{"type":"module"}');
  write('apps/ward/dist/main.js', "import { load } from '@nestjs/core'; console.log(await load());");
  await bundleService(root, 'ward');
  expect(run()).toBe('none\n');
  write('apps/ward/dist/main.js', "import 'mislaid';");
  await expect(bundleService(root, 'ward')).rejects.toThrow(/ward cannot be bundled: .*mislaid/s);
});

it('kafkajs is not imported past the library that replaces parts of it', async () => {
  library('kafkajs', 'export const Kafka = 1;');
  write('apps/ward/package.json', '{"type":"module"}');
  write('apps/ward/dist/main.js', "import { Kafka } from 'kafkajs'; console.log(Kafka);");
  await expect(bundleService(root, 'ward')).rejects.toThrow('ward imports kafkajs');
});

it('what is bundled is every service and the simulator, and not the command line', () => {
  write('apps/ward/package.json', '{"nx":{"tags":["type:service","scope:ward"]}}');
  write('apps/store/package.json', '{"nx":{"tags":["type:simulator"]}}');
  write('apps/desk/package.json', '{"nx":{"tags":["type:command-line"]}}');
  expect(bundledServices(root)).toEqual(['store', 'ward']);
});
