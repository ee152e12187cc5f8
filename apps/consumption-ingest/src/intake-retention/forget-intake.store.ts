import { Injectable } from '@nestjs/common';
import { Database } from '@wardline/outbox';

/** Rows of a table that one transaction forgets at most: it is short, and nobody waits for it. */
const mostAtOnce = 1_000;

const old = (what: string): string => `${what} < $1 LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED`;

/** One statement for each edge; `$1` is the time before which everything is forgotten. */
const forgettings = [
  `DELETE FROM scan WHERE (source, scan_id) IN (
     SELECT source, scan_id FROM scan WHERE ${old('uuid_extract_timestamp(event_id)')}) RETURNING 1`,
  `DELETE FROM hl7_message WHERE id IN (SELECT id FROM hl7_message WHERE ${old('received_at')}) RETURNING 1`,
  `DELETE FROM hl7_item WHERE (profile, transaction, kind) IN (
     SELECT profile, transaction, kind FROM hl7_item WHERE ${old('uuid_extract_timestamp(event_id)')}) RETURNING 1`,
  `WITH gone AS MATERIALIZED (SELECT source, type, id FROM fhir_resource WHERE ${old('received_at')}),
     versions AS (DELETE FROM fhir_version v USING gone WHERE (v.source, v.type, v.id) = (gone.source, gone.type, gone.id)),
     items AS (DELETE FROM fhir_item i USING gone WHERE (i.source, i.type, i.id) = (gone.source, gone.type, gone.id))
   DELETE FROM fhir_resource r USING gone WHERE (r.source, r.type, r.id) = (gone.source, gone.type, gone.id) RETURNING 1`,
  `DELETE FROM file_item WHERE (feed, row_id, undoes) IN (
     SELECT feed, row_id, undoes FROM file_item WHERE ${old('uuid_extract_timestamp(event_id)')}) RETURNING 1`,
  `DELETE FROM file_row WHERE (file, row) IN (
     SELECT r.file, r.row FROM file_row r JOIN file_intake f ON f.id = r.file
      WHERE f.ended_at < $1 LIMIT ${mostAtOnce} FOR UPDATE OF r SKIP LOCKED) RETURNING 1`,
  `DELETE FROM file_intake WHERE id IN (
     SELECT f.id FROM file_intake f WHERE NOT EXISTS (SELECT FROM file_row r WHERE r.file = f.id)
        AND NOT EXISTS (SELECT FROM file_intake later WHERE later.repeats = f.id) AND ${old('f.ended_at')}) RETURNING 1`,
  `DELETE FROM epcis_event WHERE id IN (
     SELECT e.id FROM epcis_event e JOIN epcis_capture c ON c.id = e.capture
      WHERE c.created_at < $1 LIMIT ${mostAtOnce} FOR UPDATE OF e SKIP LOCKED) RETURNING 1`,
  `DELETE FROM epcis_capture WHERE id IN (
     SELECT c.id FROM epcis_capture c WHERE NOT EXISTS (SELECT FROM epcis_event e WHERE e.capture = c.id)
        AND ${old('c.created_at')}) RETURNING 1`,
] as const;

/**
 * Forgets what the edges remember of messages, resources, scans, files and events: by it they know repeats and what a later
 * word corrects. Records themselves and their receipts stay.
 */
@Injectable()
export class IntakeMemory {
  constructor(private readonly database: Database) {}

  /** Forgets some of what is older, in a short transaction for each kind; answers how many rows. */
  async forgetSome(before: Date): Promise<number> {
    let rows = 0;
    for (const statement of forgettings) rows += (await this.database.query(statement, [before])).length;
    return rows;
  }
}
