import type { Log, Transaction } from '@wardline/event-handling';
import { holdLease, type Lease } from '../lease.store.js';
import type { PollerParts, PollSettings } from '../master-data/master-data-poller.js';
import { namesOf } from '../master-data/master-record.store.js';
import { loadCursor, saveCursor } from '../master-data/poll-cursor.store.js';
import type { Odoo } from '../odoo.js';
import { holdOldLines, type LineFinding } from '../shadow/hold-lines.js';
import { contentOf, isNamed, isSame, reportsOf, type LineNames, type LineRow } from './move-line.js';
import {
  freshLines,
  knownLines,
  noteLines,
  noteOpeningMoves,
  openingOf,
  waitingLines,
  type KnownLine,
} from './move-line.store.js';
import { doneLines, linesSince, ownLines, readLines } from './move-reading.js';

/** The name of the cursor of done moves. */
export const movesCursor = 'stock.move.line';

/** A deep look every sixth of the overlap; a look in between goes back as far as that. */
const overlapsPerDeepLook = 6;

/**
 * Tells what people move inside Odoo. Done lines are read by write date with an overlap; those of the opening balances
 * and Wardline's own are left out, and a line that is changed after it was done is told as a correction.
 */
export class MoveReporter {
  #lastLook: Date | null = null;
  #lastDeepLook: Date | null = null;

  constructor(
    private readonly odoo: Odoo,
    private readonly parts: Omit<PollerParts, 'parking'>,
    private readonly settings: PollSettings,
    private readonly log: Log,
  ) {}

  /** One poll; answers how many events it published. Nothing before the opening balances went out. */
  async poll(lease: Lease): Promise<number> {
    const { database, clock } = this.parts;
    const opening = await openingOf(database);
    if (opening === null) return 0;
    if (!opening.isNoted) await this.#noteOpening(opening.at, lease);
    const cursor = await loadCursor(database, movesCursor);
    const began = clock.now();
    const { since, isDeep } = this.#lookBack(cursor.since ?? this.#before(opening.at), began);
    let published = await this.#take(await waitingLines(database, this.settings.pageSize), lease);
    for await (const heads of linesSince(this.odoo, since, this.settings.pageSize))
      published += await this.#take(await freshLines(database, heads), lease);
    this.#lastLook = began;
    if (!isDeep) return published;
    this.#lastDeepLook = began;
    const next = this.#before(began);
    if (cursor.since !== null && next.getTime() - cursor.since.getTime() < this.settings.overlapMs / 2)
      return published;
    await database.transaction(async (tx) => {
      await holdLease(tx, lease);
      await saveCursor(tx, { ...cursor, since: next, completed: cursor.completed + 1 });
    });
    return published;
  }

  /**
   * Since when to read. What a long transaction of Odoo wrote shows late, so every so often all of the overlap is read
   * again; in between, what was written of late. Only a deep look moves the cursor.
   */
  #lookBack(since: Date, began: Date): { readonly since: Date; readonly isDeep: boolean } {
    const shortMs = this.settings.overlapMs / overlapsPerDeepLook;
    const [look, deep] = [this.#lastLook, this.#lastDeepLook];
    if (look === null || deep === null || began.getTime() - deep.getTime() >= shortMs) return { since, isDeep: true };
    return { since: new Date(Math.max(since.getTime(), look.getTime() - shortMs)), isDeep: false };
  }

  /** Opening balances of before this was noted contain what Odoo dates before them. */
  async #noteOpening(at: Date, lease: Lease): Promise<void> {
    const ids = await doneLines(this.odoo, at);
    await this.parts.database.transaction(async (tx) => {
      await holdLease(tx, lease);
      await noteOpeningMoves(tx, ids);
    });
  }

  async #take(ids: readonly number[], lease: Lease): Promise<number> {
    if (ids.length === 0) return 0;
    const rows = await readLines(this.odoo, ids);
    const own = await ownLines(this.odoo, ids);
    return this.parts.database.transaction(async (tx) => {
      await holdLease(tx, lease);
      const known = await knownLines(tx, ids);
      const names = await this.#names(tx, rows, known);
      const seen = rows.map((row) => this.#find(row, known.get(row.id), own.has(row.id), names));
      const findings = await holdOldLines(tx, seen, this.parts.clock.now());
      await noteLines(
        tx,
        findings.map((finding) => finding.known),
      );
      const events = findings.flatMap((finding) => finding.events);
      await this.parts.outbox.add(tx, events);
      return events.length;
    });
  }

  #find(row: LineRow, before: KnownLine | undefined, isOwn: boolean, names: LineNames): LineFinding {
    const content = contentOf(row);
    const told = before?.state === 'held' ? null : (before?.content ?? null);
    const revision = before === undefined || told === null ? 0 : before.revision;
    const seen = { lineId: row.id, writeDate: row.write_date };
    if (told !== null && isSame(told, content)) {
      const state = before!.state === 'waiting' ? 'told' : before!.state;
      return { known: { ...seen, state, content, revision }, events: [] };
    }
    if (isOwn && told === null) return { known: { ...seen, state: 'own', content, revision: 0 }, events: [] };
    if (!isNamed(content, names) || (told !== null && !isNamed(told, names))) {
      if (before?.state !== 'waiting') this.log.info(unnamed(row));
      return { known: { ...seen, state: 'waiting', content: told, revision }, events: [] };
    }
    const next = told === null ? 0 : revision + 1;
    const events = reportsOf(row, told, next, names, this.parts.clock.now());
    return { known: { ...seen, state: 'told', content, revision: next }, events };
  }

  async #names(tx: Transaction, rows: readonly LineRow[], known: ReadonlyMap<number, KnownLine>): Promise<LineNames> {
    const contents = [...rows.map(contentOf), ...[...known.values()].flatMap(({ content }) => content ?? [])];
    return {
      products: await namesOf(
        tx,
        'product.product',
        contents.map(({ productId }) => productId),
      ),
      locations: await namesOf(
        tx,
        'stock.location',
        contents.flatMap(({ fromId, toId }) => [fromId, toId]),
      ),
      lots: await namesOf(
        tx,
        'stock.lot',
        contents.map(({ lotId }) => lotId),
      ),
    };
  }

  #before(moment: Date): Date {
    return new Date(moment.getTime() - this.settings.overlapMs);
  }
}

function unnamed(row: LineRow): string {
  const product = row.product_id ? row.product_id[1] : 'an unknown product';
  return `Odoo's move ${row.id} (${row.reference || 'no reference'}) of ${product} waits to be told until its product, lot and locations are read.`;
}
