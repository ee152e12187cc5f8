import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { build } from '../../deploy/local/launcher/build.ts';
import { machine } from '../bench/report.ts';
import type { RowEnd } from './campaign.ts';
import type { FaultRow } from './fault.ts';
import { lineOf, storyOf, summaryOf, withResults } from './report.ts';
import { playedCommit, Results, withLateFinding, withTrial } from './results.ts';
import { upTo } from './trial-numbers.ts';

/*
 * npm run chaos [-- --only <part of a row's name>] [--from <same>] [--seed <n>] [--rounds <n>] [--full] [--stages <n>] [--json] [--write [--missing]] [--mutation <name>]
 *
 * Plays every row of the fault matrix, the standard number of trials each (`--full`: the large number; `--rounds`: that
 * many), so many side by side as `--stages` says. The first trial of a row has the seed, each further one the next.
 * `--write` keeps every trial in results.json and the table in README.md, `--missing` plays only the trials that are not
 * kept there yet, of the rows with the fewest first; `--json` prints everything as JSON instead of lines. Exit code 1 when
 * a promise was broken.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    from: { type: 'string' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string' },
    stages: { type: 'string', default: '3' },
    full: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    missing: { type: 'boolean', default: false },
    mutation: { type: 'string' },
  },
});
const seed = wholeNumber('seed', values.seed);
const rounds = values.rounds === undefined ? undefined : wholeNumber('rounds', values.rounds);
const stages = wholeNumber('stages', values.stages);
if (stages === 0) refuse('--stages 0 plays nothing; at least one stage is needed.');

// The libraries are imported from their build, so the rest is loaded after it.
progress('building');
await build();
const { allRounds, Campaign } = await import('./campaign.ts');
const { faults } = await import('./faults.ts');
const { mutations } = await import('./mutations.ts');
progress('');

const first = faults.findIndex(({ name }) => name.includes(values.from ?? ''));
const rows = faults.slice(Math.max(first, 0)).filter(({ name }) => name.includes(values.only ?? ''));
if (first < 0 || rows.length === 0)
  refuse(`There is no row "${values.only ?? values.from}"; there are:\n${names(faults)}`);
if (values.mutation !== undefined && !mutations.some(({ name }) => name === values.mutation))
  refuse(`There is no mutation "${values.mutation}"; there are:\n${names(mutations)}`);

const results = new Results(join(import.meta.dirname, 'results.json'));
const commit = playedCommit();
const began = performance.now();
let told = 0;
/** Set by a signal: resolves never, the process ends with it. */
const interrupt: { over?: Promise<void> } = {};
const day = new Date().toISOString().slice(0, 10);
/** Rows whose trials of an earlier run count no more. */
const begun = new Set<string>();
const campaign = new Campaign({
  rows: values.missing ? rows.toSorted((one, other) => keptOf(one) - keptOf(other)) : rows,
  trialsOf: ({ name, trials }) => {
    const played = values.missing ? results.played(name) : new Set<number>();
    return upTo(rounds ?? (values.full ? trials.full : trials.standard)).filter((number) => !played.has(number));
  },
  onTrial: ({ name }, trial, played) => {
    // What an interrupt has torn down says nothing.
    if (interrupt.over !== undefined) return;
    if (campaign.broken.length > told) progress('');
    if (!values.json) for (const broken of campaign.broken.slice(told)) print(storyOf(broken));
    told = campaign.broken.length;
    if (!values.write) return;
    const goesOn = values.missing || begun.has(name);
    begun.add(name);
    results.keep(name, (kept) => withTrial(goesOn ? kept : undefined, played, { trial, day, commit }));
  },
  seed,
  stages,
  mutation: values.mutation ?? null,
  progress,
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    interrupt.over = campaign.close().finally(() => process.exit(130));
  });

const ends: RowEnd[] = [];
for await (const end of campaign.play()) {
  await interrupt.over;
  ends.push(end);
  progress('');
  if (values.write) await writeTable();
  if (!values.json && end.trials > 0) print(lineOf(end));
}
await interrupt.over;
await campaign.close();
await keepLateFindings();
const minutes = (performance.now() - began) / 60_000;
if (values.json)
  print(JSON.stringify({ machine: machine(), seed, stages, minutes, ends, broken: campaign.broken }, null, 2));
else
  for (const text of [...campaign.broken.slice(told).map(storyOf), summaryOf(ends, { stages, minutes })]) print(text);
process.exit(campaign.broken.length === 0 ? 0 : 1);

/** They belong to no row of the table, and stand above it. */
async function keepLateFindings(): Promise<void> {
  const late = campaign.broken.filter(({ row }) => row === allRounds);
  if (!values.write || late.length === 0) return;
  for (const found of late) results.keep(allRounds, (kept) => withLateFinding(kept, found, { trial: 0, day, commit }));
  await writeTable();
}

async function writeTable(): Promise<void> {
  const file = join(import.meta.dirname, 'README.md');
  const text = withResults(readFileSync(file, 'utf8'), faults, results.rows(), machine());
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return refuse(`--${name} ${text} is not a whole number.`);
}

function keptOf({ name }: FaultRow): number {
  return results.played(name).size;
}

function names(known: readonly { readonly name: string }[]): string {
  return known.map(({ name }) => `  ${name}`).join('\n');
}

function refuse(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

/** A line that the next one replaces; on a terminal only. */
function progress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
