import { Decimal, type EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { TakenMessage } from '@wardline/outbox';
import type { Composition } from './compose-batch.js';
import type { Movement, Posting } from './posting.js';
import type { Timing } from './posting-policy.js';

/** Runs a statement: a transaction, or the database itself for a read. */
export type Query = Pick<Transaction, 'query'>;

/** A movement to be kept for posting. */
export interface NewPosting {
  readonly message: TakenMessage;
  readonly key: string;
  readonly movement: Movement;
  readonly lane: string;
  readonly timing: Timing;
  /** When it is withheld: since when, for which checkpoint, and why Odoo would refuse it as things are. */
  readonly withheld: { readonly checkpointId: string; readonly at: Date; readonly trouble: string | null } | null;
}

const inserted = `event_id, topic, partition, "offset", message_key, key_bytes, value, headers, message_timestamp,
  correlation_id, type_name, movement, lane, policy, window_start, due_at, checkpoint_id, taken_at, error`;

const insertion = `
INSERT INTO posting (${inserted}, state)
SELECT ${inserted}, CASE WHEN checkpoint_id IS NULL THEN 'pending' ELSE 'withheld' END
  FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[], $5::text[], $6::bytea[], $7::bytea[], $8::jsonb[],
    $9::timestamptz[], $10::uuid[], $11::text[], $12::jsonb[], $13::text[], $14::text[], $15::timestamptz[],
    $16::timestamptz[], $17::uuid[], $18::timestamptz[], $19::text[]) WITH ORDINALITY AS posting (${inserted}, place)
 ORDER BY place
ON CONFLICT (event_id) DO UPDATE
  SET state = 'pending', attempts = 0, next_attempt_at = NULL, due_at = excluded.due_at, code = NULL, error = NULL
  WHERE posting.state = 'refused'`;

/** Members that movements kept before them do not have. */
type LaterMember = 'expiryDate' | 'reason';

interface PostingRow {
  event_id: EventId;
  correlation_id: EventId;
  position: string;
  message_key: string;
  movement: Omit<Movement, 'quantity' | 'occurredAt' | LaterMember> &
    Partial<Pick<Movement, LaterMember>> & { quantity: string; occurredAt: string };
  policy: Posting['policy'];
  window_start: Date | null;
  due_at: Date;
  state: Posting['state'];
  document: string | null;
  attempts: number;
}

/**
 * Keeps movements for posting, in their order. A repeat changes nothing, except that one which Odoo refused becomes
 * pending again: the repeat is then a person's retry.
 */
export function insertPostings(tx: Transaction, postings: readonly NewPosting[]): void {
  const rows = postings.map(columnsOf);
  if (rows.length > 0)
    tx.write(
      insertion,
      rows[0]!.map((_, column) => rows.map((row) => row[column])),
    );
}

function columnsOf({ message, key, movement, lane, timing, withheld }: NewPosting): unknown[] {
  const { record, eventId, correlationId, typeName } = message;
  return [
    eventId,
    record.topic,
    record.partition,
    String(record.offset),
    key,
    record.key,
    record.value,
    JSON.stringify(record.headers),
    record.timestamp,
    correlationId,
    typeName,
    JSON.stringify({ ...movement, quantity: movement.quantity.toFixed() }),
    lane,
    timing.policy,
    timing.windowStart,
    timing.dueAt,
    withheld?.checkpointId ?? null,
    withheld?.at ?? null,
    withheld?.trouble ?? null,
  ];
}

/** Whether at least `limit` movements wait for Odoo. */
export async function isBacklogFull(tx: Transaction, limit: number): Promise<boolean> {
  const rows = await tx.query(`SELECT 1 FROM posting WHERE state IN ('pending', 'posting') OFFSET $1 LIMIT 1`, [
    limit - 1,
  ]);
  return rows.length > 0;
}

/** A person gave the movement up: it is not posted, and no longer in the way of its key. */
export async function abandonPosting(tx: Transaction, eventId: EventId, reason: string): Promise<void> {
  await tx.query(`UPDATE posting SET state = 'abandoned', error = $2 WHERE event_id = $1 AND state = 'refused'`, [
    eventId,
    reason,
  ]);
}

/** From lane to lane along the index, past whatever waits in each. */
const busy = `
WITH RECURSIVE found (lane) AS (
  SELECT min(lane) FROM posting WHERE state IN ('pending', 'posting')
  UNION ALL
  SELECT (SELECT min(p.lane) FROM posting p WHERE p.state IN ('pending', 'posting') AND p.lane > found.lane)
    FROM found WHERE found.lane IS NOT NULL
)
SELECT lane FROM found WHERE lane IS NOT NULL AND EXISTS (SELECT FROM opening_balances)`;

/** Lanes with something to do: none before the opening balances went out, or they would contain what is posted. */
export async function busyLanes(query: Query): Promise<string[]> {
  const rows = await query.query<{ lane: string }>(busy);
  return rows.map(({ lane }) => lane);
}

/** What a lane began and did not finish, in order. */
export async function unfinishedPostings(query: Query, lane: string): Promise<Posting[]> {
  const rows = await query.query<PostingRow>(
    `SELECT * FROM posting WHERE lane = $1 AND state = 'posting' ORDER BY position`,
    [lane],
  );
  return rows.map(postingOf);
}

/** Read once, in the order of the keys: what a comparison with each earlier one of its key costs grows with the square. */
const eligible = `
SELECT posting.* FROM posting JOIN (
  SELECT position FROM (
    SELECT position, lane, bool_or(
             state <> 'pending' OR coalesce(next_attempt_at > $2, false) OR (policy = 'coalesced' AND due_at > $2)
           ) OVER (PARTITION BY message_key ORDER BY position) AS held
      FROM posting WHERE state IN ('pending', 'posting', 'refused')
  ) AS open
   WHERE lane = $1 AND NOT held ORDER BY position LIMIT $3
) AS free USING (position) ORDER BY position`;

/**
 * What a lane may post now, in order: without what is not due by its window or pause, and without anything that has an
 * earlier one of its key that is refused, unfinished or not due itself (promise 2).
 */
export async function eligiblePostings(query: Query, lane: string, now: Date, limit: number): Promise<Posting[]> {
  const rows = await query.query<PostingRow>(eligible, [lane, now, limit]);
  return rows.map(postingOf);
}

/** Fixes the composition of documents before Odoo hears of them, and counts the attempt. */
export async function fixDocuments(tx: Transaction, compositions: readonly Composition[]): Promise<void> {
  const pairs = compositions.flatMap(({ document, postings }) =>
    postings.map(({ eventId }) => ({ eventId, document })),
  );
  await tx.query(
    `UPDATE posting SET state = 'posting', document = fixed.document, attempts = posting.attempts + 1
       FROM unnest($1::uuid[], $2::text[]) AS fixed (event_id, document)
      WHERE posting.event_id = fixed.event_id`,
    [pairs.map(({ eventId }) => eventId), pairs.map(({ document }) => document)],
  );
}

function postingOf(row: PostingRow): Posting {
  const { quantity, occurredAt, expiryDate = null, reason = null, ...movement } = row.movement;
  return {
    eventId: row.event_id,
    correlationId: row.correlation_id,
    position: BigInt(row.position),
    key: row.message_key,
    movement: { ...movement, expiryDate, reason, quantity: new Decimal(quantity), occurredAt: new Date(occurredAt) },
    policy: row.policy,
    windowStart: row.window_start,
    dueAt: row.due_at,
    state: row.state,
    document: row.document,
    attempts: row.attempts,
  };
}
