import type { Event, World } from './world.ts';

/** A Postgres snapshot: transactions from `xmax` on, and those `inProgress`, are not visible in it. */
export interface Snapshot {
  readonly xmax: number;
  readonly inProgress: ReadonlySet<number>;
}

/** A row of the outbox. Its place in the table is its id. */
export interface Row {
  readonly id: number;
  readonly xid: number;
  readonly event: Event;
}

/** How far a relay is: everything that `prev` sees is out, and of what `cur` sees beyond it the rows up to `lastId`. */
export interface Progress {
  readonly prev: Snapshot;
  readonly cur: Snapshot | null;
  readonly lastId: number;
}

/** The snapshot that sees nothing. */
export const nothingSeen: Snapshot = { xmax: 1, inProgress: new Set() };

/** The writer's side of the database: transactions, key locks, the outbox, the relay's cursor with its lease. */
export class OutboxTable {
  readonly rows: Row[] = [];
  readonly keyLocks = new Map<string, number>();
  readonly cursor = { epoch: 0, leaseUntil: 0, progress: { prev: nothingSeen, cur: null, lastId: 0 } as Progress };
  readonly #running = new Set<number>();
  readonly #aborted = new Set<number>();
  readonly #world: World;
  #nextXid = 1;

  constructor(world: World) {
    this.#world = world;
  }

  begin(): number {
    this.#running.add(this.#nextXid);
    return this.#nextXid++;
  }

  insert(xid: number, event: Event): void {
    this.rows.push({ id: this.rows.length + 1, xid, event });
  }

  end(xid: number, outcome: 'commit' | 'rollback'): void {
    if (!this.#running.delete(xid)) return;
    for (const [key, owner] of this.keyLocks) if (owner === xid) this.keyLocks.delete(key);
    if (outcome === 'rollback') this.#aborted.add(xid);
    else this.#world.commit(this.rows.filter((row) => row.xid === xid).map(({ event }) => event));
  }

  snapshot(): Snapshot {
    return { xmax: this.#nextXid, inProgress: new Set(this.#running) };
  }

  /** Whether a row of this transaction is visible in a snapshot. */
  sees({ xmax, inProgress }: Snapshot, xid: number): boolean {
    return xid < xmax && !inProgress.has(xid) && !this.#aborted.has(xid);
  }

  /** How many committed events a cursor says are out. */
  covered({ prev, cur, lastId }: Progress): number {
    const isOut = ({ id, xid }: Row): boolean =>
      this.sees(prev, xid) || (cur !== null && id <= lastId && this.sees(cur, xid));
    return this.rows.filter(isOut).length;
  }
}
