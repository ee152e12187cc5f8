import { recordToJson, recordTypes } from '@wardline/event-contracts';
import type { EventCodec, Transaction } from '@wardline/event-handling';
import { unsettled } from '../parked.store.js';
import type { Effect } from './operation.js';

type RowCounts = Effect['rows'][number];

/** What a transaction had written at some point of it. */
export interface Reading {
  readonly rows: readonly RowCounts[];
  readonly lastOutboxId: string;
}

/** Reads what this transaction has written so far: rows by table of the service, and how far its outbox rows go. */
export async function readWritten(tx: Transaction): Promise<Reading> {
  const [rows, last] = await Promise.all([
    tx.query<RowCounts>(
      `SELECT schemaname || '.' || relname AS table, n_tup_ins::int AS inserted, n_tup_upd::int AS updated, n_tup_del::int AS deleted
         FROM pg_stat_xact_user_tables WHERE schemaname <> 'delivery' AND n_tup_ins + n_tup_upd + n_tup_del > 0 ORDER BY 1`,
    ),
    tx.query<{ id: string }>(`SELECT coalesce(max(id), 0) AS id FROM delivery.outbox WHERE xid = pg_current_xact_id()`),
  ]);
  return { rows, lastOutboxId: last[0]!.id };
}

/** How many messages wait behind one of a key and would follow it: those up to the next that has failed itself. */
export async function countReleases(tx: Transaction, parkedId: string): Promise<number> {
  const [row] = await tx.query<{ releases: number }>(
    `SELECT count(*)::int AS releases FROM delivery.parked p JOIN delivery.parked w USING (topic, key)
      WHERE p.id = $1 AND p.holds_key AND w.holds_key AND w.state = 'waiting' AND w.place > p.place
        AND w.place < coalesce((
          SELECT min(f.place) FROM delivery.parked f
           WHERE f.topic = p.topic AND f.key = p.key AND f.holds_key AND f.place > p.place
             AND f.state IN ${unsettled} AND f.state <> 'waiting'), 9223372036854775807)`,
    [parkedId],
  );
  return row!.releases;
}

/** What this transaction has written since a reading: events as they would go out, masked, and rows by table. */
export async function writtenSince(
  tx: Transaction,
  codec: EventCodec,
  before: Reading,
): Promise<Omit<Effect, 'releases'>> {
  const outbox = await tx.query<{ topic: string; key: string; payload: Buffer }>(
    `SELECT topic, key, payload FROM delivery.outbox WHERE xid = pg_current_xact_id() AND id > $1 ORDER BY id`,
    [before.lastOutboxId],
  );
  const events = await Promise.all(outbox.map((row) => shown(row, codec)));
  return { events, rows: difference((await readWritten(tx)).rows, before.rows) };
}

async function shown(
  { topic, key, payload }: { topic: string; key: string; payload: Buffer },
  codec: EventCodec,
): Promise<Effect['events'][number]> {
  const result = await codec.decode(topic, payload);
  if (!result.ok) throw new Error(`an event for ${topic} cannot be read back: ${result.message}`);
  return {
    topic,
    recordType: result.typeName,
    key,
    data: recordToJson(recordTypes.get(result.typeName)!, result.data),
  };
}

function difference(after: readonly RowCounts[], before: readonly RowCounts[]): RowCounts[] {
  return after
    .map((now) => {
      const then = before.find(({ table }) => table === now.table);
      const { table, inserted, updated, deleted } = now;
      if (then === undefined) return now;
      const [ins, upd, del] = [inserted - then.inserted, updated - then.updated, deleted - then.deleted];
      return { table, inserted: ins, updated: upd, deleted: del };
    })
    .filter(({ inserted, updated, deleted }) => inserted + updated + deleted > 0);
}
