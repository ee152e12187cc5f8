import type { PlayedDay } from '../play-day.ts';
import type { Books } from './judge.ts';
import { wordsOf, type EndedRecord } from './ends.ts';
import type { End } from '../generator/record.ts';

/** What became of the records of one kind at one edge. */
export interface KindRow {
  readonly edge: string;
  readonly kind: string;
  readonly sent: number;
  readonly accepted: number;
  readonly waited: number;
  readonly refused: number;
  readonly waiting: number;
  readonly repeated: number;
  readonly noted: number;
  readonly unreadable: number;
  readonly unexplained: number;
}

/** Everything that was refused, or waits, for one reason: with an example of the words that its sender was told. */
export interface ReasonRow {
  readonly edge: string;
  readonly end: string;
  readonly count: number;
  readonly message: string;
  readonly remedy: string;
  readonly owner: string;
}

/** A day in figures. */
export interface Summary {
  readonly records: number;
  readonly kinds: readonly KindRow[];
  readonly reasons: readonly ReasonRow[];
  readonly warnings: Readonly<Record<string, number>>;
  readonly objections: readonly string[];
}

/** Adds a played day up; `objections` names everything that is not as it has to be. */
export function summaryOf({ ends, books, broken }: PlayedDay): Summary {
  const warnings: Record<string, number> = {};
  for (const warning of ends.flatMap(({ actual }) => actual.warnings)) warnings[warning] = (warnings[warning] ?? 0) + 1;
  return {
    records: ends.length,
    kinds: kindRows(ends),
    reasons: reasonRows(ends),
    warnings,
    objections: [...broken, ...ends.flatMap(objectionsOf), ...objectionsTo(books)],
  };
}

function kindRows(ends: readonly EndedRecord[]): KindRow[] {
  const groups = Map.groupBy(ends, ({ record }) => `${record.edge}\n${record.kind}`);
  return [...groups].sort().map(([name, own]) => {
    const [edge = '', kind = ''] = name.split('\n');
    const count = (end: string): number => own.filter(({ actual }) => actual.end === end).length;
    const [accepted, refused, waiting] = [count('accepted'), count('refused'), count('waiting')];
    const waited = own.filter(({ actual }) => actual.end === 'accepted' && actual.waited).length;
    return {
      ...{ edge, kind, sent: own.length, accepted, waited, refused, waiting, repeated: count('repeated') },
      ...{ noted: count('noted'), unreadable: count('unreadable'), unexplained: count('unexplained') },
    };
  });
}

function reasonRows(ends: readonly EndedRecord[]): ReasonRow[] {
  const told = ends.filter(({ actual }) => ['refused', 'waiting', 'unexplained'].includes(actual.end));
  const groups = Map.groupBy(told, ({ record, actual }) => `${record.edge}\n${wordsOf(actual as End)}`);
  return [...groups].sort().map(([name, own]) => {
    const [edge = '', end = ''] = name.split('\n');
    const { message, remedy, owner } = own[0]!.actual;
    return { edge, end, count: own.length, message, remedy, owner };
  });
}

function objectionsOf({ record, objections }: EndedRecord): string[] {
  const { edge, sender, id, kind, what, product, place } = record;
  return objections.map((words) => `${edge} ${sender} ${id} (${kind}: ${what} ${product.value} at ${place}): ${words}`);
}

function objectionsTo(books: Books): string[] {
  const { postings, reconciliation: compared } = books;
  const of = (count: number, what: string): string[] => (count === 0 ? [] : [`${count} ${what}`]);
  return [
    ...(books.consistent ? [] : ['the balances of the ledger are not the sum of its movements']),
    ...of(postings.refused, 'movements that Odoo refused'),
    ...of(postings.pending, 'movements that are not in Odoo yet'),
    ...of(compared.differences, 'differences by reconciliation'),
    ...of(compared.inFlight, 'movements in flight by reconciliation'),
    ...books.differences.map(
      ({ location, product, lot, ledger, odoo }) => `${location} ${product} ${lot}: ledger ${ledger}, Odoo ${odoo}`,
    ),
    ...books.dayDifferences.map(({ shelf, day, odoo }) => `${shelf}: changed by ${odoo} in Odoo, by ${day} in the day`),
    ...books.cases.map(
      ({ difference, place: { location, productCode, lot }, owner }) =>
        `case ${difference} at ${location} of ${productCode} ${lot}, for ${owner}`,
    ),
  ];
}
