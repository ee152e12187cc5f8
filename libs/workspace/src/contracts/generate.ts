import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { catalogueModule, indexModule } from './catalogue-module.ts';
import { readContracts } from './contract-files.ts';
import type { Contracts, SchemaFile } from './contract-files.ts';
import { lintContracts } from './schema-lint.ts';
import { domainModule } from './typescript.ts';

const target = 'libs/event-contracts/src';

/** Every generated file of the contracts by its path from the workspace root. */
export function generatedFiles(contracts: Contracts): ReadonlyMap<string, string> {
  const domains = new Map<string, SchemaFile[]>();
  for (const file of contracts.schemas) domains.set(file.domain, [...(domains.get(file.domain) ?? []), file]);
  return new Map([
    ...[...domains].map(([domain, files]): [string, string] => [
      `${target}/generated/${domain}.ts`,
      domainModule(files),
    ]),
    [`${target}/generated/catalogue.ts`, catalogueModule(contracts)],
    [`${target}/index.ts`, indexModule(domains)],
  ]);
}

/** Files that differ from what the schemas say, or that no schema accounts for. */
export function driftedFiles(root: string, files: ReadonlyMap<string, string>): string[] {
  const drifted = [...files].filter(([path, text]) => {
    const file = join(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  return [...drifted.map(([path]) => path), ...strayFiles(root, files)];
}

function strayFiles(root: string, files: ReadonlyMap<string, string>): string[] {
  const folder = join(root, target, 'generated');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => `${target}/generated/${name}`)
    .filter((path) => !files.has(path));
}

function main(root: string, check: boolean): number {
  const contracts = readContracts(root);
  const faults = lintContracts(contracts);
  if (faults.length > 0) return fail(['The contracts break their rules (DESIGN part 4):', ...faults]);
  const files = generatedFiles(contracts);
  const drifted = driftedFiles(root, files);
  if (!check) return write(root, files);
  if (drifted.length === 0) return 0;
  return fail(['Generated contracts differ from schemas/; run "npm run generate" and commit:', ...drifted]);
}

function write(root: string, files: ReadonlyMap<string, string>): number {
  for (const path of strayFiles(root, files)) rmSync(join(root, path));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return 0;
}

function fail(lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n  ')}\n`);
  return 1;
}

if (import.meta.main) {
  process.exitCode = main(resolve(import.meta.dirname, '../../../..'), process.argv.includes('--check'));
}
