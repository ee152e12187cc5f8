import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Finding } from '@wardline/hl7v2';
import type { IntakeItem, ItemIdentity } from './intake-item.js';

/** A message as it is known: never its text, which names persons. */
export interface KnownMessage {
  readonly outcome: 'accepted' | 'refused';
  /** SHA-256 of its bytes. */
  readonly digest: Buffer;
  /** SHA-256 of the records that it led to: senders repeat a message under another time. */
  readonly meaning: Buffer;
}

/** What became of a message, for a person. */
export interface MessageView {
  readonly id: string;
  readonly profile: string;
  readonly controlId: string;
  readonly type: string;
  readonly outcome: KnownMessage['outcome'];
  /** Records, requisitions and movements that it led to, or would have led to. */
  readonly records: number;
  readonly findings: readonly Finding[];
  /** How often it came. */
  readonly times: number;
  readonly receivedAt: Date;
}

/** A message to keep. */
export type NewMessage = Omit<MessageView, 'id' | 'times'> & { readonly digest: Buffer; readonly meaning: Buffer };

/** An item to take, and the event that it becomes. */
export type NewItem = IntakeItem & { readonly eventId: EventId };

/** Messages by sender and control id, and the items that were taken from them. */
@Injectable()
export class Hl7MessageStore {
  /** Holds the control id of a sender until the transaction ends, and answers what is known of it. */
  async claim(tx: Transaction, profile: string, controlId: string): Promise<KnownMessage | null> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7))`, [`${profile}\n${controlId}`]);
    const rows = await tx.query<KnownMessage>(
      `SELECT outcome, digest, meaning FROM hl7_message WHERE profile = $1 AND control_id = $2`,
      [profile, controlId],
    );
    return rows[0] ?? null;
  }

  /** Writes what became of a message; what was accepted once stays accepted. */
  note(tx: Transaction, message: NewMessage): void {
    tx.write(
      `INSERT INTO hl7_message AS m (profile, control_id, type, outcome, records, findings, digest, meaning, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (profile, control_id) DO UPDATE SET times = m.times + 1,
         outcome = CASE WHEN m.outcome = 'accepted' THEN m.outcome ELSE excluded.outcome END,
         records = CASE WHEN m.outcome = 'accepted' THEN m.records ELSE excluded.records END,
         findings = CASE WHEN m.outcome = 'accepted' THEN m.findings ELSE excluded.findings END,
         digest = CASE WHEN m.outcome = 'accepted' THEN m.digest ELSE excluded.digest END,
         meaning = CASE WHEN m.outcome = 'accepted' THEN m.meaning ELSE excluded.meaning END,
         received_at = excluded.received_at`,
      [
        ...[message.profile, message.controlId, message.type, message.outcome, message.records],
        ...[JSON.stringify(message.findings), message.digest, message.meaning, message.receivedAt],
      ],
    );
  }

  /** Messages, the newest first, before the id of an earlier page. */
  async list(
    tx: Transaction,
    {
      outcome,
      before,
      limit,
    }: { readonly outcome: string | null; readonly before: string | null; readonly limit: number },
  ): Promise<MessageView[]> {
    return tx.query<MessageView>(
      `SELECT id::text, profile, control_id AS "controlId", type, outcome, records, findings, times, received_at AS "receivedAt"
         FROM hl7_message
        WHERE ($1::text IS NULL OR outcome = $1) AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [outcome, before, limit],
    );
  }

  /** Takes items for these event ids; answers those that were not taken before, and of the others those that said otherwise. */
  async take(
    tx: Transaction,
    items: readonly NewItem[],
  ): Promise<{ readonly fresh: ReadonlySet<EventId>; readonly different: readonly NewItem[] }> {
    const names = [items.map(({ profile }) => profile), items.map(({ transaction }) => transaction)];
    const kinds = items.map(({ kind }) => kind);
    const taken = await tx.query<{ event_id: EventId }>(
      `INSERT INTO hl7_item (profile, transaction, kind, meaning, event_id)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::uuid[]) ORDER BY 1, 2, 3
       ON CONFLICT DO NOTHING RETURNING event_id`,
      [...names, kinds, items.map(({ meaning }) => meaning), items.map(({ eventId }) => eventId)],
    );
    const fresh = new Set(taken.map((row) => row.event_id));
    const known = await tx.query<{ name: string; meaning: Buffer }>(
      `SELECT concat_ws(' ', kind, transaction) AS name, meaning FROM hl7_item
        WHERE (profile, transaction, kind) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))`,
      [...names, kinds],
    );
    const meanings = new Map(known.map(({ name, meaning }) => [name, meaning]));
    const different = items.filter(
      ({ kind, transaction, meaning }) => meanings.get(`${kind} ${transaction}`)?.equals(meaning) === false,
    );
    return { fresh, different };
  }

  /** Gives items back that were taken in this transaction. */
  release(tx: Transaction, items: readonly { readonly eventId: EventId }[]): void {
    tx.write('DELETE FROM hl7_item WHERE event_id = ANY($1::uuid[])', [items.map(({ eventId }) => eventId)]);
  }

  /** The records that items take back, by the sender's numbers of them. */
  async originals(
    tx: Transaction,
    profile: string,
    items: readonly Pick<IntakeItem, 'takesBack'>[],
  ): Promise<Map<string, EventId[]>> {
    const meant = items.flatMap(({ takesBack }) => takesBack ?? []);
    const named = meant.flatMap(({ transaction, kinds }) =>
      transaction === null ? [] : kinds.map((kind): [string, ItemIdentity['kind']] => [transaction, kind]),
    );
    if (named.length === 0) return new Map();
    const rows = await tx.query<{ transaction: string; event_id: EventId }>(
      `SELECT transaction, event_id FROM hl7_item
        WHERE profile = $1 AND (transaction, kind) IN (SELECT * FROM unnest($2::text[], $3::text[])) ORDER BY event_id`,
      [profile, named.map(([transaction]) => transaction), named.map(([, kind]) => kind)],
    );
    const found = Map.groupBy(rows, ({ transaction }) => transaction);
    return new Map([...found].map(([transaction, all]) => [transaction, all.map((row) => row.event_id)]));
  }
}
