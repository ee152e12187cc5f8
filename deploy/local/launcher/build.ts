import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository, serviceNames } from '../config.ts';
import { mainOf } from './parts.ts';
import { OperatorError } from '../platform/operator-error.mjs';

const sources = [
  '{libs,apps}/*/{src/**/*,tsconfig.json,package.json}',
  'deploy/local/**/*.{ts,mjs}',
  'tsconfig*.json',
  'package-lock.json',
];
const excluded = (path: string) => /(?:^|\/)(?:node_modules|dist|target|\.wardline)$/.test(path);

/**
 * Brings the build of all projects up to date, and the one file that is run of each service; a glance at the files' times
 * is enough when nothing has changed.
 *
 * @throws OperatorError with what the compiler says first
 */
export async function build(): Promise<void> {
  const stampFile = join(repository, 'node_modules', '.cache', 'wardline', 'build');
  const before = stampOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === before && allBuilt()) return;
  rmSync(stampFile, { force: true });
  await run('node_modules/typescript/bin/tsc', '-b');
  await run('libs/workspace/src/bundle/bundle.ts');
  mkdirSync(join(stampFile, '..'), { recursive: true });
  writeFileSync(stampFile, before);
}

async function run(script: string, ...args: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [join(repository, script), ...args], { cwd: repository }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      const said = firstLines(error.stdout || error.stderr || error.message);
      throw new OperatorError(`The build failed; run "node ${script} ${args.join(' ')}" for all of it:\n${said}`);
    },
  );
}

function stampOfSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: repository, exclude: excluded }).sort()) {
    const { mtimeMs, size } = statSync(join(repository, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function allBuilt(): boolean {
  const { references } = JSON.parse(readFileSync(join(repository, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[];
  };
  return (
    references.every(({ path }) => existsSync(join(repository, path, 'dist'))) &&
    [...serviceNames, 'odoo-simulator'].every((service) => existsSync(mainOf(service)))
  );
}

function firstLines(text: string): string {
  return text.trim().split('\n').slice(0, 10).join('\n');
}
