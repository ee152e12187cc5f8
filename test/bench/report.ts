import { cpus, release, totalmem } from 'node:os';
import { readFileSync } from 'node:fs';
import type { Measured, Scenario, Table } from './scenario.ts';

/** A scenario's answer of one run. */
export interface Answer {
  readonly scenario: Pick<Scenario, 'name' | 'question'>;
  /** When it was measured. */
  readonly at: Date;
  /** Load average before it began. */
  readonly load: string;
  readonly measured: Measured;
}

/** The machine and the software of the run, in a line. */
export function machine(): string {
  const memory = `${(totalmem() / 1024 ** 3).toFixed(0)} GB of memory`;
  const model = cpus()[0]?.model.trim();
  const named = model === undefined || /unknown/i.test(model) ? '' : ` (${model})`;
  return `${cpus().length} cores${named}, ${memory}, Linux ${release()}, Node ${process.versions.node}`;
}

/** How busy the machine has been with anything else: figures of a busy one are worth little. */
export function loadAverage(): string {
  return readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ');
}

/** For the terminal: tables in columns. */
export function asText({ scenario, measured }: Answer): string {
  const tables = measured.tables.map((table) => `${table.title}\n${columns(table)}`);
  const objections = measured.objections.map((objection) => `DOES NOT COUNT: ${objection}`);
  return [`${scenario.name}: ${scenario.question}`, ...tables, ...objections, ...measured.notes].join('\n\n');
}

/** For README.md. */
export function asMarkdown({ scenario, at, load, measured }: Answer): string {
  const tables = measured.tables.flatMap(({ title, columns: heads, rows }) => [
    `${title}:`,
    [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  ]);
  const when = `Measured on ${at.toISOString().slice(0, 10)} on ${machine()}, load average before ${load}.`;
  const objections = measured.objections.map((objection) => `Does not count: ${objection}.`);
  return [
    `### ${scenario.name}`,
    scenario.question,
    ...tables,
    ...objections,
    [when, ...measured.notes].join(' '),
  ].join('\n\n');
}

/**
 * Puts answers between the marks of README.md, each at the place of the last one of its scenario: a run of one
 * scenario leaves the others as they are.
 */
export function withResults(readme: string, answers: readonly Answer[]): string {
  const [head = '', rest = ''] = readme.split(marks.begin);
  const [results = '', tail = ''] = rest.split(marks.end);
  const kept = new Map(
    results
      .split(/^(?=### )/m)
      .filter((section) => section.startsWith('### '))
      .map((section) => [section.slice(4, section.indexOf('\n')), section.trim()]),
  );
  for (const answer of answers) kept.set(answer.scenario.name, asMarkdown(answer));
  return `${head}${marks.begin}\n\n${[...kept.values()].join('\n\n')}\n\n${marks.end}${tail}`;
}

const marks = { begin: '<!-- results: begin -->', end: '<!-- results: end -->' } as const;

function columns({ columns: heads, rows }: Table): string {
  const lines = [heads, ...rows];
  const widths = heads.map((_, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)));
  const padded = (cell: string, index: number): string =>
    index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0);
  return lines.map((line) => `  ${line.map(padded).join('  ')}`).join('\n');
}
