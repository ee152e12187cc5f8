import { Decimal, type EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Movement } from '../posting/posting.js';
import type { Query } from '../posting/posting.store.js';
import type { Agreement } from './pairing.js';

/** A movement that is withheld. */
export interface Withheld {
  readonly eventId: EventId;
  readonly correlationId: EventId;
  readonly key: string;
  readonly checkpointId: EventId;
  readonly movement: Movement;
  readonly takenAt: Date;
}

interface WithheldRow {
  event_id: EventId;
  correlation_id: EventId;
  message_key: string;
  checkpoint_id: EventId;
  movement: Omit<Movement, 'quantity' | 'occurredAt'> & { quantity: string; occurredAt: string };
  taken_at: Date;
}

const settleable = `
WITH due AS (
  SELECT DISTINCT p.movement->>'productCode' AS product, p.movement->>'fromLocation' AS origin, p.movement->>'toLocation' AS target
    FROM posting p JOIN checkpoint c USING (checkpoint_id)
   WHERE p.state = 'withheld'
     AND greatest(p.taken_at, (p.movement->>'occurredAt')::timestamptz) + c.tolerance_ms * interval '1 millisecond' < $1
)
SELECT p.* FROM posting p
  JOIN due ON (p.movement->>'productCode', p.movement->>'fromLocation', p.movement->>'toLocation') = (product, origin, target)
 WHERE p.state = 'withheld' ORDER BY p.position`;

/** What is withheld of products and ways of which the time of any is over, in order. */
export async function settleableMovements(query: Query, now: Date): Promise<Withheld[]> {
  return (await query.query<WithheldRow>(settleable, [now])).map(withheldOf);
}

/** A movement that only Wardline has, locked; null when it is none. */
export async function lockAlone(tx: Transaction, eventId: string): Promise<Withheld | null> {
  const [row] = await tx.query<WithheldRow>(
    `SELECT * FROM posting WHERE event_id = $1 AND state = 'alone' FOR UPDATE`,
    [eventId],
  );
  return row === undefined ? null : withheldOf(row);
}

function withheldOf(row: WithheldRow): Withheld {
  const { quantity, occurredAt, ...movement } = row.movement;
  return {
    ...{ eventId: row.event_id, correlationId: row.correlation_id, key: row.message_key, takenAt: row.taken_at },
    checkpointId: row.checkpoint_id,
    movement: { ...movement, quantity: new Decimal(quantity), occurredAt: new Date(occurredAt) },
  };
}

/** What was found about a movement. */
export interface Found {
  readonly eventId: EventId;
  readonly code: Agreement | 'ALONE';
  readonly reference: string | null;
  readonly message: string;
}

/** Notes that the old interface posted movements, or that it did not. */
export async function noteFound(tx: Transaction, found: readonly Found[], at: Date): Promise<void> {
  if (found.length === 0) return;
  await tx.query(
    `UPDATE posting SET state = CASE WHEN f.code = 'ALONE' THEN 'alone' ELSE 'elsewhere' END, code = f.code,
            reference = f.reference, error = f.message, settled_at = $5
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS f (event_id, code, reference, message)
      WHERE posting.event_id = f.event_id AND posting.state = 'withheld'`,
    [
      found.map(({ eventId }) => eventId),
      found.map(({ code }) => code),
      found.map(({ reference }) => reference),
      found.map(({ message }) => message),
      at,
    ],
  );
}

/** Wardline posts movements after all, each by its lane. */
export async function releasePostings(
  tx: Transaction,
  released: readonly { readonly eventId: EventId; readonly lane: string; readonly why: string }[],
  at: Date,
): Promise<void> {
  if (released.length === 0) return;
  await tx.query(
    `UPDATE posting SET state = 'pending', lane = r.lane, due_at = $4, settled_at = $4, code = NULL, error = r.why
       FROM unnest($1::uuid[], $2::text[], $3::text[]) AS r (event_id, lane, why)
      WHERE posting.event_id = r.event_id AND posting.state IN ('withheld', 'alone')`,
    [released.map(({ eventId }) => eventId), released.map(({ lane }) => lane), released.map(({ why }) => why), at],
  );
}
