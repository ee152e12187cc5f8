import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';

/** By what a scan is known. */
export interface ScanName {
  readonly source: string;
  readonly scanId: string;
}

/** A scan that was taken. */
export interface TakenScan extends ScanName {
  /** What was done. */
  readonly action: string;
  /** SHA-256 of what it says. */
  readonly meaning: Buffer;
  readonly eventId: EventId;
}

/** Scans by source and scanId. Each statement takes a whole list. */
@Injectable()
export class ScanStore {
  /** Takes scans; answers the event ids of those that were not taken before. Sorted, so that two lists cannot deadlock. */
  async take(tx: Transaction, scans: readonly TakenScan[]): Promise<Set<EventId>> {
    if (scans.length === 0) return new Set();
    const rows = await tx.query<{ event_id: EventId }>(
      `INSERT INTO scan (source, scan_id, action, meaning, event_id)
       SELECT source, scan_id, action, meaning, event_id
         FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::uuid[])
           WITH ORDINALITY AS sent (source, scan_id, action, meaning, event_id, place) ORDER BY source, scan_id, place
       ON CONFLICT DO NOTHING RETURNING event_id`,
      [
        ...[scans.map(({ source }) => source), scans.map(({ scanId }) => scanId), scans.map(({ action }) => action)],
        ...[scans.map(({ meaning }) => meaning), scans.map(({ eventId }) => eventId)],
      ],
    );
    return new Set(rows.map((row) => row.event_id));
  }

  /** The scans of these names that were taken. */
  async known(tx: Transaction, names: readonly ScanName[]): Promise<TakenScan[]> {
    if (names.length === 0) return [];
    return tx.query<TakenScan>(
      `SELECT source, scan_id AS "scanId", action, meaning, event_id AS "eventId" FROM scan
        WHERE (source, scan_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
      [names.map(({ source }) => source), names.map(({ scanId }) => scanId)],
    );
  }
}
