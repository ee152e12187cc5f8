import type { OutboxTable } from './outbox-table.ts';
import type { Process } from './process.ts';
import type { Rules } from './rules.ts';
import type { Event, World } from './world.ts';

const keys = ['A', 'B', 'C', 'D'];

/** Business transactions with one or two events each; some draw their transaction id long before they write, some roll back. */
export class Writer {
  readonly #world: World;
  readonly #table: OutboxTable;
  readonly #rules: Rules;
  #xid = 0;
  stopped = false;

  constructor(world: World, table: OutboxTable, rules: Rules) {
    this.#world = world;
    this.#table = table;
    this.#rules = rules;
  }

  /** What Postgres does when the connection breaks. */
  killed(): void {
    this.#table.end(this.#xid, 'rollback');
  }

  *run(): Process {
    const { random } = this.#world;
    while (!this.stopped) {
      yield Math.floor(random() * 40);
      this.#xid = this.#table.begin();
      yield Math.floor(random() * 30);
      // Sorted, so that two writers cannot wait for one another.
      const chosen = keys.filter(() => random() < 0.4);
      if (this.#rules.locksKeys) yield* this.#lock(chosen);
      for (const key of chosen) {
        this.#table.insert(this.#xid, this.#event(key));
        yield 0;
      }
      this.#table.end(this.#xid, random() < 0.15 ? 'rollback' : 'commit');
    }
  }

  *#lock(chosen: readonly string[]): Process {
    for (const key of chosen) {
      while (this.#table.keyLocks.has(key)) yield 1;
      this.#table.keyLocks.set(key, this.#xid);
      yield 0;
    }
  }

  #event(key: string): Event {
    const { random } = this.#world;
    const refusals = random() < 0.1 ? 1 + Math.floor(random() * 3) : 0;
    return { id: this.#table.rows.length + 1, key, refusals };
  }
}
