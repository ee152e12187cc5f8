import type { Database } from '@wardline/outbox';

/** Age in seconds of the oldest committed outbox row that no relay has published; 0 when all are out. */
export async function outboxAgeSeconds(database: Database): Promise<number> {
  const rows = await database.query<{ age: number | null }>(
    `SELECT extract(epoch FROM clock_timestamp() - min(created_at))::float8 AS age FROM (
       SELECT created_at FROM delivery.outbox
        WHERE xid >= coalesce((SELECT pg_snapshot_xmax(prev) FROM delivery.outbox_cursor), '1'::xid8) ORDER BY xid LIMIT 1000) AS unpublished`,
  );
  return rows[0]?.age ?? 0;
}

/** Unsettled parked messages by state and owner. */
export async function parkedByState(database: Database): Promise<{ state: string; owner: string; count: number }[]> {
  return database.query(
    `SELECT state, coalesce(owner, 'none') AS owner, count(*)::int AS count FROM delivery.parked
      WHERE state IN ('waiting', 'parked', 'retrying') GROUP BY 1, 2`,
  );
}

/** What the database says of its own clock and release. */
export async function databaseIdentity(database: Database): Promise<{ readonly time: Date; readonly version: string }> {
  const rows = await database.query<{ time: Date; version: string }>(
    `SELECT clock_timestamp() AS time, current_setting('server_version') AS version`,
  );
  return rows[0]!;
}
