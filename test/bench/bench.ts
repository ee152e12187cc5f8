import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../../deploy/local/launcher/build.ts';
import { asText, loadAverage, machine, withResults, type Answer } from './report.ts';
import type { Scenario } from './scenario.ts';

/*
 * npm run bench [-- <scenario> …] [--json <file>] [--keep]: measures, prints the tables and keeps them in README.md
 * (`--keep`: leaves it as it is).
 */
const scenarios: Readonly<Record<string, () => Promise<Scenario>>> = {
  latency: async () => (await import('./scenarios/latency.ts')).latency,
  memory: async () => (await import('./scenarios/memory.ts')).memory,
  drain: async () => (await import('./scenarios/drain.ts')).drain,
};
const readme = join(import.meta.dirname, 'README.md');
const ends: (() => Promise<unknown>)[] = [];

let brokenOff = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    brokenOff = true;
    void endAll().finally(() => process.exit(130));
  });

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' }, keep: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(scenarios, name));
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
for (const name of positionals.length > 0 ? positionals : Object.keys(scenarios)) {
  const scenario = await scenarios[name]!();
  const answer = { scenario, at: new Date(), load: loadAverage(), measured: await measured(scenario) };
  answers.push(answer);
  print(`${asText(answer)}\n`);
}
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify({ machine: machine(), answers }, null, 2)}\n`);
if (!values.keep) writeFileSync(readme, withResults(readFileSync(readme, 'utf8'), answers));
process.exit(answers.every((answer) => answer.measured.objections.length === 0) ? 0 : 1);

async function measured(scenario: Scenario): Promise<Answer['measured']> {
  const directory = mkdtempSync(join(tmpdir(), `wardline-bench-${scenario.name}-`));
  ends.push(async () => rmSync(directory, { recursive: true, force: true }));
  try {
    return await scenario.measure({ directory, progress, atEnd: (end) => void ends.push(end) });
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

/** A line that the next one replaces; on a terminal only. */
function progress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
