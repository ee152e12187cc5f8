import { Injectable } from '@nestjs/common';
import type { Transaction } from '@wardline/event-handling';
import type { CaptureProblem } from './place-event.js';
import type { EventOutcome, KnownEvent, SettledEvents } from './settle-events.js';

/** What the sender wants when one event is wrong (EPCIS 2.0, section 12.6.2): all or nothing, or what can be taken. */
export type ErrorBehaviour = 'rollback' | 'proceed';

/** A capture job. Jobs are done when they are answered. */
export interface CaptureJob {
  readonly id: string;
  readonly createdAt: Date;
  readonly behaviour: ErrorBehaviour;
  readonly isSuccess: boolean;
  readonly outcomes: readonly EventOutcome[];
}

/** Problems of a job, each with the event it is of. */
export function problemsOf({ outcomes }: CaptureJob): readonly (CaptureProblem & Pick<EventOutcome, 'eventID'>)[] {
  return outcomes.flatMap(({ eventID, problems }) => problems.map((problem) => ({ ...problem, eventID })));
}

const columns = `id, created_at AS "createdAt", behaviour, success AS "isSuccess", outcomes`;

/** Capture jobs, and the events that were captured with the records they led to. */
@Injectable()
export class CaptureStore {
  /** One capture at a time, until the transaction ends: events may name one another. */
  async hold(tx: Transaction): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('epcis', 10))`);
  }

  /** Those of these events that were captured. */
  async known(tx: Transaction, ids: readonly string[]): Promise<Map<string, KnownEvent>> {
    const rows = await tx.query<KnownEvent>(
      `SELECT id, statement, is_error AS "isError", records FROM epcis_event WHERE id = ANY($1::text[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Keeps events that were captured or taken back. */
  keep(tx: Transaction, job: string, events: SettledEvents['captured']): void {
    if (events.length === 0) return;
    tx.write(
      `INSERT INTO epcis_event (id, statement, is_error, records, occurred_at, capture)
       SELECT *, $6::uuid FROM unnest($1::text[], $2::text[], $3::boolean[], $4::jsonb[], $5::timestamptz[])
       ON CONFLICT (id) DO UPDATE SET is_error = excluded.is_error`,
      [
        ...[events.map(({ id }) => id), events.map(({ statement }) => statement), events.map(({ isError }) => isError)],
        ...[events.map(({ records }) => JSON.stringify(records)), events.map(({ occurredAt }) => occurredAt), job],
      ],
    );
  }

  /** Keeps a job. */
  add(tx: Transaction, { id, createdAt, behaviour, isSuccess, outcomes }: CaptureJob): void {
    tx.write('INSERT INTO epcis_capture (id, created_at, behaviour, success, outcomes) VALUES ($1, $2, $3, $4, $5)', [
      id,
      createdAt,
      behaviour,
      isSuccess,
      JSON.stringify(outcomes),
    ]);
  }

  /** One job; null when there is none. */
  async find(tx: Transaction, id: string): Promise<CaptureJob | null> {
    const rows = await tx.query<CaptureJob>(`SELECT ${columns} FROM epcis_capture WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** Jobs, the newest first, before the id of an earlier page. */
  async list(
    tx: Transaction,
    { before, limit }: { readonly before: string | null; readonly limit: number },
  ): Promise<CaptureJob[]> {
    return tx.query<CaptureJob>(
      `SELECT ${columns} FROM epcis_capture WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [before, limit],
    );
  }
}
