import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { TrialEnd } from './trial.ts';

/** What the trials of a row have come to so far, over however many runs. */
export interface KeptRow {
  readonly trials: number;
  /** Beside them: nothing was there to strike. */
  readonly missed: number;
  readonly events: number;
  /** Most messages that one trial had twice in the topic. */
  readonly mostRepeats: number;
  readonly violations: number;
  readonly seconds: number;
  /** Days of the first and the last trial, `YYYY-MM-DD`. */
  readonly days: readonly [first: string, last: string];
  /** Commits that were played, abbreviated, in order. */
  readonly commits: readonly string[];
}

/** Adds the ends of one trial (its last one counts, those before it had nothing to strike). */
export function withTrial(
  kept: KeptRow | undefined,
  ends: readonly TrialEnd[],
  at: { readonly day: string; readonly commit: string },
): KeptRow {
  const missed = ends.filter((end) => end.missed).length;
  const sum = (of: (end: TrialEnd) => number): number => ends.reduce((total, end) => total + of(end), 0);
  return {
    trials: (kept?.trials ?? 0) + ends.length - missed,
    missed: (kept?.missed ?? 0) + missed,
    events: (kept?.events ?? 0) + sum(({ events }) => events),
    mostRepeats: Math.max(kept?.mostRepeats ?? 0, ...ends.map(({ repeats }) => repeats)),
    violations: (kept?.violations ?? 0) + sum(({ violations }) => violations.length),
    seconds: Math.round((kept?.seconds ?? 0) + sum(({ seconds }) => seconds)),
    days: [kept?.days[0] ?? at.day, at.day],
    commits: [...new Set([...(kept?.commits ?? []), at.commit])],
  };
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
