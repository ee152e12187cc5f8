import type { OffsetRange } from '@wardline/kafka';
import { table } from '../terminal/columns.js';

/** What came of a range at its consumer; the counts but `events` and `read` add up to `read`. */
export interface ReplayReport {
  readonly read: number;
  readonly known: number;
  readonly handled: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly waiting: number;
  readonly skipped: number;
  readonly unreadable: number;
  readonly events: Readonly<Record<string, number>>;
}

/** A bounded range of one partition. */
export interface ReplayRange {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

/** Most offsets that a service takes at once: each such part is a transaction of its own. */
const mostAtOnce = 500n;

/** The parts in which a consumer is given ranges, none beyond what it has settled, oldest first in each partition. */
export function partsOf(ranges: readonly OffsetRange[], settled: ReadonlyMap<number, bigint>): ReplayRange[] {
  const parts: ReplayRange[] = [];
  for (const { partition, from, to } of ranges) {
    const place = settled.get(partition) ?? 0n;
    const end = to === null || to > place ? place : to;
    for (let start = from; start < end; start += mostAtOnce)
      parts.push({ partition, from: start, to: start + mostAtOnce < end ? start + mostAtOnce : end });
  }
  return parts;
}

/** Nothing was given. */
export const noReport: ReplayReport = {
  ...{ read: 0, known: 0, handled: 0, failed: {}, waiting: 0, skipped: 0, unreadable: 0, events: {} },
};

/** Two reports as one. */
export function together(one: ReplayReport, other: ReplayReport): ReplayReport {
  return {
    read: one.read + other.read,
    known: one.known + other.known,
    handled: one.handled + other.handled,
    failed: sums(one.failed, other.failed),
    waiting: one.waiting + other.waiting,
    skipped: one.skipped + other.skipped,
    unreadable: one.unreadable + other.unreadable,
    events: sums(one.events, other.events),
  };
}

function sums(one: ReplayReport['failed'], other: ReplayReport['failed']): Record<string, number> {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

/** How many records have an effect, now or later. */
export const effective = ({ handled, waiting, failed }: ReplayReport): number =>
  handled + waiting + Object.values(failed).reduce((sum, count) => sum + count, 0);

/** A report for a person. */
export function reportLines(report: ReplayReport): string[] {
  const rows: [what: string, count: number][] = [
    ['taken before, left alone', report.known],
    ['new to it, handled', report.handled],
    ...Object.entries(report.failed).map(([code, count]): [string, number] => [`new to it, held by ${code}`, count]),
    ['new to it, behind a parked one', report.waiting],
    ['of a type that it does not handle', report.skipped],
    ['not readable, parked before', report.unreadable],
    ...Object.entries(report.events).map(([type, count]): [string, number] => [`events: ${type}`, count]),
  ];
  return table(
    [
      { title: `${report.read} records`, value: ([what]) => what },
      { title: '', value: ([, count]) => String(count), align: 'right' },
    ],
    rows.filter(([, count]) => count > 0),
  );
}
