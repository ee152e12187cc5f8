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

/** What the stages of a lane are set up with. */
export interface LaneOptions {
  readonly seed: number;
  /** The promise that every player breaks; null for none. */
  readonly mutation: string | null;
}

/** What came late, after its round had been judged. */
export interface LateFinding {
  readonly violations: readonly Violation[];
  readonly logs: string;
}

/** Which kind of stage a row is played on. */
export type Ground = 'one broker' | 'three brokers' | 'odoo';

/** The kind of stage that a row needs. */
export function groundOf(row: FaultRow): Ground {
  if (row.on === 'odoo') return 'odoo';
  return row.brokers === 3 ? 'three brokers' : 'one broker';
}

const trialMs = 600_000;

/** A place for one stage, which trials are played on one after the other: its servers, ports and processes are its own. */
export class Lane {
  #stage: Stage | undefined;
  #odooStage: OdooStage | undefined;
  #directory = '';
  #ground: Ground | undefined;
  readonly #options: LaneOptions;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** What stands here now. */
  get ground(): Ground | undefined {
    return this.#ground;
  }

  /** Where the processes that play here write their logs. */
  get logs(): string {
    return join(this.#odooStage?.stack.directory ?? this.#directory, 'logs');
  }

  /** Plays one trial on the stage that stands here, which has to be of the row's kind; what goes wrong is a violation. */
  async play(row: FaultRow, seed: number): Promise<TrialEnd> {
    try {
      if (row.on === 'odoo') return await inTime(oneOdooTrial(await this.#openOdooStage(), row, seed));
      return await inTime(oneTrial(await this.#openStage(row), row, seed));
    } catch (error) {
      const violation = { kind: 'broken off' as const, what: error instanceof Error ? error.message : String(error) };
      return { row: row.name, seed, missed: false, violations: [violation], events: 0, repeats: 0, seconds: 0 };
    }
  }

  /** Ends what stands here, after a last look at all its rounds together. */
  async clear(): Promise<LateFinding | undefined> {
    const doubled = (await this.#stage?.target.evidence.doubledEffects()) ?? [];
    const violations = doubled.map((what) => ({ kind: 'effect doubled' as const, what }));
    const { logs } = this;
    await this.leave(violations.length > 0);
    return violations.length === 0 ? undefined : { violations, logs };
  }

  /** Ends what stands here. Its folder is removed unless something went wrong there. */
  async leave(keep: boolean): Promise<void> {
    const [stage, odooStage] = [this.#stage, this.#odooStage];
    this.#stage = this.#odooStage = this.#ground = undefined;
    await Promise.all([stage?.stop(), odooStage?.stop(keep)]);
    if (stage !== undefined && !keep) rmSync(this.#directory, { recursive: true, force: true });
  }

  async #openStage(row: FaultRow): Promise<Stage> {
    if (this.#stage !== undefined) return this.#stage;
    this.#ground = groundOf(row);
    this.#directory = mkdtempSync(join(tmpdir(), 'wardline-chaos-'));
    const { mutation, seed } = this.#options;
    const brokers = this.#ground === 'three brokers' ? 3 : 1;
    this.#stage = await Stage.start({ directory: this.#directory, random: new Random(seed), mutation, brokers });
    return this.#stage;
  }

  async #openOdooStage(): Promise<OdooStage> {
    this.#ground = 'odoo';
    this.#odooStage ??= await OdooStage.start();
    return this.#odooStage;
  }
}

/** A trial that hangs is a broken one; what is left of it ends with its stage. */
function inTime(trial: Promise<TrialEnd>): Promise<TrialEnd> {
  const late = sleep(trialMs, undefined, { ref: false }).then(() => {
    throw new Error(`it was not over after ${trialMs / 60_000} minutes`);
  });
  return Promise.race([trial, late]);
}
