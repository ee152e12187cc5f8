import type { PartitionClaim, Transaction } from '@wardline/event-handling';

/** Takes a partition: one generation higher, so that whoever held it before is fenced. */
export async function claimPartition(tx: Transaction, topic: string, partition: number): Promise<PartitionClaim> {
  const rows = await tx.query<{ generation: number; next_offset: string | null }>(
    `INSERT INTO delivery.consumer_position (topic, partition, generation) VALUES ($1, $2, 1)
     ON CONFLICT (topic, partition) DO UPDATE SET generation = consumer_position.generation + 1
     RETURNING generation, next_offset`,
    [topic, partition],
  );
  const { generation, next_offset: next } = rows[0]!;
  return { generation, nextOffset: next === null ? null : BigInt(next) };
}

/** Locks the position row for this batch; null when another instance has claimed the partition since. */
export async function lockPosition(
  tx: Transaction,
  topic: string,
  partition: number,
  generation: number,
): Promise<{ nextOffset: bigint } | null> {
  const rows = await tx.query<{ next_offset: string | null }>(
    `SELECT next_offset FROM delivery.consumer_position WHERE topic = $1 AND partition = $2 AND generation = $3 FOR UPDATE`,
    [topic, partition, generation],
  );
  return rows[0] === undefined ? null : { nextOffset: BigInt(rows[0].next_offset ?? 0) };
}

/** Moves the position on; part of the batch's commit. */
export async function advancePosition(
  tx: Transaction,
  topic: string,
  partition: number,
  nextOffset: bigint,
): Promise<void> {
  await tx.query(`UPDATE delivery.consumer_position SET next_offset = $3 WHERE topic = $1 AND partition = $2`, [
    topic,
    partition,
    String(nextOffset),
  ]);
}

/** Writes event ids into the inbox and answers those that were not there: the first occurrences. Sorted, so that two batches cannot deadlock. */
export async function takeIntoInbox(tx: Transaction, eventIds: readonly string[]): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set();
  const rows = await tx.query<{ event_id: string }>(
    `INSERT INTO delivery.inbox (event_id) SELECT id FROM unnest($1::uuid[]) AS id ORDER BY id
     ON CONFLICT DO NOTHING RETURNING event_id`,
    [eventIds],
  );
  return new Set(rows.map((row) => row.event_id));
}
