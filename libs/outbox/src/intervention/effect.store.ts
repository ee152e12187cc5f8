import { recordToJson, recordTypes } from '@wardline/event-contracts';
import type { EventCodec, Transaction } from '@wardline/event-handling';
import { unsettled } from '../parking/parked.store.js';
import type { Effect } from './operation.js';

type RowCounts = Effect['rows'][number];

/** What a transaction had written at some point of it. */
export interface Reading {
  readonly rows: readonly RowCounts[];
  readonly lastOutboxId: string;
}

/** A table of the service, not of the delivery path. */
export interface ServiceTable {
  readonly oid: number;
  readonly name: string;
}

/** The tables whose rows an effect counts. */
export function serviceTables(reader: Pick<Transaction, 'query'>): Promise<ServiceTable[]> {
  return reader.query<ServiceTable>(
    `SELECT c.oid, n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('delivery', 'pg_catalog', 'information_schema', 'pg_toast') ORDER BY 2`,
  );
}

/**
 * Reads what this transaction has written so far: rows by table, and how far its outbox rows go. `id + 0` keeps Postgres
 * from walking the whole outbox by id instead of looking up the transaction.
 */
export async function readWritten(tx: Transaction, tables: readonly ServiceTable[]): Promise<Reading> {
  const [rows, last] = await Promise.all([
    tx.query<RowCounts>(
      `SELECT t.name AS table, pg_stat_get_xact_tuples_inserted(t.oid)::int AS inserted,
              pg_stat_get_xact_tuples_updated(t.oid)::int AS updated, pg_stat_get_xact_tuples_deleted(t.oid)::int AS deleted
         FROM unnest($1::oid[], $2::text[]) WITH ORDINALITY AS t (oid, name, place) ORDER BY t.place`,
      [tables.map(({ oid }) => oid), tables.map(({ name }) => name)],
    ),
    tx.query<{ id: string }>(
      `SELECT coalesce(max(id + 0), 0) AS id FROM delivery.outbox WHERE xid = pg_current_xact_id()`,
    ),
  ]);
  return { rows, lastOutboxId: last[0]!.id };
}

/** How many messages wait behind one of a key and would follow it: those up to the next that has failed itself. */
export async function countReleases(tx: Transaction, parkedId: string): Promise<number> {
  const [row] = await tx.query<{ releases: number }>(
    `SELECT count(*)::int AS releases FROM delivery.parked w
      WHERE w.topic = (SELECT topic FROM delivery.parked WHERE id = $1)
        AND w.key = (SELECT key FROM delivery.parked WHERE id = $1 AND holds_key)
        AND w.holds_key AND w.state IN ${unsettled} AND w.state = 'waiting'
        AND w.place > (SELECT place FROM delivery.parked WHERE id = $1)
        AND w.place < coalesce((
          SELECT min(f.place) FROM delivery.parked f
           WHERE f.topic = (SELECT topic FROM delivery.parked WHERE id = $1)
             AND f.key = (SELECT key FROM delivery.parked WHERE id = $1)
             AND f.holds_key AND f.state IN ${unsettled} AND f.state <> 'waiting'
             AND f.place > (SELECT place FROM delivery.parked WHERE id = $1)), 9223372036854775807)`,
    [parkedId],
  );
  return row!.releases;
}

/** What this transaction has written since a reading: events as they would go out, masked, and rows by table. */
export async function writtenSince(
  tx: Transaction,
  codec: EventCodec,
  tables: readonly ServiceTable[],
  before: Reading,
): Promise<Omit<Effect, 'releases'>> {
  const [outbox, after] = await Promise.all([
    tx.query<OutboxRow>(
      `SELECT topic, key, payload FROM delivery.outbox WHERE xid = pg_current_xact_id() AND id + 0 > $1 ORDER BY id + 0`,
      [before.lastOutboxId],
    ),
    readWritten(tx, tables),
  ]);
  const events = await Promise.all(outbox.map((row) => shown(row, codec)));
  return { events, rows: difference(after.rows, before.rows) };
}

interface OutboxRow {
  readonly topic: string;
  readonly key: string;
  readonly payload: Buffer;
}

async function shown({ topic, key, payload }: OutboxRow, codec: EventCodec): Promise<Effect['events'][number]> {
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
    .map(({ table, inserted, updated, deleted }, index) => {
      const then = before[index]!;
      return {
        ...{ table, inserted: inserted - then.inserted },
        ...{ updated: updated - then.updated, deleted: deleted - then.deleted },
      };
    })
    .filter(({ inserted, updated, deleted }) => inserted + updated + deleted > 0);
}
