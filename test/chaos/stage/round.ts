import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, lateKinds, repeatsIn, type Violation } from '../checker.ts';
import type { Deed, Load, Step } from '../cast/orders.ts';
import type { History } from '../history.ts';
import { Missed } from '../missed.ts';
import type { Marks } from './topics.ts';
import type { PlayerProcess } from './player-process.ts';
import { stageTopics, type PlayerName, type Stage } from './stage.ts';

/** What a round came to. */
export interface RoundEnd {
  readonly violations: readonly Violation[];
  /** Events that committed transactions told of. */
  readonly events: number;
  /** Messages beyond the first of each event. */
  readonly repeats: number;
}

/** How long, in milliseconds, a round is waited for once everything is mended. */
export interface Patience {
  /** What is committed must be published and applied within it. */
  readonly appliedWithinMs: number;
  /** How much longer it is looked for, to tell what came late from what never came. Either is a violation. */
  readonly soughtForMs: number;
}

/** What is played, and how long it is waited for. */
export interface RoundOptions {
  readonly name: string;
  readonly load: Load;
  readonly patience: Patience;
}

/** One load with one history, while faults strike. */
export class Round {
  readonly name: string;
  readonly stage: Stage;
  readonly #marks: readonly Marks[];
  readonly #load: Load;
  #committed = 0;
  #over = false;
  readonly forgotten = new Set<string>();
  readonly #patience: Patience;

  private constructor(stage: Stage, marks: readonly Marks[], { name, load, patience }: RoundOptions) {
    this.name = name;
    this.stage = stage;
    this.#marks = marks;
    this.#load = load;
    this.#patience = patience;
  }

  /** Notes where the topics end, so that only this round is read. */
  static async begin(stage: Stage, options: RoundOptions): Promise<Round> {
    const marks = await Promise.all([
      stage.topics.ends(stageTopics.events),
      stage.topics.ends(stageTopics.followUps),
      stage.origin.evidence.forgetTenures(),
      stage.target.evidence.forgetTenures(),
    ]);
    return new Round(stage, [marks[0], marks[1]], options);
  }

  /** Has the load written to its end; a writer that dies is started again and goes on. */
  async write(seed: number): Promise<void> {
    const writer = this.stage.player('writer');
    const forget = writer.listen((report) => {
      if (report.is === 'committed' && report.round === this.name) this.#committed += 1;
    });
    for (let life = 0; this.#committed < this.#load.transactions && !writer.isRetired; life += 1) {
      await writer.start().catch(() => undefined);
      const left = { ...this.#load, transactions: this.#load.transactions - this.#committed };
      let dead = false; // asked of this life: the stage may have started the next one already
      void writer.ended.then(() => (dead = true));
      writer.send({ do: 'write', round: this.name, seed: seed + life, load: left });
      while (!dead && this.#committed < this.#load.transactions) await sleep(5);
    }
    forget();
    this.#over = true;
  }

  /** Resolves when a share of the load (0 to 1) is committed. */
  async reaches(share: number): Promise<void> {
    while (!this.#over && this.#committed < this.#load.transactions * share) await sleep(2);
  }

  /** Resolves when everything is written and applied; false when that took longer than it may. */
  async applied(): Promise<boolean> {
    await this.reaches(1);
    while (!this.#over) await sleep(5);
    return this.#untilApplied(Date.now() + this.#patience.appliedWithinMs);
  }

  /** Makes the first of these players that comes to a step die or stop there; answers who it was. */
  async at(step: Step, deed: Deed, nth: number, names: readonly PlayerName[]): Promise<PlayerProcess> {
    const players = names.map((name) => this.stage.player(name));
    const arrivals = players.map((player) => player.reached(step).then(() => player));
    for (const player of players) player.send({ do: 'arm', step, nth, deed });
    const nobody = this.#nobodyComes().then(() => undefined);
    const first = await Promise.race([...arrivals, nobody]);
    for (const player of players) if (player !== first) player.send({ do: 'disarm' });
    if (first === undefined) throw new Missed(`nobody came to ${step}`);
    if (deed === 'die') await first.ended;
    return first;
  }

  /** Resolves after 8 s, or a moment after everything is written and applied: then there are no more steps to come to. */
  async #nobodyComes(): Promise<void> {
    const until = Date.now() + 8_000;
    while (!this.#over && Date.now() < until) await sleep(20);
    if (await this.#untilApplied(until)) await sleep(500);
  }

  /** Waits until everything has come to its end, and holds what happened to the promises. */
  async end(): Promise<RoundEnd> {
    const mended = Date.now();
    const { appliedWithinMs, soughtForMs } = this.#patience;
    const inTime = await this.#judged(mended + appliedWithinMs);
    if (!isOnlyLate(inTime) || soughtForMs === 0) return inTime;
    const after = await this.#judged(mended + appliedWithinMs + soughtForMs);
    if (after.violations.length > 0) return after;
    return { ...after, violations: [late((Date.now() - mended) / 1000, appliedWithinMs / 1000)] };
  }

  /** What has happened by then, or as soon as nothing is missing any more. */
  async #judged(until: number): Promise<RoundEnd> {
    await this.#untilApplied(until);
    for (;;) {
      const history = await this.#history();
      const end = { events: history.committed.length, repeats: repeatsIn(history.published) };
      const judged = { ...end, violations: check(history) };
      if (!isOnlyLate(judged) || Date.now() > until) return judged;
      await sleep(200);
    }
  }

  async #untilApplied(until: number): Promise<boolean> {
    const { origin, target } = this.stage;
    while (Date.now() < until) {
      const committed = await origin.evidence.committed(this.name);
      if ((await target.evidence.effectCount(this.name)) >= committed.length) return true;
      await sleep(50);
    }
    return false;
  }

  async #history(): Promise<History> {
    const { origin, target, topics } = this.stage;
    const [since, followUpsSince] = this.#marks;
    const [committed, effects, published, followUps, relaying, consuming] = await Promise.all([
      origin.evidence.committed(this.name),
      target.evidence.effects(this.name),
      topics.read(stageTopics.events, this.name, since!),
      topics.read(stageTopics.followUps, this.name, followUpsSince!),
      origin.evidence.tenures(),
      target.evidence.tenures(),
    ]);
    const tenures = [...relaying, ...consuming];
    return { committed, forgotten: this.forgotten, published, effects, followUps, tenures };
  }
}

/** Whether something is missing that may still come, and nothing else is wrong. */
function isOnlyLate({ violations }: RoundEnd): boolean {
  return violations.length > 0 && violations.every(({ kind }) => lateKinds.has(kind));
}

/** How busy the machine was belongs to it: the reader has to judge whether it was ours to be faster. */
function late(seconds: number, allowed: number): Violation {
  const load = `load average ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} cores`;
  return { kind: 'late', what: `all was there after ${seconds.toFixed(0)} s, not within ${allowed} s; ${load}` };
}
