import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is remembered between plays: which day it is, and whether it was played to its end. */
export interface KafkaDayState {
  readonly seed: number;
  readonly day: Date;
  readonly played: boolean;
}

/** The remembered day; a new one of `seed` that ends now when there is none. */
export function kafkaDayState(directory: string, seed: number): KafkaDayState {
  const file = fileIn(directory);
  if (!existsSync(file)) return { seed, day: new Date(Math.floor(Date.now() / 1000) * 1000), played: false };
  const stored = JSON.parse(readFileSync(file, 'utf8')) as { seed: number; day: string; played: boolean };
  return { ...stored, day: new Date(stored.day) };
}

/** Remembers the day. */
export function saveKafkaDayState(directory: string, state: KafkaDayState): void {
  mkdirSync(join(directory, 'demo'), { recursive: true });
  writeFileSync(fileIn(directory), JSON.stringify(state));
}

function fileIn(directory: string): string {
  return join(directory, 'demo', 'day.json');
}
