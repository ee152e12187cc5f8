import type pg from 'pg';
import { emptySnapshot, parseSnapshot, type Snapshot } from './snapshot.js';

/** Where publishing stands: everything `prev` sees is out; of what `cur` sees beyond it, the rows up to `lastId` are. */
export interface RelayProgress {
  readonly prev: Snapshot;
  /** Set while a difference is being paged through. */
  readonly cur: Snapshot | null;
  readonly lastId: bigint;
}

/** Which database cluster writes a cursor. */
export interface ClusterIdentity {
  /** Whose transaction ids they are: another system id, other ids. */
  readonly systemId: string;
  /** One more with every promotion and recovery; transaction ids go on through it. */
  readonly timeline: number;
}

/** A won lease: progress as the last leader left it, and the epoch that proves this leadership. */
export interface Leadership {
  readonly epoch: bigint;
  readonly progress: RelayProgress;
  /** Whose ids the progress is made of; null when nothing has been published yet. */
  readonly writtenBy: ClusterIdentity | null;
}

/** How many of our own leases another relay's may last: its setting may be a larger one. */
const longestLeases = 20;

interface CursorRow {
  readonly epoch: string;
  readonly system_id: string | null;
  readonly timeline: number | null;
  readonly prev: string | null;
  readonly cur: string | null;
  readonly last_id: string;
}

/** Which cluster this connection writes to; throws on a standby, whose visibility order is not its commit order. */
export async function clusterIdentity(client: pg.ClientBase): Promise<ClusterIdentity> {
  const result = await client.query<{ system_id: string; timeline: string }>(
    `SELECT (pg_control_system()).system_identifier::text AS system_id,
            ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int::text AS timeline`,
  );
  const row = result.rows[0]!;
  return { systemId: row.system_id, timeline: Number(row.timeline) };
}

/**
 * Takes the lease when it is free or expired, one epoch higher; null while another relay holds it. A lease that would last
 * far longer than any is given stems from a clock that was ahead: it counts for nothing, and its epoch keeps its holder out.
 */
export async function acquireLease(client: pg.ClientBase, owner: string, leaseMs: number): Promise<Leadership | null> {
  const result = await client.query<CursorRow>(
    `UPDATE delivery.outbox_cursor
        SET owner = $1, epoch = epoch + 1, lease_until = clock_timestamp() + make_interval(secs => $2)
      WHERE lease_until IS NULL OR lease_until < clock_timestamp() OR owner = $1
         OR lease_until > clock_timestamp() + make_interval(secs => $2::float8 * ${longestLeases})
      RETURNING epoch, system_id, timeline, prev::text, cur::text, last_id`,
    [owner, leaseMs / 1000],
  );
  const row = result.rows[0];
  if (row === undefined) return null;
  const progress = {
    prev: row.prev === null ? emptySnapshot : parseSnapshot(row.prev),
    cur: row.cur === null ? null : parseSnapshot(row.cur),
    lastId: BigInt(row.last_id),
  };
  const writtenBy =
    row.system_id === null || row.timeline === null ? null : { systemId: row.system_id, timeline: row.timeline };
  return { epoch: BigInt(row.epoch), progress, writtenBy };
}

/**
 * Commits without waiting for the disk, in this one transaction: a crash of Postgres takes the cursor back, what is
 * repeated then the inboxes recognise, and the relay need not stand still for a flush twenty times a second.
 */
const unflushed = `RETURNING set_config('synchronous_commit', 'off', true)`;

/** Writes progress and renews the lease; false when another relay has taken over (its epoch is higher). */
export async function saveProgress(
  client: pg.ClientBase,
  epoch: bigint,
  leaseMs: number,
  progress: RelayProgress,
  identity: ClusterIdentity,
): Promise<boolean> {
  const result = await client.query({
    name: 'relay-progress',
    text: `UPDATE delivery.outbox_cursor
              SET prev = $2, cur = $3, last_id = $4, system_id = $5, timeline = $6, lease_until = clock_timestamp() + make_interval(secs => $7)
            WHERE epoch = $1 ${unflushed}`,
    values: [
      String(epoch),
      progress.prev.text,
      progress.cur?.text ?? null,
      String(progress.lastId),
      identity.systemId,
      identity.timeline,
      leaseMs / 1000,
    ],
  });
  return result.rowCount === 1;
}

/** Renews the lease alone, while a batch is on its way to the broker. */
export async function renewLease(client: pg.ClientBase, epoch: bigint, leaseMs: number): Promise<boolean> {
  const result = await client.query({
    name: 'relay-renew',
    text: `UPDATE delivery.outbox_cursor SET lease_until = clock_timestamp() + make_interval(secs => $2) WHERE epoch = $1`,
    values: [String(epoch), leaseMs / 1000],
  });
  return result.rowCount === 1;
}

/** Gives the lease back on a clean stop, so that the next relay need not wait for it to expire. */
export async function releaseLease(client: pg.ClientBase, epoch: bigint): Promise<void> {
  await client.query(`UPDATE delivery.outbox_cursor SET lease_until = NULL, owner = NULL WHERE epoch = $1`, [
    String(epoch),
  ]);
}
