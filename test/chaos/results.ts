import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { numbersOf, shortOf } from './trial-numbers.ts';
import type { TrialEnd } from './trial.ts';

/** A trial that broke a promise, as it is kept. */
export interface KeptBreach {
  readonly seed: number;
  readonly commit: string;
  /** What was broken, each kind of violation once. */
  readonly kinds: readonly string[];
}

/** What the trials of a row have come to so far, over however many runs. */
export interface KeptRow {
  readonly trials: number;
  /** Their numbers from 0, in short (`0-6, 9`): stages side by side do not end in order. */
  readonly played: string;
  /** Beside them: nothing was there to strike. */
  readonly missed: number;
  readonly events: number;
  /** Most messages that one trial had twice in the topic. */
  readonly mostRepeats: number;
  readonly violations: number;
  /** Of the trials one after the other, however many were played side by side. */
  readonly seconds: number;
  /** Days of the first and the last trial, `YYYY-MM-DD`. */
  readonly days: readonly [first: string, last: string];
  /** Commits that were played, abbreviated, in order. */
  readonly commits: readonly string[];
  readonly broken: readonly KeptBreach[];
}

/** Which trial ended, and what was played. */
export interface Occasion {
  readonly trial: number;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly commit: string;
}

/** What was found beside the trials. */
export type Finding = Pick<TrialEnd, 'seed' | 'violations'>;

/**
 * Adds the ends of one trial (its last one counts, those before it had nothing to strike). One that never had anything to
 * strike is not played yet.
 */
export function withTrial(kept: KeptRow | undefined, ends: readonly TrialEnd[], at: Occasion): KeptRow {
  const missed = ends.filter((end) => end.missed).length;
  const sum = (of: (end: TrialEnd) => number): number => ends.reduce((total, end) => total + of(end), 0);
  const played = numbersOf(kept?.played ?? '');
  if (missed < ends.length) played.add(at.trial);
  return {
    trials: played.size,
    played: shortOf(played),
    missed: (kept?.missed ?? 0) + missed,
    events: (kept?.events ?? 0) + sum(({ events }) => events),
    mostRepeats: Math.max(kept?.mostRepeats ?? 0, ...ends.map(({ repeats }) => repeats)),
    violations: (kept?.violations ?? 0) + sum(({ violations }) => violations.length),
    seconds: Math.round((kept?.seconds ?? 0) + sum(({ seconds }) => seconds)),
    days: [kept?.days[0] ?? at.day, at.day],
    commits: [...new Set([...(kept?.commits ?? []), at.commit])],
    broken: [...(kept?.broken ?? []), ...ends.flatMap((end) => breachOf(end, at.commit))],
  };
}

/** Adds what came to light after the trials had been judged; it is of no trial in particular. */
export function withLateFinding(kept: KeptRow | undefined, { seed, violations }: Finding, at: Occasion): KeptRow {
  const late = { row: '', seed, missed: true, violations, events: 0, repeats: 0, seconds: 0 };
  return { ...withTrial(kept, [late], at), missed: 0 };
}

function breachOf({ seed, violations }: TrialEnd, commit: string): KeptBreach[] {
  if (violations.length === 0) return [];
  return [{ seed, commit, kinds: [...new Set(violations.map(({ kind }) => kind))] }];
}

/** `results.json`: rows by name, written after every trial, so that a run which is broken off can be gone on with. */
export class Results {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  rows(): Record<string, KeptRow> {
    return existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, KeptRow>) : {};
  }

  /** Numbers of a row's trials that are kept. */
  played(row: string): Set<number> {
    return numbersOf(this.rows()[row]?.played ?? '');
  }

  /** Read anew each time: another run may keep other rows meanwhile. */
  keep(row: string, change: (kept: KeptRow | undefined) => KeptRow): void {
    const rows = this.rows();
    writeFileSync(`${this.#file}.new`, `${JSON.stringify({ ...rows, [row]: change(rows[row]) }, null, 2)}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** What is played, as git calls it; `+` when something has been changed since. */
export function playedCommit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'libs', 'apps', 'test/chaos/cast') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''}`;
}
