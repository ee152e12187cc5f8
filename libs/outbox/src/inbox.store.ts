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

/** A place in a partition: everything before `nextOffset` is settled. */
export interface Position {
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: bigint;
}

/**
 * Locks the position rows of claimed partitions, in one order for all, and answers where they stand. A partition that
 * another instance has claimed since is missing.
 */
export async function lockPositions(
  tx: Transaction,
  claims: readonly { readonly topic: string; readonly partition: number; readonly generation: number }[],
): Promise<Position[]> {
  const rows = await tx.query<{ topic: string; partition: number; next_offset: string | null }>(
    `SELECT topic, partition, next_offset FROM delivery.consumer_position
      JOIN unnest($1::text[], $2::int[], $3::int[]) AS claim (topic, partition, generation) USING (topic, partition, generation)
     ORDER BY topic, partition FOR UPDATE OF consumer_position`,
    [
      claims.map(({ topic }) => topic),
      claims.map(({ partition }) => partition),
      claims.map(({ generation }) => generation),
    ],
  );
  return rows.map(({ topic, partition, next_offset: next }) => ({ topic, partition, nextOffset: BigInt(next ?? 0) }));
}

/** Moves positions on; part of the batch's commit. */
export async function advancePositions(tx: Transaction, positions: readonly Position[]): Promise<void> {
  if (positions.length === 0) return;
  await tx.query(
    `UPDATE delivery.consumer_position AS known SET next_offset = settled.next_offset
       FROM unnest($1::text[], $2::int[], $3::bigint[]) AS settled (topic, partition, next_offset)
      WHERE known.topic = settled.topic AND known.partition = settled.partition`,
    [
      positions.map(({ topic }) => topic),
      positions.map(({ partition }) => partition),
      positions.map(({ nextOffset }) => String(nextOffset)),
    ],
  );
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
