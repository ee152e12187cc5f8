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

/** The sums under the table. */
export function summaryOf(ends: readonly RowEnd[]): string {
  const total = (of: (end: RowEnd) => number): number => ends.reduce((sum, end) => sum + of(end), 0);
  const minutes = (total(({ seconds }) => seconds) / 60).toFixed(0);
  const trials = total((end) => end.trials);
  const events = total((end) => end.events);
  return `${ends.length} rows, ${trials} trials, ${events} events, ${minutes} minutes: ${total((end) => end.violations)} violations.`;
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
  return `${readme.split(heading)[0]}${heading}\n\n${keptSummary(Object.values(kept), machine)}\n\n${table}\n`;
}

function keptSummary(rows: readonly KeptRow[], machine: string): string {
  const total = (of: (row: KeptRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const days = rows.flatMap((row) => row.days).toSorted();
  const commits = [...new Set(rows.flatMap((row) => row.commits))];
  return (
    `From ${days.at(0)} to ${days.at(-1)}, of ${commits.join(', ')}, on ${machine}: ${total(({ trials }) => trials)} trials, ` +
    `${total(({ events }) => events)} events, ${(total(({ seconds }) => seconds) / 60).toFixed(0)} minutes, ` +
    `${total(({ violations }) => violations)} violations.`
  );
}
