import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../deploy/local/launcher/build.ts';
import { readOptions, type Options } from './options.ts';
import { asText, loadAverage, machine, withResults, type Answer } from './report.ts';
import type { Scenario } from './scenario.ts';

/*
 * npm run bench [-- <scenario> …] [options]: measures, prints the tables, keeps them in README.md and every figure in
 * results/. The options stand in options.ts.
 */
const scenarios: Readonly<Record<string, () => Promise<Scenario>>> = {
  latency: async () => (await import('./scenarios/latency.ts')).latency,
  memory: async () => (await import('./scenarios/memory.ts')).memory,
  drain: async () => (await import('./scenarios/drain.ts')).drain,
  consume: async () => (await import('./scenarios/consume.ts')).consume,
  'commit-to-topic': async () => (await import('./scenarios/commit-to-topic.ts')).commitToTopic,
  'commit-to-commit': async () => (await import('./scenarios/commit-to-commit.ts')).commitToCommit,
  writers: async () => (await import('./scenarios/writers.ts')).writers,
  'hot-key': async () => (await import('./scenarios/hot-key.ts')).hotKey,
  'held-transaction': async () => (await import('./scenarios/held-transaction.ts')).heldTransaction,
  extremes: async () => (await import('./scenarios/extremes.ts')).extremes,
  'odoo-posting': async () => (await import('./scenarios/odoo-posting.ts')).odooPosting,
  'ledger-history': async () => (await import('./scenarios/ledger-history.ts')).ledgerHistory,
  'scan-intake': async () => (await import('./scenarios/scan-intake.ts')).scanIntake,
  avro: async () => (await import('./scenarios/avro.ts')).avro,
  soak: async () => (await import('./scenarios/soak.ts')).soak,
};
const readme = join(import.meta.dirname, 'README.md');
const results = join(import.meta.dirname, 'results');
const ends: (() => Promise<unknown>)[] = [];

let brokenOff = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    brokenOff = true;
    void endAll().finally(() => process.exit(130));
  });

const options = optionsOrEnd();
const unknown = options.scenarios.filter((name) => !Object.hasOwn(scenarios, name));
if (unknown.length > 0) {
  const known = Object.keys(scenarios).join(', ');
  process.stderr.write(`There is no scenario ${unknown.join(', ')}; there are ${known}.\n`);
  process.exit(2);
}

// Scenarios are loaded after it: the libraries that they measure are imported from their build.
progress('building');
await build();
progress('');

print(`${machine()}, load average before ${loadAverage()}\n`);
const answers: Answer[] = [];
for (const name of options.scenarios.length > 0 ? options.scenarios : Object.keys(scenarios)) {
  const scenario = await scenarios[name]!();
  const answer = { scenario, at: new Date(), load: loadAverage(), measured: await measured(scenario) };
  answers.push(answer);
  print(`${asText(answer)}\n`);
}
if (options.json !== undefined) writeJson(options.json, answers);
if (!options.keep) {
  writeFileSync(readme, withResults(readFileSync(readme, 'utf8'), answers));
  mkdirSync(results, { recursive: true });
  for (const answer of answers) writeJson(join(results, `${answer.scenario.name}.json`), [answer]);
}
process.exit(answers.every((answer) => answer.measured.objections.length === 0) ? 0 : 1);

async function measured(scenario: Scenario): Promise<Answer['measured']> {
  const directory = mkdtempSync(join(tmpdir(), `wardline-bench-${scenario.name}-`));
  ends.push(async () => rmSync(directory, { recursive: true, force: true }));
  try {
    return await scenario.measure({ options, directory, progress, atEnd: (end) => void ends.push(end) });
  } catch (error) {
    // Its servers are being taken away from it: that it fails is no news.
    if (brokenOff) return await new Promise<never>(() => undefined);
    throw error;
  } finally {
    progress('');
    await endAll();
  }
}

async function endAll(): Promise<void> {
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
}

function optionsOrEnd(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return process.exit(2);
  }
}

function writeJson(file: string, of: readonly Answer[]): void {
  writeFileSync(file, `${JSON.stringify({ machine: machine(), answers: of }, null, 2)}\n`);
}

/** A line that the next one replaces; where there is no terminal, a line with the time in the error output. */
function progress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
  else if (line !== '') process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
