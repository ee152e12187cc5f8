import type { Transaction } from '@wardline/event-handling';
import { unsettled } from '../parking/parked.store.js';

/** Rows that one call forgets at most: its transaction is short, and nobody waits for it. */
export const mostAtOnce = 2_000;

/**
 * Forgets ids of events that were taken before a time; answers how many. An event that is still parked stays known, however
 * long it waits: a repeat of it must not overtake it.
 */
export async function forgetInbox(tx: Transaction, before: Date): Promise<number> {
  const rows = await tx.query(
    `DELETE FROM delivery.inbox WHERE event_id IN (
       SELECT i.event_id FROM delivery.inbox i
        WHERE i.taken_at < $1
          AND NOT EXISTS (SELECT FROM delivery.parked p WHERE p.event_id = i.event_id AND p.state IN ${unsettled})
        LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED)
     RETURNING 1`,
    [before],
  );
  return rows.length;
}

/** Forgets operations that ended before a time, with their items; answers how many operations. */
export async function forgetOperations(tx: Transaction, before: Date): Promise<number> {
  const rows = await tx.query(
    `WITH old AS MATERIALIZED (
       SELECT operation_id FROM delivery.operation WHERE finished_at < $1
        ORDER BY finished_at LIMIT 10 FOR UPDATE SKIP LOCKED
     ), items AS (
       DELETE FROM delivery.operation_item WHERE operation_id IN (SELECT operation_id FROM old)
     )
     DELETE FROM delivery.operation WHERE operation_id IN (SELECT operation_id FROM old) RETURNING 1`,
    [before],
  );
  return rows.length;
}

/**
 * Forgets parked messages that ended before a time, with their attempts and versions; answers how many. A message that an
 * operation still tells of stays with it, and an original stays as long as the version that took its place.
 */
export async function forgetParked(tx: Transaction, before: Date): Promise<number> {
  const rows = await tx.query(
    `WITH old AS MATERIALIZED (
       SELECT p.id FROM delivery.parked p
        WHERE p.settled_at < $1
          AND NOT EXISTS (SELECT FROM delivery.operation_item i WHERE i.parked_id = p.id)
          AND NOT EXISTS (SELECT FROM delivery.parked later WHERE later.supersedes = p.exception_id)
        ORDER BY p.settled_at LIMIT ${mostAtOnce} FOR UPDATE OF p SKIP LOCKED
     ), attempts AS (
       DELETE FROM delivery.parked_attempt WHERE parked_id IN (SELECT id FROM old)
     ), past AS (
       DELETE FROM delivery.parked_past WHERE parked_id IN (SELECT id FROM old)
     )
     DELETE FROM delivery.parked WHERE id IN (SELECT id FROM old) RETURNING 1`,
    [before],
  );
  return rows.length;
}
