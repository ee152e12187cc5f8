import type { Broken, RowEnd } from './campaign.ts';
import type { FaultLine } from './fault.ts';
import type { KeptRow } from './results.ts';

const heading = '## Results';

/** A row for the terminal. */
export function lineOf({ row, trials, missed, events, violations, seconds }: RowEnd): string {
  const verdict = violations === 0 ? 'kept' : `BROKEN ${violations} times`;
  const beside = missed === 0 ? '' : `, ${missed} without anything to strike`;
  return `${verdict}: ${row.name}: ${trials} trials${beside}, ${events} events, ${seconds.toFixed(0)} s`;
}

/** What was broken, and how to see it again. */
export function storyOf({ row, seed, violations, logs }: Broken): string {
  const kinds = [...new Set(violations.map(({ kind }) => kind))].join(', ');
  const first = violations.slice(0, 3).map(({ kind, what }) => `    ${kind}: ${what}`);
  const again = `    again: npm run chaos -- --only '${row}' --seed ${seed} --rounds 1; logs: ${logs}`;
  return [`${row}, seed ${seed}: ${kinds} (${violations.length})`, ...first, again].join('\n');
}

/** The sums under the table; `minutes` is how long it took, with so many stages side by side. */
export function summaryOf(ends: readonly RowEnd[], run: { readonly stages: number; readonly minutes: number }): string {
  const total = (of: (end: RowEnd) => number): number => ends.reduce((sum, end) => sum + of(end), 0);
  const minutes = (total(({ seconds }) => seconds) / 60).toFixed(0);
  const took = `${run.minutes.toFixed(0)} minutes on ${run.stages} stages, ${minutes} one after the other`;
  const trials = total((end) => end.trials);
  const events = total((end) => end.events);
  return `${ends.length} rows, ${trials} trials, ${events} events, ${took}: ${total((end) => end.violations)} violations.`;
}

/** README.md with everything that is kept in place of what stood there. */
export function withResults(
  readme: string,
  faults: readonly FaultLine[],
  kept: Readonly<Record<string, KeptRow>>,
  machine: string,
): string {
  const columns = ['Fault', 'Injection', 'Beside the promises', 'Trials', 'Events', 'Repeats at most', 'Violations'];
  const rows = faults.flatMap(({ name, injection, invariant, trials: { standard } }) => {
    const of = kept[name];
    if (of === undefined) return [[name, injection, invariant, `0 of ${standard}`, 0, '', '']];
    const trials = of.trials < standard ? `${of.trials} of ${standard}` : of.trials;
    return [[name, injection, invariant, trials, of.events, of.mostRepeats, of.violations]];
  });
  const table = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const parts = [heading, keptSummary(Object.values(kept), machine), ...breaches(kept), table];
  return `${readme.split(heading)[0]}${parts.join('\n\n')}\n`;
}

/** Every trial that broke a promise, so that none hides behind a sum; no paragraph when there is none. */
function breaches(kept: Readonly<Record<string, KeptRow>>): string[] {
  const lines = Object.entries(kept).flatMap(([name, { broken }]) =>
    broken.map(({ seed, commit, kinds }) => `- ${name}, seed ${seed}, of ${commit}: ${kinds.join(', ')}`),
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function keptSummary(rows: readonly KeptRow[], machine: string): string {
  const total = (of: (row: KeptRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const days = rows.flatMap((row) => row.days).toSorted();
  const commits = [...new Set(rows.flatMap((row) => row.commits))];
  return (
    `From ${days.at(0)} to ${days.at(-1)}, of ${commits.join(', ')}, on ${machine}: ${total(({ trials }) => trials)} trials, ` +
    `${total(({ events }) => events)} events, ${(total(({ seconds }) => seconds) / 60).toFixed(0)} minutes if played one after the other, ` +
    `${total(({ violations }) => violations)} violations.`
  );
}
