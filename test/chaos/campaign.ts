import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Violation } from './checker.ts';
import type { FaultRow } from './fault.ts';
import { OdooStage } from './odoo/odoo-stage.ts';
import { oneOdooTrial } from './odoo/odoo-trial.ts';
import { Random } from './random.ts';
import { Stage } from './stage/stage.ts';
import { oneTrial, type TrialEnd } from './trial.ts';

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
  readonly seconds: number;
}

/** What is to be played. */
export interface CampaignOptions {
  readonly rows: readonly FaultRow[];
  /** Which trials of a row: from the first to before the last; the first of all is 0 and has the seed. */
  readonly trialsOf: (row: FaultRow) => readonly [first: number, end: number];
  /** Told of each trial; several ends when the first had nothing to strike. */
  readonly onTrial?: (row: FaultRow, trial: number, ends: readonly TrialEnd[]) => void;
  readonly seed: number;
  readonly mutation: string | null;
  readonly progress: (line: string) => void;
}

const triesToStrike = 4;
const trialMs = 600_000;

/** Trial after trial on one stage; a stage on which a promise was broken is no ground for further ones, and is replaced. */
export class Campaign {
  readonly broken: Broken[] = [];
  #stage: Stage | undefined;
  #odooStage: OdooStage | undefined;
  #directory = '';
  readonly #options: CampaignOptions;

  constructor(options: CampaignOptions) {
    this.#options = options;
  }

  async *play(): AsyncGenerator<RowEnd> {
    for (const row of this.#options.rows) yield await this.#row(row);
    await this.#judgeWhole();
  }

  /** Ends what runs. Folders of stages on which nothing went wrong are removed. */
  async close(keep = false): Promise<void> {
    const [stage, odooStage] = [this.#stage, this.#odooStage];
    this.#stage = this.#odooStage = undefined;
    await Promise.all([stage?.stop(), odooStage?.stop()]);
    if (stage !== undefined && !keep) rmSync(this.#directory, { recursive: true, force: true });
  }

  async #row(row: FaultRow): Promise<RowEnd> {
    const { seed, trialsOf, onTrial, progress } = this.#options;
    const ends: TrialEnd[] = [];
    const [first, end] = trialsOf(row);
    for (let trial = first; trial < end; trial += 1) {
      progress(`${row.name}: trial ${trial + 1} of ${end}, ${this.broken.length} broken so far`);
      const played = await this.#trial(row, seed + trial);
      onTrial?.(row, trial, played);
      ends.push(...played);
    }
    const counted = ends.filter(({ missed }) => !missed);
    return {
      row,
      trials: counted.length,
      missed: ends.length - counted.length,
      events: sum(ends.map(({ events }) => events)),
      mostRepeats: Math.max(0, ...ends.map(({ repeats }) => repeats)),
      violations: sum(ends.map(({ violations }) => violations.length)),
      seconds: sum(ends.map(({ seconds }) => seconds)),
    };
  }

  /** One trial, again with another seed when its fault had nothing to strike. */
  async #trial(row: FaultRow, seed: number): Promise<TrialEnd[]> {
    const ends: TrialEnd[] = [];
    for (let tries = 0; tries < triesToStrike; tries += 1) {
      const end = await this.#played(row, seed + tries * 100_000);
      ends.push(end);
      if (end.violations.length > 0) await this.#giveUpStage(end);
      if (!end.missed) return ends;
    }
    return ends;
  }

  async #played(row: FaultRow, seed: number): Promise<TrialEnd> {
    try {
      if (row.on === 'odoo') return await inTime(oneOdooTrial(await this.#openOdooStage(), row, seed));
      return await inTime(oneTrial(await this.#openStage(row.brokers ?? 1), row, seed));
    } catch (error) {
      const violation = { kind: 'broken off' as const, what: error instanceof Error ? error.message : String(error) };
      return { row: row.name, seed, missed: false, violations: [violation], events: 0, repeats: 0, seconds: 0 };
    }
  }

  async #openStage(brokers: 1 | 3): Promise<Stage> {
    if (this.#stage?.brokers.length === brokers) return this.#stage;
    await this.#judgeWhole();
    await this.close();
    const { mutation, seed } = this.#options;
    this.#directory = mkdtempSync(join(tmpdir(), 'wardline-chaos-'));
    this.#stage = await Stage.start({ directory: this.#directory, random: new Random(seed), mutation, brokers });
    return this.#stage;
  }

  async #openOdooStage(): Promise<OdooStage> {
    if (this.#odooStage !== undefined) return this.#odooStage;
    // Two stages at a time are more than two cores carry.
    await this.#judgeWhole();
    await this.close();
    this.#odooStage = await OdooStage.start();
    return this.#odooStage;
  }

  async #giveUpStage({ row, seed, violations }: TrialEnd): Promise<void> {
    this.broken.push({ row, seed, violations, logs: join(this.#directory, 'logs') });
    await this.close(true);
  }

  /** What came late, after its round had been judged. */
  async #judgeWhole(): Promise<void> {
    const doubled = (await this.#stage?.target.evidence.doubledEffects()) ?? [];
    if (doubled.length === 0) return;
    const violations = doubled.map((what) => ({ kind: 'effect doubled' as const, what }));
    this.broken.push({ row: 'all rounds together', seed: this.#options.seed, violations, logs: this.#directory });
  }
}

/** A trial that hangs is a broken one; what is left of it ends with its stage. */
function inTime(trial: Promise<TrialEnd>): Promise<TrialEnd> {
  const late = sleep(trialMs, undefined, { ref: false }).then(() => {
    throw new Error(`it was not over after ${trialMs / 60_000} minutes`);
  });
  return Promise.race([trial, late]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
