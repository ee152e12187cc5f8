import type { BusinessEvent, Cause, Clock, EventCodec, Transaction } from '@wardline/event-handling';
import { byteaArray, textArray } from './database/array-parameter.js';
import { PgTransaction } from './database/database.js';
import { messageHeaders, stamp, withCause, type StampedEvent } from './stamp.js';
import { writtenRows, type ReadingPosition, type WrittenQuery } from './written-since.store.js';

/** Largest event with its key and headers, in bytes: what a broker takes by default, less what a batch adds. */
const mostBytes = 900_000;

/** Number of key locks; keys share them by hash, so that a batch of many keys cannot exhaust Postgres' lock table. */
const keyLocks = 4096;

/**
 * Locks the keys, then draws ids: no row comes out of the join before the count is known, and it is known only when every
 * lock is held. Sorted, so that two writers cannot deadlock on them.
 */
const lockKeysAndInsert = `
WITH locks AS MATERIALIZED (
  SELECT pg_advisory_xact_lock(1, bucket) FROM (
    SELECT DISTINCT (hashtextextended(k, 0) & ${keyLocks - 1})::int AS bucket FROM unnest($6::text[]) AS k ORDER BY bucket
  ) AS buckets
)
INSERT INTO delivery.outbox (event_id, topic, key, payload, headers)
SELECT event_id::uuid, topic, key, payload, headers::json
  FROM (SELECT count(*) AS number FROM locks) AS held,
       unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::text[]) WITH ORDINALITY
         AS event (event_id, topic, key, payload, headers, place)
 WHERE held.number > 0
 ORDER BY place`;

/** An event of the outbox as it is published. */
export interface WrittenEvent {
  /** Full name of its Avro record. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a service has written since a position. */
export interface WrittenPage {
  readonly events: readonly WrittenEvent[];
  readonly position: ReadingPosition;
  readonly complete: boolean;
}

/**
 * Puts business events into the caller's transaction (promise 1): they are published if and only if it commits. Avro is
 * encoded here, so an event that cannot be published fails the business write, never the relay. The key locks make id
 * order equal commit order within a key (promise 2).
 */
export class Outbox {
  readonly #afterCommit = new Set<() => void>();

  constructor(
    private readonly codec: EventCodec,
    private readonly clock: Clock,
    private readonly source: string,
  ) {}

  /** Adds events; throws outside a transaction, for an empty key, and for what does not fit its contract or a broker. */
  async add(tx: Transaction, events: readonly BusinessEvent[], cause?: Cause): Promise<void> {
    if (!(tx instanceof PgTransaction) || !tx.isOpen) {
      throw new Error('Outbox.add needs the open transaction of the change that the events tell of');
    }
    if (events.length === 0) return;
    const stamped = stamp(withCause(cause, events), { source: this.source, now: this.clock.now() });
    const rows = stamped.map((event) => this.#row(event));
    tx.write(lockKeysAndInsert, [
      textArray(stamped.map((event) => event.data.eventId)),
      textArray(stamped.map((event) => event.topic)),
      textArray(stamped.map((event) => event.key)),
      byteaArray(rows.map(({ payload }) => payload)),
      textArray(rows.map(({ headers }) => headers)),
      textArray([...new Set(stamped.map((event) => `${event.topic}\n${event.key}`))]),
    ]);
    tx.onCommit(this.#notify);
  }

  /** Throws what {@link add} would throw for one of these events. */
  check(events: readonly BusinessEvent[]): void {
    const stamped = stamp(withCause(undefined, events), { source: this.source, now: this.clock.now() });
    for (const event of stamped) this.#row(event);
  }

  /**
   * Events of these topics that were committed since a position: what the service has told, for work in the background that
   * costs by what is new. Needs a REPEATABLE READ transaction; what is older than a day may be gone.
   */
  async writtenSince(tx: Transaction, position: ReadingPosition, query: WrittenQuery): Promise<WrittenPage> {
    const { rows, ...page } = await writtenRows(tx, position, query);
    const events: WrittenEvent[] = [];
    for (const { topic, payload } of rows) {
      const read = await this.codec.decode(topic, payload);
      if (read.ok) events.push({ type: read.typeName, data: read.data });
    }
    return { ...page, events };
  }

  /** Registers the relay's wake-up: called after each commit that added events. */
  onCommit(wake: () => void): void {
    this.#afterCommit.add(wake);
  }

  readonly #notify = (): void => {
    for (const wake of this.#afterCommit) wake();
  };

  #row(event: StampedEvent): { readonly payload: Buffer; readonly headers: string } {
    const { key, type } = event;
    if (key === '') throw new Error(`${type.fullName} has an empty key: it must be its aggregate's id`);
    const payload = this.codec.encode(event);
    const headers = JSON.stringify(messageHeaders(event));
    const bytes = payload.length + Buffer.byteLength(key) + Buffer.byteLength(headers);
    if (bytes <= mostBytes) return { payload, headers };
    throw new Error(`${type.fullName} cannot be published: it has ${bytes} bytes, and a broker takes ${mostBytes}`);
  }
}
