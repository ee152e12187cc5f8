import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';

/** Parked messages that wait for the same names for the same reason. */
export interface AwaitedNames {
  readonly awaits: readonly string[];
  readonly code: string;
  /** How many messages wait, those behind them in their keys with them. */
  readonly messages: number;
  /** The one that was parked first. */
  readonly first: {
    readonly topic: string;
    readonly partition: number;
    readonly offset: string;
    readonly recordType: string | null;
    readonly eventId: EventId;
    readonly correlationId: EventId;
    readonly message: string;
    readonly owner: string;
    readonly attempts: number;
    readonly parkedAt: Date;
  };
}

const awaitedSql = `
WITH behind AS (
  SELECT topic, key, count(*) AS messages FROM delivery.parked WHERE holds_key AND state = 'waiting' GROUP BY topic, key
), head AS (
  SELECT p.id, p.awaits, p.code, 1 + coalesce(b.messages, 0) AS messages
    FROM delivery.parked p LEFT JOIN behind b ON p.holds_key AND b.topic = p.topic AND b.key = p.key
   WHERE p.state = 'parked' AND p.awaits <> '{}'
), grouped AS (
  SELECT awaits, code, sum(messages)::int AS messages, min(id) AS id FROM head GROUP BY awaits, code
)
SELECT g.awaits, g.code, g.messages, json_build_object('topic', p.topic, 'partition', p.partition,
         'offset', p.record_offset::text, 'recordType', p.record_type, 'eventId', p.event_id, 'correlationId', p.correlation_id,
         'message', p.message, 'owner', p.owner, 'attempts', p.attempts) AS first, p.parked_at AS "parkedAt"
  FROM grouped g JOIN delivery.parked p USING (id) ORDER BY id`;

/** See `Parking.awaited`. One look at each parked message. */
export async function awaitedNames(tx: Transaction): Promise<AwaitedNames[]> {
  type Row = Omit<AwaitedNames, 'first'> & { first: Omit<AwaitedNames['first'], 'parkedAt'>; parkedAt: Date };
  const rows = await tx.query<Row>(awaitedSql);
  return rows.map(({ parkedAt, first, ...row }) => ({ ...row, first: { ...first, parkedAt } }));
}

/** See `Parking.everParked`. */
export async function everParked(tx: Transaction, eventIds: readonly EventId[]): Promise<Set<EventId>> {
  if (eventIds.length === 0) return new Set();
  const rows = await tx.query<{ event_id: EventId }>(
    'SELECT DISTINCT event_id FROM delivery.parked WHERE event_id = ANY ($1::uuid[])',
    [eventIds],
  );
  return new Set(rows.map(({ event_id: eventId }) => eventId));
}
