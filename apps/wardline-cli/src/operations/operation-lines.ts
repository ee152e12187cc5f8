import { shortName } from '../records/shown-record.js';
import { table } from '../terminal/columns.js';
import { progressText, type Effect, type Operation, type OperationItem } from './operation.js';

/** An operation that was asked for at one service, with the messages that are to be told. */
export interface OperationReport {
  readonly service: string;
  readonly operation: Operation;
  readonly items: readonly OperationItem[];
}

/** What became of an operation, for a person. */
export function reportLines({ service, operation, items }: OperationReport): string[] {
  const head = `${service}: ${progressText(operation)}  ${operation.state}  operation ${operation.operationId}`;
  return [head, ...indented(reasonLines(items)), ...(operation.dryRun ? indented(effectLines(items)) : [])];
}

interface Reason {
  readonly outcome: string;
  readonly code: string;
  readonly message: string;
  readonly example: string;
  count: number;
}

/** The reasons why messages failed or were skipped, each once with how often and one message of it. */
export function reasonLines(items: readonly OperationItem[]): string[] {
  const reasons = new Map<string, Reason>();
  for (const { outcome, reason, exceptionId } of items) {
    if (reason === null) continue;
    const known = reasons.get(`${outcome}/${reason.code}`) ?? { ...reason, outcome, example: exceptionId, count: 0 };
    known.count += 1;
    reasons.set(`${outcome}/${reason.code}`, known);
  }
  return table<Reason>(
    [
      { title: 'count', value: ({ count }) => String(count), align: 'right' },
      { title: 'outcome', value: ({ outcome }) => outcome },
      { title: 'code', value: ({ code }) => code },
      { title: 'for example', value: ({ example }) => example },
      { title: 'why', value: ({ message }) => message },
    ],
    [...reasons.values()].sort((a, b) => b.count - a.count),
  );
}

/** What a dry run would change, added up. */
export function effectLines(items: readonly OperationItem[]): string[] {
  const effects = items.map(({ effect }) => effect).filter((effect): effect is Effect => effect !== null);
  const events = new Map<string, number>();
  const rows = new Map<string, { table: string; inserted: number; updated: number; deleted: number }>();
  for (const effect of effects) {
    for (const { topic, recordType } of effect.events) {
      const name = `${shortName(recordType)} to ${topic}`;
      events.set(name, (events.get(name) ?? 0) + 1);
    }
    for (const row of effect.rows) {
      const sum = rows.get(row.table) ?? { table: row.table, inserted: 0, updated: 0, deleted: 0 };
      sum.inserted += row.inserted;
      sum.updated += row.updated;
      sum.deleted += row.deleted;
      rows.set(row.table, sum);
    }
  }
  const releases = effects.reduce((sum, effect) => sum + effect.releases, 0);
  return [
    ...[...events].map(([name, count]) => `would publish ${count} ${name}`),
    ...[...rows.values()].map(
      (row) => `would change ${row.table}: ${row.inserted} inserted, ${row.updated} updated, ${row.deleted} deleted`,
    ),
    ...(releases > 0 ? [`${releases} messages that wait behind would follow`] : []),
  ];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
