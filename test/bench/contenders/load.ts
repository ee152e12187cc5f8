import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchEvent } from './contender.ts';

/** Events that leave when they are due, whatever became of those before them. */
export interface OpenLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly keys: number;
  /** Ordinal of the first event; later ones follow without gaps. */
  readonly from: number;
}

/** Writers that each begin a transaction when their last one is committed. */
export interface ClosedLoad {
  readonly writers: number;
  readonly seconds: number;
  readonly keys: number;
  readonly from: number;
}

/** What was written. */
export interface Written {
  /** When the commit of each event was known, by the wall clock in milliseconds with fractions; by ordinal from `from`. */
  readonly committedAt: Float64Array;
  /** How long it took altogether. */
  readonly seconds: number;
}

type Write = (event: BenchEvent) => Promise<void>;

/** Open loop at a fixed rate. */
export async function openLoop({ perSecond, seconds, keys, from }: OpenLoad, write: Write): Promise<Written> {
  const clock = await wallClock();
  const committedAt = new Float64Array(perSecond * seconds);
  const under: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const wait = start + (index * 1000) / perSecond - performance.now();
    if (wait > 0) await sleep(wait);
    const ordinal = from + index;
    const written = write({ ordinal, keys }).then(() => {
      committedAt[index] = clock();
    });
    under.push(written);
    written.catch(() => undefined); // Promise.all below says so
  }
  await Promise.all(under);
  return { committedAt, seconds: (performance.now() - start) / 1000 };
}

/** Closed loop: as many transactions as the writers manage. */
export async function closedLoop({ writers, seconds, keys, from }: ClosedLoad, write: Write): Promise<Written> {
  const clock = await wallClock();
  const committedAt: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1000;
  let next = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const index = next++;
      const ordinal = from + index;
      await write({ ordinal, keys });
      committedAt[index] = clock();
    }
  };
  await Promise.all(Array.from({ length: writers }, one));
  return { committedAt: Float64Array.from(committedAt), seconds: (performance.now() - start) / 1000 };
}

/** `Date.now()` with fractions of a millisecond: the monotonic clock, set by the edge of a millisecond. */
export async function wallClock(): Promise<() => number> {
  const before = Date.now();
  while (Date.now() === before);
  const origin = Date.now() - performance.now();
  return () => origin + performance.now();
}
