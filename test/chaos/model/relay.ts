import type { Network } from './network.ts';
import type { OutboxTable, Progress, Row, Snapshot } from './outbox-table.ts';
import type { Process } from './process.ts';
import type { Rules } from './rules.ts';
import type { World } from './world.ts';

const leaseMs = 100;
const pageSize = 3;

/** One leadership. */
interface Term {
  readonly epoch: number;
  renewedAt: number;
  lost: boolean;
}

/** One of several relays; the one with the lease leads (libs/outbox: relay.ts, relay-term.ts, relay-cursor.store.ts). */
export class Relay {
  readonly #world: World;
  readonly #table: OutboxTable;
  readonly #network: Network;
  readonly #rules: Rules;

  constructor(world: World, table: OutboxTable, network: Network, rules: Rules) {
    this.#world = world;
    this.#table = table;
    this.#network = network;
    this.#rules = rules;
  }

  *run(): Process {
    for (;;) {
      yield 0;
      const { cursor } = this.#table;
      if (cursor.leaseUntil > this.#world.now) {
        yield leaseMs / 3;
        continue;
      }
      cursor.epoch += 1;
      cursor.leaseUntil = this.#world.now + leaseMs;
      const term: Term = { epoch: cursor.epoch, renewedAt: this.#world.now, lost: false };
      let { progress } = cursor;
      yield 0;
      while (!term.lost) progress = yield* this.#advance(term, progress);
    }
  }

  /** Publishes what is new, page by page; answers how far it came. */
  *#advance(term: Term, from: Progress): Generator<number, Progress, void> {
    const cur = from.cur ?? this.#table.snapshot();
    let progress: Progress = from.cur === null ? { ...from, cur, lastId: this.#firstId(from) } : from;
    for (;;) {
      const page = this.#page(progress);
      yield 0;
      if (page.length === 0) break;
      if (!(yield* this.#isHeld(term))) return progress;
      const after: Progress = { ...progress, lastId: page.at(-1)!.id };
      if (this.#rules.cursorMoves === 'before the ack') yield* this.#save(term, after);
      yield* this.#publish(page);
      progress = after;
      if (this.#world.random() < 0.5) yield* this.#save(term, progress);
      if (term.lost) return progress;
    }
    const done: Progress = { prev: cur, cur: null, lastId: progress.lastId };
    yield* this.#save(term, done);
    yield 5;
    return done;
  }

  /** A difference is paged from its beginning; the recipes without snapshots go on from where they were. */
  #firstId({ lastId }: Progress): number {
    return this.#rules.reads === 'snapshot difference' ? 0 : lastId;
  }

  #page({ prev, cur, lastId }: Progress): Row[] {
    const { rows } = this.#table;
    const sees = (snapshot: Snapshot, { xid }: Row): boolean => this.#table.sees(snapshot, xid);
    switch (this.#rules.reads) {
      case 'snapshot difference':
        return rows.filter((row) => row.id > lastId && sees(cur!, row) && !sees(prev, row)).slice(0, pageSize);
      case 'highest id':
        return rows.filter((row) => row.id > lastId && sees(cur!, row)).slice(0, pageSize);
      case 'xmin watermark': {
        const xmin = Math.min(cur!.xmax, ...cur!.inProgress);
        const settled = rows.filter((row) => row.xid < xmin && sees(cur!, row));
        const inOrder = settled.sort((a, b) => a.xid - b.xid || a.id - b.id);
        const last = inOrder.findIndex(({ id }) => id === lastId);
        return inOrder.slice(last + 1, last + 1 + pageSize);
      }
    }
  }

  /** Sends until it is acknowledged; what was sent before may arrive as well, and late. */
  *#publish(page: readonly Row[]): Process {
    for (;;) {
      const request = this.#network.send(page.map(({ event }) => event));
      const givenUpAt = this.#world.now + 60;
      while (!request.acknowledged && this.#world.now < givenUpAt) yield 2;
      if (request.acknowledged) return;
    }
  }

  /** At 70 % of the lease by its own clock it asks; a relay that stood still does not go on by itself. */
  *#isHeld(term: Term): Generator<number, boolean, void> {
    if (this.#world.now - term.renewedAt > leaseMs * 0.7) {
      this.#write(term, () => undefined);
      yield 0;
    }
    return !term.lost;
  }

  *#save(term: Term, progress: Progress): Process {
    this.#write(term, () => {
      this.#table.cursor.progress = progress;
      if (this.#rules.reads === 'snapshot difference') this.#world.cursor(this.#table.covered(progress));
    });
    yield 0;
  }

  #write(term: Term, change: () => void): void {
    const { cursor } = this.#table;
    if (this.#rules.provesEpoch && cursor.epoch !== term.epoch) {
      term.lost = true;
      return;
    }
    change();
    cursor.leaseUntil = this.#world.now + leaseMs;
    term.renewedAt = this.#world.now;
  }
}
