import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DayStack } from './day-stack.ts';
import { demoState, saveDemoState } from './demo-state.ts';
import { hospitalDay } from './generator/hospital-day.ts';
import { edges, type HospitalDay } from './generator/record.ts';
import { playDay } from './play-day.ts';
import { readStanding } from './report/judge.ts';
import { shortText, standingText } from './report/short-text.ts';
import { summaryOf } from './report/summary.ts';
import { reportText } from './report/text.ts';
import { seedSite } from './seed-site.ts';

/** What the demo day needs of a running Wardline. */
export interface DemoOptions extends DayStack {
  /** Folder for what it remembers between starts. */
  readonly stateDirectory: string;
  /** Prints one line. */
  readonly say: (line: string) => void;
}

const standard = { seed: 7, records: 500 };

/** Puts the demo hospital into Odoo. To be done before the services start, so that the ledger opens with its shelves. */
export async function prepareDemoDay({
  odoo,
  stateDirectory,
  mllpPort,
}: Pick<DemoOptions, 'odoo' | 'stateDirectory' | 'mllpPort'>): Promise<void> {
  const state = demoState(stateDirectory, standard.seed);
  if (state.begun === undefined && state.report === undefined)
    await seedSite(odoo, dayOf(state.seed, mllpPort)(new Date()));
  saveDemoState(stateDirectory, state);
}

/**
 * Plays a day of the hospital over every way in, waits until each record has come to its end, and tells how it went;
 * answers whether that is how it had to go. A day that was played is not played again.
 */
export async function playDemoDay({ stateDirectory, say, ...stack }: DemoOptions): Promise<boolean> {
  const state = demoState(stateDirectory, standard.seed);
  if (state.report !== undefined) return tellStanding(state.report, stack, say);
  const played = await playDay(stack, {
    dayThatEnds: dayOf(state.seed, stack.mllpPort),
    begun: state.begun,
    onBegin: (begun) => saveDemoState(stateDirectory, { ...state, begun }),
    progress,
  });
  const summary = summaryOf(played);
  const report = shortText(played, summary);
  const whole = join(stateDirectory, 'demo', 'report.txt');
  writeFileSync(whole, `${reportText(played, summary)}\n`);
  saveDemoState(stateDirectory, { seed: state.seed, begun: undefined, report });
  progress('');
  for (const line of ['The demo day is over.', ...report, `Each refusal in its own words: ${whole}`]) say(line);
  return summary.objections.length === 0;
}

async function tellStanding(report: readonly string[], stack: DayStack, say: DemoOptions['say']): Promise<boolean> {
  const standing = await readStanding(stack);
  say('The demo day was played before (npm start -- --reset plays it anew). It came out like this:');
  for (const line of [...report, '', 'This is how it stands now:', ...standingText(standing)]) say(line);
  return standing.consistent && standing.differences.length === 0;
}

/** Without a port for HL7 v2, nobody speaks it. */
function dayOf(seed: number, mllpPort: number): (end: Date) => HospitalDay {
  const spoken = edges.filter((edge) => edge !== 'hl7' || mllpPort !== 0);
  return (end) => hospitalDay({ seed, end, records: standard.records, edges: spoken });
}

/** A line that the next one replaces; on a terminal only. */
function progress(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${line === '' ? '' : `  ${line}`}`);
}
