import type { Violation } from './checker.ts';
import type { FaultRow } from './fault.ts';
import { groundOf, Lane } from './lane.ts';
import type { TrialEnd } from './trial.ts';

/** A trial that broke a promise, with what it takes to see it again. */
export interface Broken {
  readonly row: string;
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Where the logs of its processes are. */
  readonly logs: string;
}

/** What a row came to. */
export interface RowEnd {
  readonly row: FaultRow;
  readonly trials: number;
  /** Beside them: nothing was there to strike. */
  readonly missed: number;
  readonly events: number;
  /** Most messages that one trial had twice in the topic. */
  readonly mostRepeats: number;
  readonly violations: number;
  /** Of its trials one after the other, however many were played side by side. */
  readonly seconds: number;
}

/** What is to be played. */
export interface CampaignOptions {
  readonly rows: readonly FaultRow[];
  /** Numbers of the trials of a row; that of number 0 has the seed, each further one the next. */
  readonly trialsOf: (row: FaultRow) => readonly number[];
  /** Told of each trial, one at a time; several ends when the first had nothing to strike. */
  readonly onTrial?: (row: FaultRow, trial: number, ends: readonly TrialEnd[]) => void;
  readonly seed: number;
  /** How many trials are played side by side, each on a stage of its own. */
  readonly stages: number;
  readonly mutation: string | null;
  readonly progress: (line: string) => void;
}

/** A row that is played: what its trials came to so far, and how many there still are. */
interface Tally {
  readonly row: FaultRow;
  readonly ends: TrialEnd[];
  left: number;
  readonly over: PromiseWithResolvers<void>;
}

/** The name under which is told what came after its round had been judged. */
export const allRounds = 'all rounds together';

interface Trial {
  readonly tally: Tally;
  /** Its number among those of its row. */
  readonly number: number;
}

const triesToStrike = 4;

/**
 * Trial after trial, on several stages side by side. A stage on which a promise was broken is no ground for further trials
 * and is replaced.
 */
export class Campaign {
  readonly broken: Broken[] = [];
  readonly #options: CampaignOptions;
  readonly #tallies: readonly Tally[];
  readonly #waiting: Trial[];
  readonly #lanes: readonly Lane[];
  readonly #underWay = new Map<Lane, string>();
  #isClosed = false;

  constructor(options: CampaignOptions) {
    this.#options = options;
    const played = options.rows.map((row) => ({ row, numbers: options.trialsOf(row) }));
    const trials = played.map(({ row, numbers }) => {
      const tally: Tally = { row, ends: [], left: numbers.length, over: Promise.withResolvers() };
      return { tally, trials: numbers.map((number) => ({ tally, number })) };
    });
    this.#tallies = trials.map(({ tally }) => tally);
    this.#waiting = trials.flatMap((of) => of.trials);
    const stages = Math.min(options.stages, this.#waiting.length);
    this.#lanes = Array.from({ length: stages }, () => new Lane(options));
  }

  /** The rows in their order, each as soon as all its trials are over. */
  async *play(): AsyncGenerator<RowEnd> {
    const playing = Promise.all(this.#lanes.map((lane) => this.#playOn(lane)));
    playing.catch(() => undefined); // whoever waits for a row or for the end hears of it
    for (const tally of this.#tallies) {
      if (tally.left > 0) await Promise.race([tally.over.promise, playing]);
      yield rowEnd(tally);
    }
    await playing;
  }

  /** Ends what runs, and begins nothing any more. Folders of stages on which nothing went wrong are removed. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#lanes.map((lane) => lane.leave(false)));
  }

  async #playOn(lane: Lane): Promise<void> {
    for (let trial = this.#next(lane); trial !== undefined; trial = this.#next(lane)) {
      const { tally, number } = trial;
      if (lane.ground !== groundOf(tally.row)) await this.#clear(lane);
      this.#show(lane, `${tally.row.name} ${number + 1}`);
      const ends = await this.#played(lane, tally.row, this.#options.seed + number);
      if (this.#isClosed) return;
      tally.ends.push(...ends);
      this.#options.onTrial?.(tally.row, number, ends);
      tally.left -= 1;
      if (tally.left === 0) tally.over.resolve();
    }
    this.#underWay.delete(lane);
    await this.#clear(lane);
  }

  /** The next trial that needs no other stage than the one that stands, if there is one. */
  #next(lane: Lane): Trial | undefined {
    if (this.#isClosed) return undefined;
    const here = this.#waiting.findIndex(({ tally }) => groundOf(tally.row) === lane.ground);
    return this.#waiting.splice(Math.max(here, 0), 1)[0];
  }

  /** One trial, again with another seed when its fault had nothing to strike. */
  async #played(lane: Lane, row: FaultRow, seed: number): Promise<TrialEnd[]> {
    const ends: TrialEnd[] = [];
    for (let tries = 0; tries < triesToStrike && !this.#isClosed; tries += 1) {
      const end = await lane.play(row, seed + tries * 100_000);
      ends.push(end);
      if (end.violations.length > 0 && !this.#isClosed) await this.#giveUpStage(lane, end);
      if (!end.missed) return ends;
    }
    return ends;
  }

  async #giveUpStage(lane: Lane, { row, seed, violations }: TrialEnd): Promise<void> {
    this.broken.push({ row, seed, violations, logs: lane.logs });
    await lane.leave(true);
  }

  async #clear(lane: Lane): Promise<void> {
    const late = await lane.clear();
    if (late !== undefined) this.broken.push({ row: allRounds, seed: this.#options.seed, ...late });
  }

  #show(lane: Lane, what: string): void {
    this.#underWay.set(lane, what);
    const beside = `${this.#waiting.length} more, ${this.broken.length} broken so far`;
    this.#options.progress(`${[...this.#underWay.values()].join(' | ')}; ${beside}`);
  }
}

function rowEnd({ row, ends }: Tally): RowEnd {
  const missed = ends.filter((end) => end.missed).length;
  return {
    row,
    trials: ends.length - missed,
    missed,
    events: sum(ends.map(({ events }) => events)),
    mostRepeats: Math.max(0, ...ends.map(({ repeats }) => repeats)),
    violations: sum(ends.map(({ violations }) => violations.length)),
    seconds: sum(ends.map(({ seconds }) => seconds)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
