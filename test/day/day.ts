import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../deploy/local/launcher/build.ts';
import type { HospitalDay } from '../../deploy/local/demo/generator/record.ts';
import { readCommand, type DayCommand } from './options.ts';

/* npm run day [-- options]: plays a day of a hospital over every edge and reports how each record ended. */
const ends: (() => Promise<unknown>)[] = [];
let told = Number.NEGATIVE_INFINITY;

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void endAll().finally(() => process.exit(130)));

const command = commandOrEnd();
progress('building');
await build();

// Loaded after the build: they import the libraries as they were built.
const { hospitalDay } = await import('../../deploy/local/demo/generator/hospital-day.ts');
const { playDay } = await import('../../deploy/local/demo/play-day.ts');
const { seedSite } = await import('../../deploy/local/demo/seed-site.ts');
const { startStack } = await import('../bench/own-stack.ts');
const { summaryOf } = await import('../../deploy/local/demo/report/summary.ts');
const { reportText } = await import('../../deploy/local/demo/report/text.ts');

const directory = mkdtempSync(join(tmpdir(), 'wardline-day-'));
ends.push(async () => rmSync(directory, { recursive: true, force: true }));
const grounds = { directory, progress, atEnd: (end: () => Promise<unknown>) => void ends.push(end) };
try {
  const { rate, patience } = command;
  const dayThatEnds = (end: Date): HospitalDay => hospitalDay({ ...command, end });
  const stack = await startStack(grounds, {
    seed: (odoo) => seedSite(odoo, dayThatEnds(new Date())),
    odoo: command.odoo,
  });
  const played = await playDay(stack, {
    ...{ dayThatEnds, patience, progress },
    ...(rate === undefined ? {} : { rate }),
  });
  const summary = summaryOf(played);
  progress('');
  const { books, seconds } = played;
  const all = { seed: command.seed, odoo: command.odoo, clean: command.clean, seconds, ...summary, books };
  process.stdout.write(`${command.json ? JSON.stringify(all, null, 2) : reportText(played, summary)}\n`);
  process.exitCode = summary.objections.length === 0 ? 0 : 1;
} finally {
  await endAll();
}
process.exit();

async function endAll(): Promise<void> {
  for (let last = ends.pop(); last !== undefined; last = ends.pop()) await last().catch(() => undefined);
}

function commandOrEnd(): DayCommand {
  try {
    return readCommand(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return process.exit(2);
  }
}

/** A line that the next one replaces; where there is no terminal, now and then a line with the time in the error output. */
function progress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line}`);
  else if (line !== '' && performance.now() - told > 3_000) {
    told = performance.now();
    process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  }
}
