import { randomUUID } from 'node:crypto';
import type { Database } from '@wardline/outbox';
import { giveBackLease, renewLease, takeLease, type Lease } from './lease.store.js';

const ttlMs = 30_000;

/** This process among the replicas. */
const owner = `${process.pid}-${randomUUID()}`;

/**
 * Runs `job` if this instance gets the lease, renewing it meanwhile; answers null when another instance has the job. The
 * signal fires when the lease could not be renewed: nothing more may be sent then, and every commit checks the epoch anyway.
 */
export async function withLease<T>(
  database: Database,
  name: string,
  job: (lease: Lease, lost: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const lease = await takeLease(database, name, owner, ttlMs);
  if (lease === null) return null;
  const lost = new AbortController();
  const renewal = setInterval(() => {
    renewLease(database, lease, ttlMs).then(
      (ours) => (ours ? undefined : lost.abort()),
      () => lost.abort(),
    );
  }, ttlMs / 3);
  try {
    return await job(lease, lost.signal);
  } finally {
    clearInterval(renewal);
    await giveBackLease(database, lease).catch(() => undefined);
  }
}
