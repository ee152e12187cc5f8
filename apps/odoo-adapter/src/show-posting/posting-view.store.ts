import type { EventId } from '@wardline/event-contracts';
import type { Query } from '../posting/posting.store.js';

/** A posting as people see it. */
export interface PostingView {
  readonly eventId: EventId;
  readonly correlationId: EventId;
  readonly key: string;
  readonly state: string;
  readonly policy: string;
  readonly movement: Readonly<Record<string, unknown>>;
  /** The document in Odoo; null until it is posted. */
  readonly document: { readonly model: string; readonly recordId: number; readonly reference: string } | null;
  readonly externalId: string | null;
  /** The checkpoint for which it was withheld; null when it was not. */
  readonly checkpointId: EventId | null;
  readonly attempts: number;
  readonly code: string | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly postedAt: Date | null;
}

/** What is asked for. */
export interface PostingFilter {
  readonly state?: string;
  readonly sourceEventId?: string;
  /** Position after which to go on. */
  readonly after: bigint;
  readonly limit: number;
}

interface ViewRow {
  event_id: EventId;
  correlation_id: EventId;
  position: string;
  message_key: string;
  state: string;
  policy: string;
  movement: Record<string, unknown>;
  model: string | null;
  record_id: string | null;
  reference: string | null;
  document: string | null;
  checkpoint_id: EventId | null;
  attempts: number;
  code: string | null;
  error: string | null;
  created_at: Date;
  posted_at: Date | null;
}

/** Postings in order, a page at a time; `next` is the `after` of the next page. */
export async function listPostings(
  query: Query,
  { state, sourceEventId, after, limit }: PostingFilter,
): Promise<{ postings: PostingView[]; next: string | null }> {
  const rows = await query.query<ViewRow>(
    `SELECT * FROM posting
      WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR event_id = $2) AND position > $3
      ORDER BY position LIMIT $4`,
    [state ?? null, sourceEventId ?? null, String(after), limit],
  );
  return { postings: rows.map(viewOf), next: rows.length === limit ? (rows.at(-1)?.position ?? null) : null };
}

/** One posting with the events that share its document; null when there is none. */
export async function showPosting(
  query: Query,
  eventId: string,
): Promise<(PostingView & { readonly sourceEvents: EventId[] }) | null> {
  const [row] = await query.query<ViewRow>(`SELECT * FROM posting WHERE event_id = $1`, [eventId]);
  if (row === undefined) return null;
  const sharing = await query.query<{ event_id: EventId }>(
    `SELECT event_id FROM posting WHERE event_id = $1 OR document = $2 ORDER BY position`,
    [eventId, row.document],
  );
  return { ...viewOf(row), sourceEvents: sharing.map(({ event_id: id }) => id) };
}

function viewOf(row: ViewRow): PostingView {
  const { model, record_id: recordId, reference } = row;
  const isPosted = model !== null && recordId !== null && reference !== null;
  return {
    eventId: row.event_id,
    correlationId: row.correlation_id,
    key: row.message_key,
    state: row.state,
    policy: row.policy,
    movement: row.movement,
    document: isPosted ? { model, recordId: Number(recordId), reference } : null,
    externalId: row.document === null ? null : `wardline.${row.document}`,
    checkpointId: row.checkpoint_id,
    attempts: row.attempts,
    code: row.code,
    error: row.error,
    createdAt: row.created_at,
    postedAt: row.posted_at,
  };
}
