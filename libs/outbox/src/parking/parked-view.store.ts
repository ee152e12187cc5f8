import type { Database } from '../database/database.js';
import { writeSeenSet, type ParkedCriteria } from '../intervention/seen-set.js';
import { unsettled } from './parked.store.js';

/** Which parked messages to list. */
export interface ParkedFilter extends ParkedCriteria {
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

/** One page of parked messages; `cursor` is null on the last. `snapshot` names exactly the messages of this page as they are now. */
export interface ParkedPage {
  readonly items: readonly ParkedSummary[];
  readonly cursor: string | null;
  readonly snapshot: string;
}

/** A parked message with the history of its tries and of its versions. */
export interface ParkedView extends ParkedSummary {
  readonly history: readonly {
    readonly attempt: number;
    readonly at: Date;
    readonly class: string;
    readonly code: string;
    readonly message: string;
  }[];
  /** Exception ids of the version before and after an edit, and who edited and approved this one; null where there is none. */
  readonly lineage: {
    readonly supersedes: string | null;
    readonly supersededBy: string | null;
    readonly editedBy: string | null;
    readonly approvedBy: string | null;
  };
}

const columns = `exception_id AS "exceptionId", state, topic, partition, record_offset AS "offset",
  key, record_type AS "recordType", event_id AS "eventId", correlation_id AS "correlationId", class, code, message, owner,
  attempts, parked_at AS "parkedAt", next_attempt_at AS "nextAttemptAt", settled_at AS "settledAt", settled_by AS "settledBy", settled_reason AS "settledReason"`;

const openStates = ['waiting', 'parked', 'retrying'];

/** The criteria's states; those of unsettled messages when it names none. */
export function statesOf({ state }: ParkedCriteria): readonly string[] {
  return state ?? openStates;
}

/** A condition that holds for every row of unsettled states, so that their index can be used; true for other states. */
export function openCondition(states: readonly string[]): string {
  return states.every((state) => openStates.includes(state)) ? `p.state IN ${unsettled}` : 'true';
}

/** The condition of the criteria on row `p`, seen as row `seen`; its parameters $1 to $7 are {@link criteriaValues}. */
export function criteriaCondition(seen: string): string {
  return `${seen}.state = ANY($1) AND ($2::text IS NULL OR ${seen}.owner = $2) AND ($3::text IS NULL OR ${seen}.code = $3)
    AND ($4::text IS NULL OR ${seen}.class = $4) AND ($5::text IS NULL OR p.topic = $5)
    AND ($6::text IS NULL OR p.record_type = $6) AND ($7::text IS NULL OR p.key = convert_to($7, 'UTF8'))`;
}

/** Parameters of {@link criteriaCondition}. */
export function criteriaValues(criteria: ParkedCriteria): unknown[] {
  const { owner, code, class: exceptionClass, topic, recordType, key } = criteria;
  return [statesOf(criteria), ...[owner, code, exceptionClass, topic, recordType, key].map((value) => value ?? null)];
}

/** Lists parked messages, oldest first. */
export async function listParked(database: Database, filter: ParkedFilter): Promise<ParkedPage> {
  const { after = null, limit: wanted = 100, ...criteria } = filter;
  const limit = Math.min(wanted, 1_000);
  const rows = await database.query<{ at: string } & (ParkedRow | Record<keyof ParkedRow, null>)>(
    `SELECT at, page.* FROM (SELECT pg_current_snapshot()::text AS at) AS now LEFT JOIN (
       SELECT id, ${columns} FROM delivery.parked p
        WHERE id > $8 AND ${openCondition(statesOf(criteria))} AND ${criteriaCondition('p')}
        ORDER BY id LIMIT $9) AS page ON true`,
    [...criteriaValues(criteria), after ?? '0', limit],
  );
  const found = rows.filter((row): row is { at: string } & ParkedRow => row.id !== null);
  const cursor = found.length === limit ? found.at(-1)!.id : null;
  const snapshot = writeSeenSet({ criteria, after, through: cursor, at: rows[0]!.at });
  return { items: found.map(summary), cursor, snapshot };
}

/** One parked message with its history; null when there is none. */
export async function viewParked(database: Database, exceptionId: string): Promise<ParkedView | null> {
  const rows = await database.query<ParkedRow & Lineage>(
    `SELECT id, ${columns}, supersedes, edited_by AS "editedBy", approved_by AS "approvedBy",
            (SELECT v.exception_id FROM delivery.parked v WHERE v.supersedes = p.exception_id) AS "supersededBy"
       FROM delivery.parked p WHERE exception_id = $1`,
    [exceptionId],
  );
  if (rows[0] === undefined) return null;
  const history = await database.query<ParkedView['history'][number]>(
    `SELECT attempt, at, class, code, message FROM delivery.parked_attempt WHERE parked_id = $1 ORDER BY attempt`,
    [rows[0].id],
  );
  const { supersedes, supersededBy, editedBy, approvedBy, ...row } = rows[0];
  return { ...summary(row), history, lineage: { supersedes, supersededBy, editedBy, approvedBy } };
}

type Lineage = ParkedView['lineage'];
type ParkedRow = Omit<ParkedSummary, 'key'> & { readonly id: string; readonly key: Buffer | null };

function summary(row: ParkedRow & { readonly at?: string }): ParkedSummary {
  const { id: _, at: __, key, ...rest } = row;
  return { ...rest, key: key?.toString('utf8') ?? null };
}
