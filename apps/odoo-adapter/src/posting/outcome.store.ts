import type { EventId } from '@wardline/event-contracts';
import type { InboundRecord, Transaction } from '@wardline/event-handling';
import type { TakenMessage } from '@wardline/outbox';

/** A document that Odoo holds, read back. */
export interface PostedDocument {
  readonly document: string;
  readonly recordId: number;
  readonly reference: string;
}

/** A posting as its result is published. */
export interface SettledPosting {
  readonly event_id: EventId;
  readonly correlation_id: EventId;
  readonly message_key: string;
  readonly document: string;
}

interface MessageRow {
  event_id: EventId;
  correlation_id: EventId;
  type_name: string;
  topic: string;
  partition: number;
  offset: string;
  key_bytes: Buffer | null;
  value: Buffer | null;
  headers: Record<string, string>;
  message_timestamp: Date;
}

const posted = `
WITH settled AS (
  UPDATE posting SET state = 'posted', model = $1, record_id = done.record_id, reference = done.reference, posted_at = $2,
         code = NULL, error = NULL
    FROM unnest($3::text[], $4::bigint[], $5::text[]) AS done (document, record_id, reference)
   WHERE posting.document = done.document AND posting.state = 'posting'
  RETURNING posting.event_id, posting.correlation_id, posting.message_key, posting.document, posting.position, posting.movement
), unreported AS (
  INSERT INTO unreported_leg (event_id, location, product_code, lot_number, posted_at)
  SELECT event_id, leg.location, movement->>'productCode', coalesce(movement->>'lotNumber', movement->>'serialNumber', ''), $2
    FROM settled CROSS JOIN LATERAL (VALUES (movement->>'fromLocation'), (movement->>'toLocation')) AS leg (location)
   WHERE NOT EXISTS (SELECT FROM master_record m
                      WHERE m.model = 'stock.location' AND m.code = leg.location AND m.data->>'usage' <> 'internal')
  ON CONFLICT DO NOTHING
)
SELECT event_id, correlation_id, message_key, document FROM settled ORDER BY position`;

/**
 * Marks the postings of documents as posted, notes that their ends are in no report yet (`report-stock/`), and answers them
 * in order; those that somebody else settled are left out.
 */
export async function markPosted(
  tx: Transaction,
  model: string,
  documents: readonly PostedDocument[],
  at: Date,
): Promise<SettledPosting[]> {
  const columns = [
    documents.map((d) => d.document),
    documents.map((d) => d.recordId),
    documents.map((d) => d.reference),
  ];
  return tx.query<SettledPosting>(posted, [model, at, ...columns]);
}

/** Puts the postings of documents back in the queue, until `notBefore`; they keep their document, and its look-up comes first. */
export async function putBack(
  tx: Transaction,
  documents: readonly string[],
  { error, notBefore }: { readonly error: string | null; readonly notBefore: Date | null },
): Promise<void> {
  await tx.query(
    `UPDATE posting SET state = 'pending', error = $2, next_attempt_at = $3
      WHERE document = ANY($1) AND state = 'posting'`,
    [documents, error, notBefore],
  );
}

/** Dissolves coalesced documents that Odoo refused and that are gone from it: each movement goes by itself, so that only the bad one is refused. */
export async function dissolve(tx: Transaction, documents: readonly string[], error: string): Promise<void> {
  await tx.query(
    `UPDATE posting SET state = 'pending', document = NULL, policy = 'batched', window_start = NULL, error = $2
      WHERE document = ANY($1) AND state = 'posting'`,
    [documents, error],
  );
}

/** Says on postings that stay unfinished why, for whoever looks. */
export async function noteError(tx: Transaction, documents: readonly string[], error: string): Promise<void> {
  await tx.query(`UPDATE posting SET error = $2 WHERE document = ANY($1) AND state = 'posting'`, [documents, error]);
}

/** Marks the postings of a document as refused and answers the messages they came in, in order. */
export async function markRefused(
  tx: Transaction,
  document: string,
  code: string,
  message: string,
): Promise<TakenMessage[]> {
  const rows = await tx.query<MessageRow & { position: string }>(
    `UPDATE posting SET state = 'refused', code = $2, error = $3 WHERE document = $1 AND state = 'posting' RETURNING *`,
    [document, code, message],
  );
  return rows.toSorted((a, b) => Number(BigInt(a.position) - BigInt(b.position))).map(messageOf);
}

function messageOf(row: MessageRow): TakenMessage {
  const record: InboundRecord = {
    topic: row.topic,
    partition: row.partition,
    offset: BigInt(row.offset),
    key: row.key_bytes,
    value: row.value,
    headers: row.headers,
    timestamp: row.message_timestamp,
  };
  return { record, eventId: row.event_id, correlationId: row.correlation_id, typeName: row.type_name };
}
