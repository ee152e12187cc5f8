import type { Transaction } from '@wardline/event-handling';
import type { ReplayReport, ReplayRequest } from './replay.js';

/** Up to where this consumer has settled the partitions of a topic: the offset that it takes next. */
export async function settledPlaces(tx: Transaction, topic: string): Promise<Map<number, bigint>> {
  const rows = await tx.query<{ partition: number; next_offset: string }>(
    `SELECT partition, next_offset FROM delivery.consumer_position
      WHERE topic = $1 AND next_offset IS NOT NULL ORDER BY partition`,
    [topic],
  );
  return new Map(rows.map(({ partition, next_offset: next }) => [partition, BigInt(next)]));
}

/** Keeps who had a range given again, why, and what came of it (promise 6). */
export function noteReplay(tx: Transaction, request: ReplayRequest, report: ReplayReport, at: Date): void {
  tx.write(
    `INSERT INTO delivery.replay (topic, partition, from_offset, to_offset, requested_by, reason, at, counts)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[request.topic, request.partition, String(request.from), String(request.to), request.by, request.reason],
      ...[at, JSON.stringify(report)],
    ],
  );
}
