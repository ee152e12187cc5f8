import type { PlayedDay } from '../play-day.ts';
import type { Standing } from './judge.ts';
import type { Summary } from './summary.ts';
import { edgeTable } from './text.ts';

const widest = 110;
const mostObjections = 5;

/** A day in a short table by the ways in, for the terminal of `npm start`. */
export function shortText({ ends, books, seconds }: PlayedDay, summary: Summary): string[] {
  const { records, objections } = summary;
  const systems = new Set(ends.map(({ record }) => record.sender)).size;
  const settled = `sent in ${seconds.sending.toFixed(0)} s, settled ${seconds.settling.toFixed(0)} s later`;
  const kindsOf = (end: string): string[] => {
    const own = ends.filter(({ actual }) => actual.end === end);
    const kinds = Map.groupBy(own, ({ record }) => record.kind);
    return [...kinds].sort().map(([kind, each]) => (each.length === 1 ? kind : `${kind} ${each.length}`));
  };
  return [
    `${records} records of ${systems} systems, ${settled}:`,
    '',
    ...edgeTable(summary.kinds).map((line) => `  ${line}`),
    '',
    ...inLines('Refused, each with its remedy', kindsOf('refused')),
    ...inLines('Waiting for a named owner', kindsOf('waiting')),
    '',
    ...standingText(books),
    row('Odoo against the day itself, to the lot', books.dayDifferences.length, 'differences'),
    '',
    ...(objections.length === 0
      ? ['Every record ended as it had to.']
      : [`${objections.length} objections:`, ...objections.slice(0, mostObjections).map((one) => `  ${one}`)]),
  ];
}

/** How ledger, Odoo and reconciliation stand, one line each. */
export function standingText({ movements, postings, parked, differences, reconciliation, cases }: Standing): string[] {
  const all = Object.values(parked).reduce((sum, count) => sum + count, 0);
  const where = Object.entries(parked).map(([service, count]) => `${service} ${count}`);
  return [
    row('Movements in the ledger, opening included', movements, ''),
    row('Posted in Odoo', postings.posted, `(refused ${postings.refused}, under way ${postings.pending})`),
    row('Parked messages', all, where.length === 0 ? '' : `(${where.join(', ')})`),
    row('Ledger against Odoo, to the lot', differences.length, 'differences'),
    ...differences
      .slice(0, mostObjections)
      .map(
        ({ location, product, lot, ledger, odoo }) =>
          `    ${location} ${product} ${lot}: ledger ${ledger}, Odoo ${odoo}`,
      ),
    row('Balances that reconciliation watches', reconciliation.balances, `(${cases.length} cases)`),
  ];
}

function row(what: string, count: number, more: string): string {
  return `  ${what.padEnd(44)}  ${String(count).padStart(6)} ${more}`.trimEnd();
}

function inLines(title: string, parts: readonly string[]): string[] {
  if (parts.length === 0) return [];
  const lines: string[] = [];
  for (const [index, part] of parts.entries()) {
    const word = index === parts.length - 1 ? part : `${part},`;
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < widest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return [`  ${title}:`, ...lines.map((line) => `    ${line}`)];
}
