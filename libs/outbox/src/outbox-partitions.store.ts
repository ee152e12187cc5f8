import type pg from 'pg';

/** Ids per partition. */
export const partitionRows = 1_000_000n;

interface Partition {
  readonly name: string;
  readonly number: bigint;
}

/**
 * Keeps two partitions ahead of the id sequence and drops those whose rows are all published and older than the
 * retention. Partitions are made aside and attached, which never blocks writers.
 */
export async function maintainPartitions(
  client: pg.ClientBase,
  publishedId: bigint,
  retentionHours: number,
): Promise<void> {
  const partitions = await livePartitions(client);
  const sequence = await client.query<{ last_value: string }>('SELECT last_value FROM delivery.outbox_id');
  const current = BigInt(sequence.rows[0]!.last_value) / partitionRows;
  const present = new Set(partitions.map(({ number }) => number));
  for (const number of [current, current + 1n, current + 2n]) {
    if (!present.has(number)) await attach(client, number);
  }
  for (const partition of partitions) {
    const end = (partition.number + 1n) * partitionRows;
    if (partition.number < current && end <= publishedId) await dropWhenOld(client, partition, retentionHours);
  }
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

async function dropWhenOld(client: pg.ClientBase, { name }: Partition, retentionHours: number): Promise<void> {
  const newest = await client.query<{ old: boolean | null }>(
    `SELECT created_at < now() - make_interval(hours => $1) AS old FROM delivery.${name} ORDER BY id DESC LIMIT 1`,
    [retentionHours],
  );
  if (newest.rows[0]?.old === false) return;
  await client.query(`ALTER TABLE delivery.outbox DETACH PARTITION delivery.${name} CONCURRENTLY`);
  await client.query(`DROP TABLE delivery.${name}`);
}
