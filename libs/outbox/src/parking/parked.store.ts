import type { EventId } from '@wardline/event-contracts';
import type { ExceptionClass, InboundRecord, Transaction } from '@wardline/event-handling';
import { byteaArray, textArray } from '../database/array-parameter.js';
import { indexedKey, keyName, type Message } from '../consuming/message.js';
import type { Failure } from '../consuming/verdict.js';

/** How far a parked message is: `waiting` stands behind an earlier one of its key. The last three are ends. */
export type ParkedState = 'waiting' | 'parked' | 'retrying' | 'done' | 'abandoned' | 'superseded';

/** A message that waits for a person or a time, with the bytes it came as. */
export interface ParkedMessage {
  readonly id: bigint;
  readonly exceptionId: EventId;
  readonly state: ParkedState;
  readonly holdsKey: boolean;
  readonly record: InboundRecord;
  readonly receivedAt: Date;
  readonly eventId: EventId;
  readonly correlationId: EventId;
  readonly recordType: string | null;
  readonly class: ExceptionClass | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly owner: string | null;
  readonly attempts: number;
  /** Whether `ExceptionRaised` went out for it. */
  readonly raised: boolean;
  readonly nextAttemptAt: Date | null;
  /** Transaction that last changed what a person sees of it. */
  readonly changedXid: string;
  /** Its order within its key; an edited version has that of its original. */
  readonly place: bigint;
}

/** A row to park. `failure` is null for a message that only waits behind another one. */
export interface NewParked {
  readonly message: Message;
  readonly exceptionId: EventId;
  readonly failure: Failure | null;
  readonly receivedAt: Date;
  readonly now: Date;
}

/** A row of `delivery.parked`. */
export interface ParkedRow {
  id: string;
  exception_id: EventId;
  state: ParkedState;
  holds_key: boolean;
  topic: string;
  partition: number;
  record_offset: string;
  key: Buffer | null;
  /** The key as it came where `key` is its {@link indexedKey} and another. */
  full_key: Buffer | null;
  payload: Buffer | null;
  headers: Record<string, string>;
  message_timestamp: Date;
  received_at: Date;
  event_id: EventId;
  correlation_id: EventId;
  record_type: string | null;
  class: ExceptionClass | null;
  code: string | null;
  message: string | null;
  owner: string | null;
  attempts: number;
  raised: boolean;
  next_attempt_at: Date | null;
  changed_xid: string;
  place: string;
}

/** The states of a message that has not come to its end, for SQL. */
export const unsettled = `('waiting', 'parked', 'retrying')`;

/** Of these messages' keys, the {@link keyName} of those that an unsettled message holds, with what the first one waits for. */
export async function heldKeys(tx: Transaction, messages: readonly Message[]): Promise<Map<string, Ahead>> {
  const keyed = messages.flatMap(({ record: { topic, key } }) => (key === null ? [] : [{ topic, key }]));
  if (keyed.length === 0) return new Map();
  const rows = await tx.query<{ topic: string; key: Buffer } & Ahead>(
    `SELECT DISTINCT ON (topic, key) topic, key, coalesce(code, 'WAITS_BEHIND') AS code,
            coalesce(message, 'waits') AS message, coalesce(owner, 'platform') AS owner
       FROM delivery.parked JOIN (SELECT DISTINCT * FROM unnest($1::text[], $2::bytea[]) AS asked (topic, key)) AS asked USING (topic, key)
      WHERE holds_key AND state IN ${unsettled} ORDER BY topic, key, place`,
    [textArray(keyed.map(({ topic }) => topic)), byteaArray(keyed.map(({ key }) => indexedKey(key)))],
  );
  return new Map(rows.map(({ topic, key, code, message, owner }) => [keyName(topic, key), { code, message, owner }]));
}

/** What the first message of a held key waits for. */
export interface Ahead {
  readonly code: string;
  readonly message: string;
  readonly owner: string;
}

/** Parks messages, in the order given: ids ascend with it, and so does the order in which a key drains. Not waited for. */
export async function insertParked(tx: Transaction, rows: readonly NewParked[]): Promise<void> {
  for (const row of rows) insertOne(tx, row);
}

const insertRow = `
WITH row AS (
  INSERT INTO delivery.parked (exception_id, state, holds_key, topic, partition, record_offset, key, full_key, payload, headers, message_timestamp,
    received_at, event_id, correlation_id, record_type, class, code, message, owner, awaits, attempts, raised, next_attempt_at, parked_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24) RETURNING *
)
INSERT INTO delivery.parked_attempt (parked_id, attempt, at, class, code, message)
SELECT id, attempts, parked_at, class, code, message FROM row WHERE attempts > 0`;

function insertOne(tx: Transaction, row: NewParked): void {
  const { exceptionId, message, failure, now } = row;
  const holdsKey = message.record.key !== null && message.content.kind !== 'unreadable';
  tx.write(insertRow, [
    ...[exceptionId, failure?.state ?? 'waiting', holdsKey],
    ...messageValues(row),
    ...failureValues(failure, now),
    now,
  ]);
}

function messageValues({ message, receivedAt }: NewParked): unknown[] {
  const { topic, partition, offset, key, value, headers, timestamp } = message.record;
  const { eventId, correlationId, recordType } = message;
  const keys = key === null ? [null, null] : [indexedKey(key), indexedKey(key) === key ? null : key];
  const place = [topic, partition, String(offset), ...keys];
  return [...place, value, JSON.stringify(headers), timestamp, receivedAt, eventId, correlationId, recordType];
}

function failureValues(failure: Failure | null, now: Date): unknown[] {
  if (failure === null) return [null, null, null, null, [], 0, false, null];
  const { class: exceptionClass, code, message, owner, awaits, raises } = failure;
  return [exceptionClass, code, message, owner, awaits, 1, raises, nextAttempt(failure, now)];
}

function nextAttempt(failure: Failure | null, now: Date): Date | null {
  return failure === null || failure.retryAfterMs === null ? null : new Date(now.getTime() + failure.retryAfterMs);
}

function recordAttempt(tx: Transaction, parkedId: string, attempt: number, failure: Failure, at: Date): void {
  tx.write(
    `INSERT INTO delivery.parked_attempt (parked_id, attempt, at, class, code, message) VALUES ($1, $2, $3, $4, $5, $6)`,
    [parkedId, attempt, at, failure.class, failure.code, failure.message],
  );
}

/** Locks one message for an intervention; null when there is none. Waits for a try under way. */
export async function lockParked(tx: Transaction, exceptionId: string): Promise<ParkedMessage | null> {
  const rows = await tx.query<ParkedRow>(`SELECT * FROM delivery.parked WHERE exception_id = $1 FOR UPDATE`, [
    exceptionId,
  ]);
  return rows[0] === undefined ? null : parkedMessage(rows[0]);
}

/** The exception id of the unsettled message that stands first before this one in its key; null when it is the first. */
export async function aheadOf(tx: Transaction, exceptionId: string): Promise<string | null> {
  const rows = await tx.query<{ exceptionId: string }>(
    `SELECT e.exception_id AS "exceptionId" FROM delivery.parked p CROSS JOIN LATERAL (
       SELECT e.exception_id FROM delivery.parked e
        WHERE e.topic = p.topic AND e.key = p.key AND e.holds_key AND e.place < p.place AND e.state IN ${unsettled}
        ORDER BY e.place LIMIT 1) AS e
      WHERE p.exception_id = $1 AND p.holds_key`,
    [exceptionId],
  );
  return rows[0]?.exceptionId ?? null;
}

/** Writes what another try came to. */
export function saveFailure(tx: Transaction, parked: ParkedMessage, failure: Failure, now: Date): void {
  const { state, class: exceptionClass, code, message, owner, awaits, raises } = failure;
  tx.write(
    `UPDATE delivery.parked SET state = $2, class = $3, code = $4, message = $5, owner = $6, awaits = $7, attempts = attempts + 1,
       raised = raised OR $9, next_attempt_at = $8 WHERE id = $1`,
    [String(parked.id), state, exceptionClass, code, message, owner, awaits, nextAttempt(failure, now), raises],
  );
  recordAttempt(tx, String(parked.id), parked.attempts + 1, failure, now);
}

const settleRow = `
WITH settled AS (
  UPDATE delivery.parked SET state = $2, settled_at = $3, settled_by = coalesce($4, settled_by),
         settled_reason = coalesce($5, settled_reason), next_attempt_at = NULL
   WHERE id = $1 RETURNING id, topic, key, holds_key
)
UPDATE delivery.parked SET next_attempt_at = $3 WHERE state = 'waiting' AND id = (
  SELECT n.id FROM settled s JOIN delivery.parked n USING (topic, key)
   WHERE s.holds_key AND n.holds_key AND n.id <> s.id AND n.state IN ${unsettled} ORDER BY n.place LIMIT 1)`;

/**
 * Ends a parked message; `by` and `reason` say which person decided, null when it went through by itself. What stands
 * first in its key then is due.
 */
export function settle(
  tx: Transaction,
  parked: ParkedMessage,
  state: 'done' | 'abandoned' | 'superseded',
  { by, reason }: Decision,
  now: Date,
): void {
  tx.write(settleRow, [String(parked.id), state, now, by, reason]);
}

/** Who decided and why; both null when nobody did. */
export interface Decision {
  readonly by: string | null;
  readonly reason: string | null;
}

/** A row as the message that it keeps. */
export function parkedMessage(row: ParkedRow): ParkedMessage {
  const { topic, partition, payload: value, headers, message_timestamp: timestamp } = row;
  const key = row.full_key ?? row.key;
  return {
    id: BigInt(row.id),
    exceptionId: row.exception_id,
    state: row.state,
    holdsKey: row.holds_key,
    record: { topic, partition, offset: BigInt(row.record_offset), key, value, headers, timestamp },
    receivedAt: row.received_at,
    eventId: row.event_id,
    correlationId: row.correlation_id,
    recordType: row.record_type,
    class: row.class,
    code: row.code,
    message: row.message,
    owner: row.owner,
    attempts: row.attempts,
    raised: row.raised,
    nextAttemptAt: row.next_attempt_at,
    changedXid: row.changed_xid,
    place: BigInt(row.place),
  };
}
