import { Decimal } from '@wardline/event-contracts';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BegunDay } from './play-day.ts';

/** What the demo remembers between starts. */
export interface DemoState {
  readonly seed: number;
  /** From before the first record leaves until the day is over: a start that finds it sends the same day again. */
  readonly begun: BegunDay | undefined;
  /** The short report of the day once it is over. */
  readonly report: readonly string[] | undefined;
}

interface Stored {
  readonly seed: number;
  readonly begun?: { readonly end: string; readonly before: readonly (readonly [string, string])[] };
  readonly report?: readonly string[];
}

/** The remembered day; a new one of `seed` when there is none. */
export function demoState(directory: string, seed: number): DemoState {
  const file = fileIn(directory);
  if (!existsSync(file)) return { seed, begun: undefined, report: undefined };
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Stored;
  const before = stored.begun?.before.map(([shelf, quantity]): [string, Decimal] => [shelf, new Decimal(quantity)]);
  return {
    seed: stored.seed,
    begun: stored.begun && { end: new Date(stored.begun.end), before: new Map(before) },
    report: stored.report,
  };
}

/** Remembers the day. */
export function saveDemoState(directory: string, { seed, begun, report }: DemoState): void {
  mkdirSync(join(directory, 'demo'), { recursive: true });
  const before = [...(begun?.before ?? [])].map(([shelf, quantity]) => [shelf, quantity.toFixed()] as const);
  const stored: Stored = {
    seed,
    ...(begun && { begun: { end: begun.end.toISOString(), before } }),
    ...(report && { report }),
  };
  writeFileSync(fileIn(directory), JSON.stringify(stored));
}

function fileIn(directory: string): string {
  return join(directory, 'demo', 'day.json');
}
