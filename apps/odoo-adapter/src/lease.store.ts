import type { Transaction } from '@wardline/event-handling';
import type { Database } from '@wardline/outbox';

/** The right to do one job alone across replicas, until it runs out. `epoch` grows with each holder. */
export interface Lease {
  readonly name: string;
  readonly owner: string;
  readonly epoch: bigint;
}

/** Thrown when another replica has taken the job over: what was about to be written must be dropped. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(lease: Lease) {
    super(`another instance has taken over ${lease.name} since epoch ${lease.epoch}`);
  }
}

/** Takes a free or run-out lease; null when somebody else holds it. */
export async function takeLease(database: Database, name: string, owner: string, ttlMs: number): Promise<Lease | null> {
  const rows = await database.query<{ epoch: string }>(
    `INSERT INTO lease (name, owner, epoch, lease_until) VALUES ($1, $2, 1, now() + $3 * interval '1 millisecond')
     ON CONFLICT (name) DO UPDATE
       SET owner = excluded.owner, epoch = lease.epoch + 1, lease_until = excluded.lease_until
       WHERE lease.lease_until < now() OR lease.owner = excluded.owner
     RETURNING epoch`,
    [name, owner, ttlMs],
  );
  return rows[0] === undefined ? null : { name, owner, epoch: BigInt(rows[0].epoch) };
}

/** Lengthens a lease; false when it is no longer ours. */
export async function renewLease(database: Database, lease: Lease, ttlMs: number): Promise<boolean> {
  const rows = await database.query(
    `UPDATE lease SET lease_until = now() + $3 * interval '1 millisecond' WHERE name = $1 AND epoch = $2 RETURNING 1`,
    [lease.name, String(lease.epoch), ttlMs],
  );
  return rows.length > 0;
}

/** Gives a lease back, so that another replica need not wait for it to run out. */
export async function giveBackLease(database: Database, lease: Lease): Promise<void> {
  await database.query(`UPDATE lease SET lease_until = now() WHERE name = $1 AND epoch = $2`, [
    lease.name,
    String(lease.epoch),
  ]);
}

/** Holds the lease for the length of a transaction; throws {@link LeaseLost} when it is no longer ours. */
export async function holdLease(tx: Transaction, lease: Lease): Promise<void> {
  const rows = await tx.query(`SELECT 1 FROM lease WHERE name = $1 AND epoch = $2 FOR SHARE`, [
    lease.name,
    String(lease.epoch),
  ]);
  if (rows.length === 0) throw new LeaseLost(lease);
}
