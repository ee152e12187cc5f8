import { seededRandom } from '../../../deploy/local/demo/random.ts';
import { Consumer, Drain } from './consumer.ts';
import { InboxTable } from './inbox-table.ts';
import { Network } from './network.ts';
import { OutboxTable } from './outbox-table.ts';
import type { Process } from './process.ts';
import { Relay } from './relay.ts';
import type { Rules } from './rules.ts';
import { Broken, World } from './world.ts';
import { Writer } from './writer.ts';

/** What can be run, killed and run again. */
interface Program {
  run(): Process;
  killed?(): void;
}

interface Slot {
  readonly program: Program;
  process: Process;
  sleepsUntil: number;
}

/** What a run came to. */
export interface Episode {
  readonly seed: number;
  readonly steps: number;
  readonly crashes: number;
  readonly committed: number;
  readonly applied: number;
}

const stepsOfTrouble = 1_500;
const stepsToSettle = 20_000;
const crashOdds = 0.01;
const standstillOdds = 0.005;

/**
 * Runs three writers, two relays, two consumers and two drains against one another: who takes the next step, who is killed
 * at its await and who stands still there is drawn from the seed. Then the writers stop, nothing fails any more, and
 * everything committed must arrive. Throws `Broken`, with the seed, where a promise is.
 */
export function simulate(seed: number, rules: Rules): Episode {
  try {
    return new Simulation(seed, rules).play();
  } catch (error) {
    if (error instanceof Broken) throw new Broken(`${error.message} (seed ${seed})`);
    throw error;
  }
}

class Simulation {
  readonly #seed: number;
  readonly #world: World;
  readonly #outbox: OutboxTable;
  readonly #writers: readonly Writer[];
  readonly #network: Network;
  readonly #slots: readonly Slot[];
  #steps = 0;
  #crashes = 0;

  constructor(seed: number, rules: Rules) {
    this.#seed = seed;
    this.#world = new World(seededRandom(seed));
    this.#outbox = new OutboxTable(this.#world);
    this.#network = new Network(this.#world);
    const inbox = new InboxTable();
    const twice = <T>(make: () => T): T[] => [make(), make()];
    this.#writers = [1, 2, 3].map(() => new Writer(this.#world, this.#outbox, rules));
    const programs: Program[] = [
      ...this.#writers,
      this.#network,
      ...twice(() => new Relay(this.#world, this.#outbox, this.#network, rules)),
      ...twice(() => new Consumer(this.#world, inbox, rules)),
      ...twice(() => new Drain(this.#world, inbox, rules)),
    ];
    this.#slots = programs.map((program) => ({ program, process: program.run(), sleepsUntil: 0 }));
  }

  play(): Episode {
    while (this.#steps < stepsOfTrouble) this.#step(true);
    for (const writer of this.#writers) writer.stopped = true;
    this.#network.losing = false;
    for (let left = stepsToSettle; left > 0 && !this.#isComplete(); left -= 1) this.#step(false);
    this.#world.complete();
    const committed = this.#outbox.covered({ prev: this.#outbox.snapshot(), cur: null, lastId: 0 });
    const [steps, crashes, applied] = [this.#steps, this.#crashes, this.#world.effects.length];
    return { seed: this.#seed, steps, crashes, committed, applied };
  }

  #isComplete(): boolean {
    if (this.#steps % 100 !== 0) return false;
    try {
      this.#world.complete();
      return true;
    } catch {
      return false;
    }
  }

  #step(trouble: boolean): void {
    this.#steps += 1;
    const { random } = this.#world;
    // The clock is ours: when all sleep it goes on to the first who wakes.
    const earliest = Math.min(...this.#slots.map(({ sleepsUntil }) => sleepsUntil));
    this.#world.now = Math.max(this.#world.now + (random() < 0.3 ? 1 : 0), earliest);
    const ready = this.#slots.filter(({ sleepsUntil }) => sleepsUntil <= this.#world.now);
    const slot = ready[Math.floor(random() * ready.length)]!;
    if (trouble && random() < crashOdds) return this.#crash(slot);
    if (trouble && random() < standstillOdds) {
      slot.sleepsUntil = this.#world.now + Math.floor(random() * 400);
      return;
    }
    const { done, value } = slot.process.next();
    slot.sleepsUntil = done === true ? Infinity : this.#world.now + value;
  }

  #crash(slot: Slot): void {
    this.#crashes += 1;
    slot.program.killed?.();
    slot.process = slot.program.run();
    slot.sleepsUntil = this.#world.now + Math.floor(this.#world.random() * 100);
  }
}
