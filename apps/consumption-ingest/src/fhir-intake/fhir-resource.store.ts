import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { FhirVersion, Issue, VersionMark } from '@wardline/fhir';
import type { KnownResource, Said, StandingItem } from './revise-resource.js';

/** What a resource is known by. */
export interface ResourceName {
  readonly source: string;
  readonly type: string;
  readonly id: string;
}

/** What became of a resource, for a person; never its content, which names patients. */
export interface ResourceView extends ResourceName {
  /** Orders the list; the `before` of its next page. */
  readonly number: string;
  readonly fhirVersion: FhirVersion;
  readonly versionId: string | null;
  readonly lastUpdated: Date | null;
  readonly status: string | null;
  readonly outcome: 'taken' | 'refused';
  /** Records that stand for it. */
  readonly records: number;
  readonly issues: readonly Issue[];
  /** How often it came, in all its versions. */
  readonly times: number;
  readonly receivedAt: Date;
}

/** A version to note; without a meaning it only counts as come, the latest taken one stays as it is. */
export type NewVersion = Omit<ResourceView, 'number' | 'times' | 'lastUpdated' | 'versionId'> & {
  readonly mark: VersionMark;
  readonly meaning: Buffer | null;
};

/** FHIR resources of sources, their versions, and the records that stand for them. */
@Injectable()
export class FhirResourceStore {
  /** Holds a resource until the transaction ends and answers what is known of it; null when it never came. */
  async claim(
    tx: Transaction,
    { source, type, id }: ResourceName,
    versionId: string | null,
  ): Promise<KnownResource | null> {
    const name = [source, type, id];
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 8))`, [name.join('\n')]);
    const rows = await tx.query<{ versionId: string | null; lastUpdated: Date | null; meaning: Buffer | null }>(
      `SELECT version_id AS "versionId", last_updated AS "lastUpdated", meaning FROM fhir_resource
        WHERE source = $1 AND type = $2 AND id = $3`,
      name,
    );
    const [row] = rows;
    if (row === undefined) return null;
    const same = await tx.query<{ meaning: Buffer }>(
      `SELECT meaning FROM fhir_version WHERE source = $1 AND type = $2 AND id = $3 AND version_id = $4`,
      [...name, versionId],
    );
    const standing = await tx.query<{ eventId: EventId; said: Said }>(
      `SELECT event_id AS "eventId", said FROM fhir_item
        WHERE source = $1 AND type = $2 AND id = $3 AND reversed_by IS NULL ORDER BY event_id`,
      name,
    );
    const { meaning, lastUpdated } = row;
    const latest =
      meaning === null
        ? null
        : { ...row, meaning, lastUpdated: lastUpdated === null ? null : lastUpdated.toISOString() };
    return { latest, sameVersion: same[0]?.meaning ?? null, standing };
  }

  /** Writes what became of a version; a refused or repeated one leaves the latest taken one as it is. */
  note(tx: Transaction, { mark, meaning, ...seen }: NewVersion): void {
    tx.write(
      `INSERT INTO fhir_resource AS r (source, type, id, fhir_version, version_id, last_updated, status, meaning, outcome,
                                       records, issues, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (source, type, id) DO UPDATE SET times = r.times + 1, received_at = excluded.received_at,
         outcome = excluded.outcome, issues = excluded.issues,
         fhir_version = CASE WHEN excluded.meaning IS NULL THEN r.fhir_version ELSE excluded.fhir_version END,
         version_id = CASE WHEN excluded.meaning IS NULL THEN r.version_id ELSE excluded.version_id END,
         last_updated = CASE WHEN excluded.meaning IS NULL THEN r.last_updated ELSE excluded.last_updated END,
         status = CASE WHEN excluded.meaning IS NULL THEN r.status ELSE excluded.status END,
         records = CASE WHEN excluded.meaning IS NULL THEN r.records ELSE excluded.records END,
         meaning = coalesce(excluded.meaning, r.meaning)`,
      [
        ...[seen.source, seen.type, seen.id, seen.fhirVersion, mark.versionId, mark.lastUpdated, seen.status, meaning],
        ...[seen.outcome, seen.records, JSON.stringify(seen.issues), seen.receivedAt],
      ],
    );
  }

  /** Remembers what a version said, so that it is known when it comes again. */
  keepVersion(tx: Transaction, { source, type, id }: ResourceName, versionId: string, meaning: Buffer): void {
    tx.write(
      `INSERT INTO fhir_version (source, type, id, version_id, meaning) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [source, type, id, versionId, meaning],
    );
  }

  /** Remembers which record stands for an item. */
  keepItem(tx: Transaction, { source, type, id }: ResourceName, { eventId, said }: StandingItem): void {
    tx.write(`INSERT INTO fhir_item (event_id, source, type, id, said) VALUES ($1, $2, $3, $4, $5)`, [
      ...[eventId, source, type, id, JSON.stringify(said)],
    ]);
  }

  /** Marks a record as taken back by another. */
  takeBack(tx: Transaction, eventId: EventId, by: EventId): void {
    tx.write(`UPDATE fhir_item SET reversed_by = $2 WHERE event_id = $1`, [eventId, by]);
  }

  /** Resources, the newest first, before the number of an earlier page. */
  async list(
    tx: Transaction,
    asked: { readonly outcome: string | null; readonly before: string | null; readonly limit: number },
  ): Promise<ResourceView[]> {
    return tx.query<ResourceView>(
      `SELECT number::text, source, type, id, fhir_version AS "fhirVersion", version_id AS "versionId",
              last_updated AS "lastUpdated", status, outcome, records, issues, times, received_at AS "receivedAt"
         FROM fhir_resource
        WHERE ($1::text IS NULL OR outcome = $1) AND ($2::bigint IS NULL OR number < $2) ORDER BY number DESC LIMIT $3`,
      [asked.outcome, asked.before, asked.limit],
    );
  }
}
