import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';

/** What became of a movement in Odoo. */
export interface PostingStatus {
  /** The eventId of the StockMoved. */
  readonly eventId: EventId;
  readonly state: 'POSTED' | 'REFUSED';
  /** The document in Odoo; null when it was refused. */
  readonly document: {
    readonly model: string;
    readonly recordId: bigint;
    readonly reference: string;
    readonly postedAt: Date;
  } | null;
  /** Why it was refused; null when it was posted. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

// Postings of orders and invoices come on the same topic; only those of this ledger's movements are kept.
const upsert = `
INSERT INTO posting_status (event_id, state, model, record_id, reference, posted_at, code, message)
SELECT p.* FROM jsonb_populate_recordset(NULL::posting_status, $1) p
WHERE EXISTS (SELECT FROM stock_movement m WHERE m.event_id = p.event_id)
ORDER BY p.event_id
ON CONFLICT (event_id) DO UPDATE SET state = excluded.state, model = excluded.model, record_id = excluded.record_id,
  reference = excluded.reference, posted_at = excluded.posted_at, code = excluded.code, message = excluded.message
WHERE posting_status.state <> 'POSTED'`;

/** What Odoo made of the movements; a document that was posted stays posted. */
export class PostingStatuses {
  async note(tx: Transaction, statuses: readonly PostingStatus[]): Promise<void> {
    const last = new Map(statuses.map((status) => [status.eventId, status]));
    await tx.query(upsert, [JSON.stringify([...last.values()].map(statusRow))]);
  }
}

function statusRow({ eventId, state, document, refusal }: PostingStatus): Record<string, unknown> {
  return {
    event_id: eventId,
    state,
    model: document?.model,
    record_id: document?.recordId.toString(),
    reference: document?.reference,
    posted_at: document?.postedAt,
    code: refusal?.code,
    message: refusal?.message,
  };
}
