import type { Database } from './database.js';

/** Which parked messages to list; absent fields do not restrict. */
export interface ParkedFilter {
  readonly state?: readonly string[];
  readonly owner?: string;
  readonly code?: string;
  readonly topic?: string;
  readonly key?: string;
  /** Continue after this `cursor` of the previous page. */
  readonly after?: string;
  /** At most this many, 100 by default. */
  readonly limit?: number;
}

/** A parked message for a person: no payload, which may hold personal data. */
export interface ParkedSummary {
  readonly exceptionId: string;
  readonly state: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly recordType: string | null;
  readonly eventId: string;
  readonly correlationId: string;
  readonly class: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly owner: string | null;
  readonly attempts: number;
  readonly parkedAt: Date;
  readonly nextAttemptAt: Date | null;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
  readonly settledReason: string | null;
}

/** One page of parked messages; `cursor` is null on the last. */
export interface ParkedPage {
  readonly items: readonly ParkedSummary[];
  readonly cursor: string | null;
}

/** A parked message with the history of its tries. */
export interface ParkedView extends ParkedSummary {
  readonly history: readonly {
    readonly attempt: number;
    readonly at: Date;
    readonly class: string;
    readonly code: string;
    readonly message: string;
  }[];
}

const columns = `exception_id AS "exceptionId", state, topic, partition, record_offset AS "offset",
  key, record_type AS "recordType", event_id AS "eventId", correlation_id AS "correlationId", class, code, message, owner,
  attempts, parked_at AS "parkedAt", next_attempt_at AS "nextAttemptAt", settled_at AS "settledAt", settled_by AS "settledBy", settled_reason AS "settledReason"`;

/** Lists parked messages, oldest first. */
export async function listParked(database: Database, filter: ParkedFilter): Promise<ParkedPage> {
  const limit = Math.min(filter.limit ?? 100, 1_000);
  const rows = await database.query<ParkedRow>(
    `SELECT id, ${columns} FROM delivery.parked
      WHERE id > $1 AND state = ANY($2) AND ($3::text IS NULL OR owner = $3) AND ($4::text IS NULL OR code = $4)
        AND ($5::text IS NULL OR topic = $5) AND ($6::text IS NULL OR key = convert_to($6, 'UTF8'))
      ORDER BY id LIMIT $7`,
    [
      filter.after ?? '0',
      filter.state ?? ['waiting', 'parked', 'retrying'],
      filter.owner ?? null,
      filter.code ?? null,
      filter.topic ?? null,
      filter.key ?? null,
      limit,
    ],
  );
  const cursor = rows.length === limit ? rows.at(-1)!.id : null;
  return { items: rows.map(summary), cursor };
}

/** One parked message with its history; null when there is none. */
export async function viewParked(database: Database, exceptionId: string): Promise<ParkedView | null> {
  const rows = await database.query<ParkedRow>(`SELECT id, ${columns} FROM delivery.parked WHERE exception_id = $1`, [
    exceptionId,
  ]);
  if (rows[0] === undefined) return null;
  const history = await database.query<ParkedView['history'][number]>(
    `SELECT attempt, at, class, code, message FROM delivery.parked_attempt WHERE parked_id = $1 ORDER BY attempt`,
    [rows[0].id],
  );
  return { ...summary(rows[0]), history };
}

type ParkedRow = Omit<ParkedSummary, 'key'> & { readonly id: string; readonly key: Buffer | null };

function summary(row: ParkedRow): ParkedSummary {
  const { id: _, key, ...rest } = row;
  return { ...rest, key: key?.toString('utf8') ?? null };
}
