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

/** Where a claimed partition will stand after a batch. */
export interface PositionMove extends Position {
  readonly generation: number;
}

/**
 * Locks the position rows of claimed partitions, in one order for all, moves them on and answers where they stood. A
 * partition that another instance has claimed since is missing. A row that is further on already stays.
 */
export async function movePositions(tx: Transaction, moves: readonly PositionMove[]): Promise<Position[]> {
  const rows = await tx.query<{ topic: string; partition: number; stood: string | null }>(
    `WITH known AS MATERIALIZED (
       SELECT topic, partition, position.next_offset AS stood, move.next_offset
         FROM delivery.consumer_position AS position
         JOIN unnest($1::text[], $2::int[], $3::int[], $4::bigint[]) AS move (topic, partition, generation, next_offset)
        USING (topic, partition, generation)
        ORDER BY topic, partition FOR UPDATE OF position
     )
     UPDATE delivery.consumer_position AS position SET next_offset = greatest(known.stood, known.next_offset) FROM known
      WHERE position.topic = known.topic AND position.partition = known.partition
     RETURNING known.topic, known.partition, known.stood`,
    [
      moves.map(({ topic }) => topic),
      moves.map(({ partition }) => partition),
      moves.map(({ generation }) => generation),
      moves.map(({ nextOffset }) => String(nextOffset)),
    ],
  );
  return rows.map(({ topic, partition, stood }) => ({ topic, partition, nextOffset: BigInt(stood ?? 0) }));
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
