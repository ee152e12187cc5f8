import { without, type NumberRange } from './number-ranges.js';

/** A record with its number, as the counter takes it. */
export interface Numbered {
  readonly number: bigint;
  /** When it happened, by its source. */
  readonly occurredAt: Date;
}

/** How far a source has counted. */
export interface Count {
  /** How often the counter began anew. */
  readonly epoch: number;
  /** Business time of the first record since it did; null for never. */
  readonly startedAt: Date | null;
  readonly lowest: bigint;
  readonly highest: bigint;
  readonly highestAt: Date;
  /** Records that do not fit where the counter stands: enough of them together are a new beginning. */
  readonly elsewhere: readonly Numbered[];
  /** So many gaps were open that it is no counter of what comes here, such as one shared with other receivers. */
  readonly isIrregular: boolean;
}

/** A range of numbers that did not come, with what is still missing of it. */
export interface Gap {
  /** As it is kept; null while it is not. */
  readonly id: string | null;
  readonly epoch: number;
  readonly first: bigint;
  readonly last: bigint;
  readonly missing: readonly NumberRange[];
}

/** A counter that began anew. */
export interface Restart {
  readonly epoch: number;
  readonly at: Date;
  /** The highest number before, and the lowest after. */
  readonly from: bigint;
  readonly to: bigint;
}

/** Beyond this distance a number is another count, not the end of a gap. */
export const widestGap = 100_000n;
/** So many records elsewhere, near to one another, are a new beginning; fewer are mistakes. */
const recordsOfRestart = 3;
const nearness = 1_000n;
/** With more gaps open than this the numbers are no counter of what comes here. */
export const mostGaps = 200;

/**
 * Follows the numbers of one source in whatever order they come: missing is what lies between the lowest and the highest
 * and did not come. A first record opens no gap at 1. A number that was there before is a repeat when it happened no later
 * than the highest one; a number that goes back while time goes on, three times, is a counter that began anew, and so is a
 * leap by more than {@link widestGap}. `gaps` holds those that are open; of what closed, the row is missing from it.
 */
export class SequenceCount {
  #count: Count | null;
  readonly #gaps: Gap[];
  readonly restarts: Restart[] = [];

  constructor(count: Count | null, gaps: readonly Gap[]) {
    this.#count = count;
    this.#gaps = [...gaps];
  }

  get count(): Count | null {
    return this.#count;
  }

  get gaps(): readonly Gap[] {
    return this.#gaps;
  }

  take(record: Numbered): void {
    const count = this.#count;
    if (count === null) this.#count = countFrom([record], 0, null);
    else if (count.startedAt !== null && record.occurredAt < count.startedAt)
      this.#fill(record.number, count.epoch - 1);
    else if (!this.#fill(record.number, count.epoch)) this.#place(record, count);
  }

  /** Takes a number out of the gap that misses it. A number of an earlier count may belong to any of them. */
  #fill(number: bigint, epoch: number): boolean {
    const isSame = (gap: Gap): boolean => (epoch === this.#count!.epoch ? gap.epoch === epoch : gap.epoch <= epoch);
    const index = this.#gaps.findLastIndex((gap) => isSame(gap) && without(gap.missing, number) !== gap.missing);
    const gap = this.#gaps[index];
    if (gap === undefined) return false;
    const missing = without(gap.missing, number);
    this.#gaps.splice(index, 1, ...(missing.length === 0 ? [] : [{ ...gap, missing }]));
    return true;
  }

  #place(record: Numbered, count: Count): void {
    const { number, occurredAt } = record;
    const isAhead = number > count.highest;
    const isLater = occurredAt > count.highestAt;
    const isNear = isAhead ? number - count.highest <= widestGap : count.lowest - number <= widestGap;
    if (isAhead ? !isNear : isLater) this.#elsewhere(record, count);
    else if (isAhead) {
      this.#open(count, count.highest + 1n, number - 1n);
      this.#count = { ...this.#count!, highest: number, highestAt: later(occurredAt, count.highestAt), elsewhere: [] };
    } else if (number < count.lowest && isNear) {
      this.#open(count, number + 1n, count.lowest - 1n);
      this.#count = { ...this.#count!, lowest: number };
    }
  }

  #open({ epoch, isIrregular }: Count, first: bigint, last: bigint): void {
    if (first > last || isIrregular) return;
    this.#gaps.push({ id: null, epoch, first, last, missing: [{ first, last }] });
    if (this.#gaps.length <= mostGaps) return;
    this.#gaps.length = 0;
    this.#count = { ...this.#count!, isIrregular: true };
  }

  #elsewhere(record: Numbered, count: Count): void {
    const near = count.elsewhere.filter(({ number }) => distance(number, record.number) <= nearness);
    const others = near.filter(({ number }) => number !== record.number);
    const elsewhere = [...others, record];
    this.#count = { ...count, elsewhere };
    if (elsewhere.length < recordsOfRestart) return;
    const next = countFrom(elsewhere, count.epoch + 1, earliest(elsewhere));
    this.restarts.push({ epoch: next.epoch, at: next.startedAt!, from: count.highest, to: next.lowest });
    this.#count = next;
    for (const gap of between(elsewhere)) this.#open(next, gap.first, gap.last);
  }
}

function countFrom(records: readonly Numbered[], epoch: number, startedAt: Date | null): Count {
  const numbers = sorted(records);
  const highestAt = records.map(({ occurredAt }) => occurredAt).reduce(later);
  return {
    ...{ epoch, startedAt, highestAt, elsewhere: [], isIrregular: false },
    ...{ lowest: numbers[0]!, highest: numbers.at(-1)! },
  };
}

function between(records: readonly Numbered[]): NumberRange[] {
  const numbers = sorted(records);
  const ranges = numbers.slice(1).map((number, index) => ({ first: numbers[index]! + 1n, last: number - 1n }));
  return ranges.filter(({ first, last }) => first <= last);
}

function sorted(records: readonly Numbered[]): bigint[] {
  return records.map(({ number }) => number).sort((one, other) => (one < other ? -1 : Number(one > other)));
}

function distance(one: bigint, other: bigint): bigint {
  return one < other ? other - one : one - other;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function earliest(records: readonly Numbered[]): Date {
  return records.map(({ occurredAt }) => occurredAt).reduce((one, other) => (one < other ? one : other));
}
