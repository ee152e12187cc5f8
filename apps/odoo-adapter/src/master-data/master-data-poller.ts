import type { Clock, Transaction } from '@wardline/event-handling';
import type { Database, Outbox, Parking } from '@wardline/outbox';
import { holdLease, type Lease } from '../lease.store.js';
import type { Odoo } from '../odoo.js';
import { readContext, type Feed, type MasterModel, type MasterRow, type OdooRow } from './master-model.js';
import { applyDeletions, applyRows, knownIds } from './master-record.store.js';
import { loadCursor, readAnew, saveCursor, type PollCursor } from './poll-cursor.store.js';

/** How the poller reads. */
export interface PollSettings {
  readonly pageSize: number;
  /** Longer than Odoo's longest transaction and the difference of the clocks together. */
  readonly overlapMs: number;
}

/** What the poller works with. */
export interface PollerParts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly parking: Parking;
  readonly clock: Clock;
}

/** Reads what changed in Odoo and publishes it: hash, cursor and event in one transaction per page. */
export class MasterDataPoller {
  constructor(
    private readonly odoo: Odoo,
    private readonly parts: PollerParts,
    private readonly settings: PollSettings,
  ) {}

  /** One poll of a model and of the models whose changes show in it; answers how many events it published. */
  async poll(master: MasterModel, lease: Lease): Promise<number> {
    let published = await this.#scan(master, lease);
    for (const feed of master.feeds) published += await this.#scan(master, lease, feed);
    return published;
  }

  /** Compares all ids: what Odoo no longer has is published as inactive, what slipped by is read. */
  async sweep(master: MasterModel, lease: Lease): Promise<number> {
    const { model, domain } = master;
    const ids = await this.odoo.call<number[]>(model, 'search', { domain: [...domain], context: readContext });
    const known = new Set(await knownIds(this.parts.database, model));
    const present = new Set(ids);
    const missed = ids.filter((id) => !known.has(id));
    const gone = [...known].filter((id) => !present.has(id));
    const rows = missed.length === 0 ? [] : await this.#understood(master, [['id', 'in', missed]]);
    if (rows.length === 0 && gone.length === 0) return 0;
    return this.#commit(lease, async (tx) => {
      const { changes } = await applyRows(tx, model, rows);
      return [
        ...(await this.#publish(tx, master, changes)),
        ...(await this.#publish(tx, master, await applyDeletions(tx, model, gone))),
      ];
    });
  }

  async #scan(master: MasterModel, lease: Lease, feed?: Feed): Promise<number> {
    const name = feed === undefined ? master.model : `${master.model} by ${feed.model}`;
    let cursor = await loadCursor(this.parts.database, name);
    if (feed !== undefined && cursor.completed === 0 && cursor.since === null) {
      // what a feed held before the first full reading of its model is in that reading
      cursor = { ...cursor, since: (await loadCursor(this.parts.database, master.model)).since };
    }
    let published = 0;
    for (let more = true; more;) {
      const { rows, next } = await this.#page(master, cursor, feed);
      more = next.scanBegan !== null;
      if (rows.length > 0 || more || isWorthSaving(cursor, next, this.settings.overlapMs)) {
        published += await this.#store(master, rows, next, lease);
      }
      cursor = next;
    }
    return published;
  }

  /** Reads the next page of a scan, in id order: `write_date` has whole seconds and a single import fills many pages with one. */
  async #page(master: MasterModel, cursor: PollCursor, feed?: Feed): Promise<{ rows: MasterRow[]; next: PollCursor }> {
    const scanBegan = cursor.scanBegan ?? this.parts.clock.now();
    const written = cursor.since === null ? [] : [['write_date', '>=', odooTime(cursor.since)]];
    const found = await this.odoo.searchRead<OdooRow>(feed?.model ?? master.model, {
      domain: [...(feed === undefined ? master.domain : []), ...written, ['id', '>', cursor.lastId]],
      fields: feed === undefined ? master.fields : ['id'],
      order: 'id',
      limit: this.settings.pageSize,
      context: readContext,
    });
    const next =
      found.length < this.settings.pageSize
        ? { ...cursor, since: this.#before(scanBegan), scanBegan: null, lastId: 0, completed: cursor.completed + 1 }
        : { ...cursor, scanBegan, lastId: found.at(-1)?.id ?? cursor.lastId };
    if (feed === undefined) return { rows: await this.#understand(master, found), next };
    if (found.length === 0) return { rows: [], next };
    return { rows: await this.#understood(master, feed.concerns(found.map(({ id }) => id))), next };
  }

  async #understood(master: MasterModel, condition: readonly unknown[]): Promise<MasterRow[]> {
    const { model, domain, fields } = master;
    const rows = await this.odoo.searchRead<OdooRow>(model, {
      domain: [...domain, ...condition],
      fields,
      order: 'id',
      context: readContext,
    });
    return this.#understand(master, rows);
  }

  async #understand(master: MasterModel, rows: readonly OdooRow[]): Promise<MasterRow[]> {
    return master.understand(rows, { odoo: this.odoo, database: this.parts.database });
  }

  async #store(master: MasterModel, rows: readonly MasterRow[], next: PollCursor, lease: Lease): Promise<number> {
    return this.#commit(lease, async (tx) => {
      const { changes, renamed } = await applyRows(tx, master.model, rows);
      await saveCursor(tx, next);
      if (renamed) await readAnew(tx, master.dependents);
      return this.#publish(tx, master, changes);
    });
  }

  async #commit(lease: Lease, work: (tx: Transaction) => Promise<readonly MasterRow[]>): Promise<number> {
    return this.parts.database.transaction(async (tx) => {
      await holdLease(tx, lease);
      return (await work(tx)).length;
    });
  }

  async #publish(tx: Transaction, master: MasterModel, changes: readonly MasterRow[]): Promise<readonly MasterRow[]> {
    const at = this.parts.clock.now();
    await this.parts.outbox.add(
      tx,
      changes.map((row) => master.event(row, at)),
    );
    await this.parts.parking.release(
      tx,
      changes.filter(({ active }) => active).flatMap(({ code }) => master.announces(code)),
    );
    return changes;
  }

  #before(moment: Date): Date {
    return new Date(moment.getTime() - this.settings.overlapMs);
  }
}

/** An idle model's cursor is written when it has moved by half the overlap, not at each poll. */
function isWorthSaving(before: PollCursor, next: PollCursor, overlapMs: number): boolean {
  if (before.since === null || next.since === null) return true;
  return next.since.getTime() - before.since.getTime() >= overlapMs / 2;
}

/** A moment as Odoo writes it: UTC, whole seconds. */
export function odooTime(moment: Date): string {
  return moment.toISOString().slice(0, 19).replace('T', ' ');
}
