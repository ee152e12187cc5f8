import type { InboxTable, Parked } from './inbox-table.ts';
import type { Process } from './process.ts';
import type { Rules } from './rules.ts';
import type { Event, World } from './world.ts';

const batchSize = 5;
const pauseMs = 40;

/** One of several instances of a consumer that take its partition from each other (libs/outbox: pipeline.ts, batch-run.ts). */
export class Consumer {
  readonly #world: World;
  readonly #table: InboxTable;
  readonly #rules: Rules;
  #locks = false;

  constructor(world: World, table: InboxTable, rules: Rules) {
    this.#world = world;
    this.#table = table;
    this.#rules = rules;
  }

  /** What Postgres does when the connection breaks: nothing staged is kept, no lock stays. */
  killed(): void {
    if (this.#locks) this.#table.position.locked = false;
    this.#locks = false;
  }

  *run(): Process {
    const { position } = this.#table;
    for (;;) {
      yield Math.floor(this.#world.random() * 50);
      while (position.locked) yield 1;
      const generation = (position.generation += 1);
      let next = position.next;
      yield 0;
      while (next !== FENCED) next = yield* this.#batch(generation, next);
    }
  }

  /** Settles the records from `next` on in one transaction; answers the next offset. */
  *#batch(generation: number, next: number): Generator<number, number, void> {
    const records = this.#world.broker.slice(next, next + 1 + Math.floor(this.#world.random() * batchSize));
    yield records.length === 0 ? 3 : 0;
    if (records.length === 0) return next;
    const { position } = this.#table;
    while (position.locked) yield 1;
    // Locked to the end of the transaction: a claim, or another's batch, waits for it.
    position.locked = this.#locks = true;
    if (position.generation !== generation) {
      this.killed();
      return FENCED;
    }
    const end = Math.max(position.next, next + records.length);
    if (this.#rules.positionMoves === 'before the effect') position.next = end;
    yield 0;
    const fresh = records.slice(Math.max(0, Math.min(position.next, end) - next));
    const commit = this.#handle(this.#rules.positionMoves === 'before the effect' ? records : fresh);
    yield 1;
    commit();
    position.next = end;
    this.killed();
    yield 0;
    return end;
  }

  /** Decides about each record, as the tables stand, and stages what the commit will change. */
  #handle(records: readonly Event[]): () => void {
    const { inbox, parked } = this.#table;
    const [taken, applied, added] = [new Set<number>(), [] as Event[], [] as Parked[]];
    const isHeld = ({ key }: Event): boolean =>
      this.#rules.holdsKeys && [...parked, ...added].some((one) => !one.settled && one.event.key === key);
    for (const event of records) {
      if (this.#rules.remembersEvents && (inbox.has(event.id) || taken.has(event.id))) continue;
      taken.add(event.id);
      const state = { event, settled: false, locked: false };
      if (isHeld(event)) added.push({ ...state, tries: 0, dueAt: 0 });
      else if (event.refusals > 0) added.push({ ...state, tries: 1, dueAt: this.#world.now + pauseMs });
      else applied.push(event);
    }
    return () => {
      for (const id of taken) inbox.add(id);
      for (const event of applied) this.#world.apply(event);
      parked.push(...added);
    };
  }
}

const FENCED = -1;

/** Tries parked messages again, the first of each key only (libs/outbox: parked-drain.ts). Several share the work. */
export class Drain {
  readonly #world: World;
  readonly #table: InboxTable;
  readonly #rules: Rules;
  #holding: Parked | undefined;

  constructor(world: World, table: InboxTable, rules: Rules) {
    this.#world = world;
    this.#table = table;
    this.#rules = rules;
  }

  killed(): void {
    if (this.#holding !== undefined) this.#holding.locked = false;
    this.#holding = undefined;
  }

  *run(): Process {
    for (;;) {
      yield 2;
      const one = this.#nextDue();
      if (one === undefined) {
        yield 10;
        continue;
      }
      one.locked = true;
      this.#holding = one;
      yield 1;
      this.#attempt(one);
      this.killed();
    }
  }

  #nextDue(): Parked | undefined {
    const { parked } = this.#table;
    const open = parked.filter(({ settled }) => !settled);
    const isFirst = (one: Parked): boolean => open.find(({ event }) => event.key === one.event.key) === one;
    return open.find(
      (one) => !one.locked && one.dueAt <= this.#world.now && (!this.#rules.drainsInOrder || isFirst(one)),
    );
  }

  #attempt(one: Parked): void {
    const { parked } = this.#table;
    if (one.tries >= one.event.refusals) {
      one.settled = true;
      this.#world.apply(one.event);
      return;
    }
    const again: Parked = { ...one, tries: one.tries + 1, dueAt: this.#world.now + pauseMs, locked: false };
    parked[parked.indexOf(one)] = again;
    this.#holding = undefined;
  }
}
