import type { Transaction } from '@wardline/event-handling';
import { parkedMessage, unsettled, type ParkedMessage, type ParkedRow } from './parked.store.js';

/** Locks the next message that may be tried: due, and first of its key. Null when there is none, or others have them. */
export async function lockNextDue(tx: Transaction, now: Date): Promise<ParkedMessage | null> {
  const rows = await tx.query<ParkedRow>(
    `SELECT p.* FROM delivery.parked p
      WHERE p.state IN ${unsettled} AND p.next_attempt_at <= $1
        AND (NOT p.holds_key OR p.place = (
          SELECT min(e.place) FROM delivery.parked e
           WHERE e.topic = p.topic AND e.key = p.key AND e.holds_key AND e.state IN ${unsettled}))
      ORDER BY p.next_attempt_at, p.place LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [now],
  );
  return rows[0] === undefined ? null : parkedMessage(rows[0]);
}

/**
 * Makes messages due that wait although they stand first in their key; answers how many. They are rare: the one before
 * such a message ended in the moment in which it was set to wait behind it. One look at each held key.
 */
export async function makeLeftBehindDue(tx: Transaction, now: Date): Promise<number> {
  const columns = 'topic, key, id, state, next_attempt_at';
  const rows = await tx.query(
    `WITH RECURSIVE first_of_key AS (
       (SELECT ${columns} FROM delivery.parked WHERE holds_key AND state IN ${unsettled} ORDER BY topic, key, place LIMIT 1)
       UNION ALL
       SELECT next.* FROM first_of_key f CROSS JOIN LATERAL (
         SELECT ${columns} FROM delivery.parked p
          WHERE p.holds_key AND p.state IN ${unsettled} AND (p.topic, p.key) > (f.topic, f.key)
          ORDER BY p.topic, p.key, p.place LIMIT 1) AS next
     )
     UPDATE delivery.parked SET next_attempt_at = $1 WHERE id IN (
       SELECT id FROM first_of_key WHERE state = 'waiting' AND next_attempt_at IS NULL) RETURNING id`,
    [now],
  );
  return rows.length;
}

/** Puts off a message whose dependency is away: no try is counted. */
export function postpone(tx: Transaction, parked: ParkedMessage, until: Date): void {
  tx.write(`UPDATE delivery.parked SET next_attempt_at = $2 WHERE id = $1`, [String(parked.id), until]);
}

/** Makes every message due that waits for one of these names; answers how many. */
export async function makeAwaitingDue(tx: Transaction, awaited: readonly string[], now: Date): Promise<number> {
  const rows = await tx.query(
    `UPDATE delivery.parked SET next_attempt_at = $2 WHERE awaits && $1::text[] AND state IN ('parked', 'retrying') RETURNING id`,
    [awaited, now],
  );
  return rows.length;
}
