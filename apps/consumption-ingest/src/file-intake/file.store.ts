import { Injectable } from '@nestjs/common';
import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { FileOwner, FileProblem } from './problem.js';
import type { RowIdentity, RowOutcome, TakenRow } from './settle-rows.js';
import { nameOf } from './settle-rows.js';

/** `taking` rows; all `taken` (or refused singly); `repeated` whole, by its digest; `refused` whole. */
export type FileState = 'taking' | 'taken' | 'repeated' | 'refused';

/** A file and what became of it. */
export interface FileEntry {
  readonly id: string;
  readonly feed: string;
  readonly name: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly digest: string;
  readonly bytes: number;
  readonly state: FileState;
  /** The row from which it goes on. */
  readonly nextRow: number;
  readonly taken: number;
  readonly repeated: number;
  readonly refused: number;
  readonly problem: FileProblem | null;
  /** The file with the same bytes whose rows these are. */
  readonly repeats: string | null;
  readonly receivedAt: Date;
  readonly endedAt: Date | null;
  /** When its receipts were written and it was put away. */
  readonly filedAt: Date | null;
}

/** A file as it arrives. */
export type NewFile = Pick<
  FileEntry,
  'feed' | 'name' | 'digest' | 'bytes' | 'state' | 'problem' | 'repeats' | 'receivedAt'
> &
  Pick<FileEntry, 'taken' | 'repeated' | 'refused'>;

const columns = `id::text, feed, name, encode(digest, 'hex') AS digest, bytes::float8 AS bytes, state, next_row::float8 AS "nextRow",
  taken::float8 AS taken, repeated::float8 AS repeated, refused::float8 AS refused, problem, repeats::text,
  received_at AS "receivedAt", ended_at AS "endedAt", filed_at AS "filedAt"`;

/** Files by feed and digest. */
@Injectable()
export class FileStore {
  /** Holds a feed until the transaction ends: its rows are settled one file at a time. */
  async holdFeed(tx: Transaction, feed: string): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 9))', [feed]);
  }

  /** Files with these bytes, the newest first. */
  async withDigest(tx: Transaction, feed: string, digest: string): Promise<FileEntry[]> {
    return tx.query<FileEntry>(
      `SELECT ${columns} FROM file_intake WHERE feed = $1 AND digest = decode($2, 'hex') ORDER BY file_intake.id DESC LIMIT 100`,
      [feed, digest],
    );
  }

  /** One file; null when there is none. */
  async find(tx: Transaction, id: string): Promise<FileEntry | null> {
    const rows = await tx.query<FileEntry>(`SELECT ${columns} FROM file_intake WHERE id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** Notes a file that came. */
  async add(tx: Transaction, file: NewFile): Promise<FileEntry> {
    const rows = await tx.query<FileEntry>(
      `INSERT INTO file_intake (feed, name, digest, bytes, state, problem, repeats, received_at, ended_at, taken, repeated, refused)
       VALUES ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8, CASE WHEN $5 = 'taking' THEN NULL ELSE $8::timestamptz END, $9, $10, $11)
       RETURNING ${columns}`,
      [
        ...[file.feed, file.name, file.digest, file.bytes, file.state, file.problem && JSON.stringify(file.problem)],
        ...[file.repeats, file.receivedAt, file.taken, file.repeated, file.refused],
      ],
    );
    return rows[0]!;
  }

  /** Moves on from `from` past rows that are settled; false when somebody else did. */
  async advance(tx: Transaction, id: string, from: number, outcomes: readonly RowOutcome[]): Promise<boolean> {
    const count = (wanted: RowOutcome['outcome']): number =>
      outcomes.filter(({ outcome }) => outcome === wanted).length;
    const moved = await tx.query(
      `UPDATE file_intake SET next_row = next_row + $3, taken = taken + $4, repeated = repeated + $5, refused = refused + $6
        WHERE id = $1 AND next_row = $2 AND state = 'taking' RETURNING id`,
      [id, from, outcomes.length, count('taken'), count('repeated'), count('refused')],
    );
    return moved.length === 1;
  }

  /** Notes that all its rows are settled, or why the rest of them cannot be. */
  end(tx: Transaction, id: string, { problem, at }: { readonly problem: FileProblem | null; readonly at: Date }): void {
    tx.write(
      `UPDATE file_intake SET state = CASE WHEN $2::jsonb IS NULL THEN 'taken' ELSE 'refused' END, problem = $2, ended_at = $3
        WHERE id = $1 AND state = 'taking'`,
      [id, problem && JSON.stringify(problem), at],
    );
  }

  /** Notes that its receipts are written and it is put away. */
  filed(tx: Transaction, id: string, at: Date): void {
    tx.write('UPDATE file_intake SET filed_at = $2 WHERE id = $1', [id, at]);
  }

  /** Files, the newest first, before the id of an earlier page. */
  async list(
    tx: Transaction,
    asked: {
      readonly feed: string | null;
      readonly state: string | null;
      readonly before: string | null;
      readonly limit: number;
    },
  ): Promise<FileEntry[]> {
    return tx.query<FileEntry>(
      `SELECT ${columns} FROM file_intake
        WHERE ($1::text IS NULL OR feed = $1) AND ($2::text IS NULL OR state = $2) AND ($3::bigint IS NULL OR file_intake.id < $3)
        ORDER BY file_intake.id DESC LIMIT $4`,
      [asked.feed, asked.state, asked.before, asked.limit],
    );
  }
}

/** A row's outcome as the table holds it. */
interface OutcomeRow {
  readonly row: string;
  readonly line: string;
  readonly row_id: string | null;
  readonly outcome: RowOutcome['outcome'];
  readonly event_id: EventId | null;
  readonly code: string | null;
  readonly message: string;
  readonly remedy: string;
  readonly owner: FileOwner;
}

/** What became of each row of each file, and which rows of a feed were ever taken. */
@Injectable()
export class FileRowStore {
  /** Those of these rows that were taken, by name. */
  async taken(tx: Transaction, feed: string, rows: readonly RowIdentity[]): Promise<Map<string, TakenRow>> {
    if (rows.length === 0) return new Map();
    const found = await tx.query<TakenRow>(
      `SELECT row_id AS "rowId", undoes, meaning, event_id AS "eventId" FROM file_item
        WHERE feed = $1 AND (row_id, undoes) IN (SELECT * FROM unnest($2::text[], $3::boolean[]))`,
      [feed, rows.map(({ rowId }) => rowId), rows.map(({ undoes }) => undoes)],
    );
    return new Map(found.map((row) => [nameOf(row), row]));
  }

  /** Notes rows as taken. */
  take(tx: Transaction, feed: string, rows: readonly TakenRow[]): void {
    if (rows.length === 0) return;
    tx.write(
      `INSERT INTO file_item (feed, row_id, undoes, meaning, event_id)
       SELECT $1, * FROM unnest($2::text[], $3::boolean[], $4::bytea[], $5::uuid[])`,
      [
        ...[feed, rows.map(({ rowId }) => rowId), rows.map(({ undoes }) => undoes)],
        ...[rows.map(({ meaning }) => meaning), rows.map(({ eventId }) => eventId)],
      ],
    );
  }

  /** Writes what became of rows. */
  note(tx: Transaction, file: string, outcomes: readonly RowOutcome[]): void {
    const part = (of: (outcome: RowOutcome) => unknown): unknown[] => outcomes.map(of);
    tx.write(
      `INSERT INTO file_row (file, row, line, row_id, outcome, event_id, code, message, remedy, owner)
       SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[])`,
      [
        ...[
          file,
          part(({ row }) => row),
          part(({ line }) => line),
          part(({ rowId }) => rowId),
          part(({ outcome }) => outcome),
        ],
        ...[part(({ eventId }) => eventId), part(({ problem }) => problem?.code ?? null)],
        ...[part(({ problem }) => problem?.message ?? null), part(({ problem }) => problem?.remedy ?? null)],
        part(({ problem }) => problem?.owner ?? null),
      ],
    );
  }

  /** What became of the rows of a file, in their order, after the row of an earlier page. */
  async of(
    tx: Transaction,
    file: string,
    {
      after,
      limit,
      outcome = null,
    }: { readonly after: number; readonly limit: number; readonly outcome?: string | null },
  ): Promise<RowOutcome[]> {
    const rows = await tx.query<OutcomeRow>(
      `SELECT row, line, row_id, outcome, event_id, code, message, remedy, owner FROM file_row
        WHERE file = $1 AND row > $2 AND ($4::text IS NULL OR outcome = $4) ORDER BY row LIMIT $3`,
      [file, after, limit, outcome],
    );
    return rows.map(({ code, message, remedy, owner, ...found }) => ({
      ...{ row: Number(found.row), line: Number(found.line), rowId: found.row_id, outcome: found.outcome },
      eventId: found.event_id,
      problem: code === null ? null : { code, message, remedy, owner },
    }));
  }
}
