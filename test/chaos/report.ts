import type { Broken, RowEnd } from './campaign.ts';

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

/** README.md with the results of this run in place of the last one's. */
export function withResults(readme: string, ends: readonly RowEnd[], of: { seed: number; machine: string }): string {
  const columns = ['Fault', 'Injection', 'Beside the promises', 'Trials', 'Events', 'Repeats at most', 'Violations'];
  const rows = ends.map(({ row, trials, events, mostRepeats, violations }) =>
    [row.name, row.injection, row.invariant, trials, events, mostRepeats, violations].map(String),
  );
  const table = [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const when = `Of ${new Date().toISOString().slice(0, 10)}, first seed ${of.seed}, on ${of.machine}. ${summaryOf(ends)}`;
  return `${readme.split(heading)[0]}${heading}\n\n${when}\n\n${table}\n`;
}
