import type pg from 'pg';
import type { Snapshot } from './snapshot.js';

/** Ids per partition. */
export const partitionRows = 1_000_000n;

interface Partition {
  readonly name: string;
  readonly number: bigint;
}

/**
 * Keeps two partitions ahead of the id sequence and drops those whose rows are all published (`published` sees them) and
 * older than the retention. Partitions are made aside and attached, which never blocks writers. Nothing is dropped while a
 * transaction that has written events stays open: its rows may be in any partition, and dropping would wait for it.
 */
export async function maintainPartitions(
  client: pg.ClientBase,
  published: Snapshot,
  retentionHours: number,
): Promise<void> {
  const partitions = await livePartitions(client);
  const sequence = await client.query<{ last_value: string }>('SELECT last_value FROM delivery.outbox_id');
  const current = BigInt(sequence.rows[0]!.last_value) / partitionRows;
  const present = new Set(partitions.map(({ number }) => number));
  for (const number of [current, current + 1n, current + 2n]) {
    if (!present.has(number)) await attach(client, number);
  }
  const past = partitions.filter(({ number }) => number < current);
  if (past.length === 0 || (await writersStayOpen(client))) return;
  for (const partition of past)
    if (await mayGo(client, partition, published, retentionHours)) await drop(client, partition);
}

async function writersStayOpen(client: pg.ClientBase): Promise<boolean> {
  const result = await client.query(
    `SELECT 1 FROM pg_locks AS held JOIN pg_stat_activity AS session USING (pid)
      WHERE held.locktype = 'relation' AND held.relation = 'delivery.outbox'::regclass AND held.mode = 'RowExclusiveLock'
        AND pid <> pg_backend_pid() AND session.xact_start < clock_timestamp() - interval '1 second' LIMIT 1`,
  );
  return result.rows.length > 0;
}

async function livePartitions(client: pg.ClientBase): Promise<Partition[]> {
  const result = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'delivery.outbox'::regclass`,
  );
  return result.rows.map(({ name }) => ({ name, number: BigInt(name.slice('outbox_'.length)) }));
}

async function attach(client: pg.ClientBase, number: bigint): Promise<void> {
  const name = `delivery.outbox_${number}`;
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${name} (LIKE delivery.outbox INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`,
  );
  await client.query(
    `ALTER TABLE delivery.outbox ATTACH PARTITION ${name} FOR VALUES FROM (${number * partitionRows}) TO (${(number + 1n) * partitionRows})`,
  );
}

/** Whether every row is older than the retention and seen by the snapshot up to which all is published. */
async function mayGo(
  client: pg.ClientBase,
  { name }: Partition,
  published: Snapshot,
  retentionHours: number,
): Promise<boolean> {
  const result = await client.query<{ newest_is_old: boolean; all_published: boolean }>(
    `SELECT coalesce((SELECT created_at < now() - make_interval(hours => $1) FROM delivery.${name} ORDER BY id DESC LIMIT 1), true) AS newest_is_old,
            NOT EXISTS (SELECT 1 FROM delivery.${name} WHERE xid >= $2::xid8)
            AND NOT EXISTS (SELECT 1 FROM delivery.${name} WHERE xid = ANY($3::xid8[])) AS all_published`,
    [retentionHours, String(published.xmax), published.inProgress.map(String)],
  );
  const { newest_is_old: newestIsOld, all_published: allPublished } = result.rows[0]!;
  return newestIsOld && allPublished;
}

async function drop(client: pg.ClientBase, { name }: Partition): Promise<void> {
  await client.query(`ALTER TABLE delivery.outbox DETACH PARTITION delivery.${name} CONCURRENTLY`);
  await client.query(`DROP TABLE delivery.${name}`);
}
