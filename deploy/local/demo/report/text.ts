import type { PlayedDay } from '../play-day.ts';
import type { KindRow, Summary } from './summary.ts';

/** How many objections are printed; `--json` has all of them. */
const mostObjections = 40;

/** The report of a day for a person. */
export function reportText({ day, books, seconds }: PlayedDay, summary: Summary): string {
  const { records, kinds, reasons, objections } = summary;
  const rate = Math.round(records / seconds.sending);
  return [
    `A hospital day of ${records} records, seed ${day.seed}${day.isClean ? ', nothing wrong in it' : ''}.`,
    `Sent in ${seconds.sending.toFixed(0)} s (${rate} a second), settled ${seconds.settling.toFixed(0)} s later.`,
    '',
    ...table(columns, [...kinds.map(cells), ...totals(kinds).map(cells)]),
    '',
    'Why, and whose job it is:',
    ...reasons.flatMap(({ edge, end, count, message, remedy, owner }) => [
      `  ${edge}, ${end}: ${count}`,
      `      ${message} ${remedy} (${owner})`,
    ]),
    '',
    `Warnings: ${counted(summary.warnings)}`,
    `Movements in the ledger, opening balances included: ${books.movements}; posted in Odoo ${books.postings.posted}, refused ${books.postings.refused}, under way ${books.postings.pending}`,
    `Ledger against Odoo, to the lot: ${books.differences.length} differences; Odoo against the day itself: ${books.dayDifferences.length}`,
    `Reconciliation: ${books.reconciliation.balances} balances, ${books.reconciliation.equal ? 'all equal' : 'not equal'}, ${books.cases.length} cases`,
    '',
    ...(objections.length === 0 ? ['Everything ended as it had to.'] : [`${objections.length} objections:`]),
    ...objections.slice(0, mostObjections).map((one) => `  ${one}`),
  ].join('\n');
}

const columns = [
  'edge',
  'kind',
  'sent',
  'accepted',
  'of these waited',
  'refused',
  'waiting',
  'repeated',
  'noted',
  'unreadable',
  'unexplained',
];

function cells(row: KindRow): string[] {
  const { edge, kind, sent, accepted, waited, refused, waiting, repeated, noted, unreadable, unexplained } = row;
  return [
    edge,
    kind,
    ...[sent, accepted, waited, refused, waiting, repeated, noted, unreadable, unexplained].map(String),
  ];
}

/** What came of the records of each way in, and of all. */
export function edgeTable(kinds: readonly KindRow[]): string[] {
  const [edge, , ...counts] = columns;
  const rows = totals(kinds).map((row) => cells(row));
  return table(
    [edge!, ...counts],
    rows.map(([name, , ...rest]) => [name!, ...rest]),
    1,
  );
}

function totals(kinds: readonly KindRow[]): KindRow[] {
  const edges = [...new Set(kinds.map(({ edge }) => edge))];
  return [...edges, 'all'].map((edge) => total(edge, kinds));
}

function total(edge: string, rows: readonly KindRow[]): KindRow {
  const own = rows.filter((row) => edge === 'all' || row.edge === edge);
  const sum = (field: Exclude<keyof KindRow, 'edge' | 'kind'>): number => own.reduce((all, row) => all + row[field], 0);
  return {
    ...{ edge, kind: 'together', sent: sum('sent'), accepted: sum('accepted'), waited: sum('waited') },
    ...{ refused: sum('refused'), waiting: sum('waiting'), repeated: sum('repeated'), noted: sum('noted') },
    ...{ unreadable: sum('unreadable'), unexplained: sum('unexplained') },
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[], words = 2): string[] {
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => (index < words ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)];
}

function counted(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts)
    .sort()
    .map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
