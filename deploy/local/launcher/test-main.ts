import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { inheritedEnvironment, repository } from '../config.ts';

/*
 * `npm test`: everything that proves the project, on this machine alone. The contract suite against a real Odoo is
 * not part of it (npm run test:odoo).
 */
type Step = readonly [title: string, script: string, args: readonly string[]];

/** One stage after another; the steps of a stage run side by side. */
const stages: readonly (readonly Step[])[] = [
  [['Build', 'deploy/local/launcher/build-main.ts', []]],
  // Lint reads who imports whom from Nx, which has to have looked once.
  [['Project graph', 'node_modules/nx/dist/bin/nx.js', ['show', 'projects']]],
  [
    ['Lint', 'node_modules/eslint/bin/eslint.js', ['.']],
    ['Format', 'node_modules/prettier/bin/prettier.cjs', ['--log-level', 'warn', '--check', '.']],
    ['Types', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.test.json']],
    ['Contracts: generated code', 'libs/workspace/src/contracts/generate.ts', ['--check']],
    ['Contracts: compatibility', 'libs/workspace/src/contracts/compatibility.ts', []],
  ],
  [['Tests', 'node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)]]],
];

for (const stage of stages) {
  const codes = await Promise.all(stage.map(runStep));
  const failed = codes.find((code) => code !== 0);
  if (failed !== undefined) process.exit(failed);
}
process.stdout.write('\nAll passed.\n');

async function runStep([title, script, args]: Step): Promise<number> {
  const since = performance.now();
  process.stdout.write(`\n${title}\n`);
  const code = await run(join(repository, script), args);
  const took = `${((performance.now() - since) / 1000).toFixed(1)} s`;
  if (code === 0) process.stdout.write(`${title}: passed in ${took}\n`);
  else process.stderr.write(`${title} failed after ${took}.\n`);
  return code;
}

function run(script: string, args: readonly string[]): Promise<number> {
  // The project's Node and tools come first for whatever a step starts itself.
  const path = [dirname(process.execPath), join(repository, 'node_modules', '.bin'), inheritedEnvironment()['PATH']];
  const env = { ...inheritedEnvironment(), PATH: path.join(delimiter) };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { cwd: repository, stdio: 'inherit', env });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
