import { createHash } from 'node:crypto';
import type { Transaction } from '@wardline/event-handling';
import type { Query } from '../posting/posting.store.js';
import type { MasterRow } from './master-model.js';

/** What storing a page of records did. */
export interface Applied {
  /** What is to be published: per code whose content is another now, its record. */
  readonly changes: readonly MasterRow[];
  /** Whether a known record came under another code: whoever names it by code must be read anew. */
  readonly renamed: boolean;
}

/** A record's code and data, for those that refer to it by id. */
export interface RecordName {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface StoredRow {
  odoo_id: string;
  code: string;
  active: boolean;
  gone: boolean;
  content_hash: string;
  data: Record<string, unknown>;
}

/** Codes and data of records by Odoo id. */
export async function namesOf(
  query: Query,
  model: string,
  ids: readonly (number | null)[],
): Promise<Map<number, RecordName>> {
  const rows = await query.query<StoredRow>(
    `SELECT odoo_id, code, data FROM master_record WHERE model = $1 AND odoo_id = ANY($2) AND NOT gone`,
    [model, [...new Set(ids.filter((id) => id !== null))]],
  );
  return new Map(rows.map(({ odoo_id: id, code, data }) => [Number(id), { code, data }]));
}

/** Ids of a model's records that Odoo had when they were last looked for. */
export async function knownIds(query: Query, model: string): Promise<number[]> {
  const rows = await query.query<{ odoo_id: string }>(
    `SELECT odoo_id FROM master_record WHERE model = $1 AND NOT gone`,
    [model],
  );
  return rows.map(({ odoo_id: id }) => Number(id));
}

/** Stores a page as read and answers which codes now mean something else; the same page again changes nothing. */
export async function applyRows(tx: Transaction, model: string, page: readonly MasterRow[]): Promise<Applied> {
  const rows = [...new Map(page.map((row) => [row.odooId, row])).values()];
  const stored = await tx.query<StoredRow>(
    `SELECT odoo_id, code, gone, content_hash FROM master_record WHERE model = $1 AND odoo_id = ANY($2)`,
    [model, rows.map(({ odooId }) => odooId)],
  );
  const before = new Map(stored.map((row) => [Number(row.odoo_id), row]));
  const changed = rows.filter((row) => {
    const old = before.get(row.odooId);
    return old === undefined || old.gone || old.content_hash !== hashOf(row);
  });
  if (changed.length === 0) return { changes: [], renamed: false };
  await tx.query(
    `INSERT INTO master_record (model, odoo_id, code, active, content_hash, data)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::boolean[], $5::text[], $6::jsonb[])
     ON CONFLICT (model, odoo_id) DO UPDATE SET code = excluded.code, active = excluded.active, gone = false,
       content_hash = excluded.content_hash, data = excluded.data`,
    [
      model,
      changed.map(({ odooId }) => odooId),
      changed.map(({ code }) => code),
      changed.map(({ active }) => active),
      changed.map(hashOf),
      changed.map(({ data }) => JSON.stringify(data)),
    ],
  );
  const oldCodes = changed.flatMap(({ odooId }) => before.get(odooId)?.code ?? []);
  const renamed = changed.some(({ odooId, code }) => (before.get(odooId)?.code ?? code) !== code);
  return { changes: await publishable(tx, model, [...oldCodes, ...changed.map(({ code }) => code)]), renamed };
}

/**
 * Keeps records that were found or made outside of a reading, so that they are known until the next one, which tells of
 * them: their hash is nobody's.
 */
export async function noteRecords(tx: Transaction, model: string, rows: readonly MasterRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO master_record (model, odoo_id, code, active, content_hash, data)
     SELECT $1, id, code, active, '', data
       FROM unnest($2::bigint[], $3::text[], $4::boolean[], $5::jsonb[]) AS note (id, code, active, data)
     ON CONFLICT (model, odoo_id) DO UPDATE SET code = excluded.code, active = excluded.active, gone = false,
       content_hash = '', data = excluded.data
       WHERE master_record.gone`,
    [
      model,
      rows.map(({ odooId }) => odooId),
      rows.map(({ code }) => code),
      rows.map(({ active }) => active),
      rows.map(({ data }) => JSON.stringify(data)),
    ],
  );
}

/** Marks records that Odoo no longer has and answers which codes now mean something else. */
export async function applyDeletions(tx: Transaction, model: string, ids: readonly number[]): Promise<MasterRow[]> {
  const rows = await tx.query<{ code: string }>(
    `UPDATE master_record SET gone = true WHERE model = $1 AND odoo_id = ANY($2) AND NOT gone RETURNING code`,
    [model, ids],
  );
  return publishable(
    tx,
    model,
    rows.map(({ code }) => code),
  );
}

/**
 * Compares what each code stands for with what was published of it. Where several records share a code, the active one
 * with the lowest id holds it; a code that nobody holds any more is published as inactive, with its last content.
 */
async function publishable(tx: Transaction, model: string, touched: readonly string[]): Promise<MasterRow[]> {
  const codes = [...new Set(touched)].toSorted();
  const holders = await tx.query<StoredRow>(
    `SELECT DISTINCT ON (code) odoo_id, code, active, data FROM master_record
      WHERE model = $1 AND code = ANY($2) AND NOT gone ORDER BY code, active DESC, odoo_id`,
    [model, codes],
  );
  const published = await tx.query<StoredRow>(
    `SELECT odoo_id, code, false AS active, content_hash, data FROM master_published WHERE model = $1 AND code = ANY($2)`,
    [model, codes],
  );
  const last = new Map(published.map((row) => [row.code, row]));
  const held = new Map(holders.map((row) => [row.code, row]));
  const rows = codes.flatMap((code) => held.get(code) ?? last.get(code) ?? []).map(masterRow);
  const changes = rows.filter((row) => last.get(row.code)?.content_hash !== hashOf(row));
  await notePublished(tx, model, changes);
  return changes;
}

async function notePublished(tx: Transaction, model: string, rows: readonly MasterRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO master_published (model, code, odoo_id, content_hash, data)
     SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[], $5::jsonb[])
     ON CONFLICT (model, code) DO UPDATE SET odoo_id = excluded.odoo_id, content_hash = excluded.content_hash, data = excluded.data`,
    [
      model,
      rows.map(({ code }) => code),
      rows.map(({ odooId }) => odooId),
      rows.map(hashOf),
      rows.map(({ data }) => JSON.stringify(data)),
    ],
  );
}

function masterRow({ odoo_id: id, code, active, data }: StoredRow): MasterRow {
  return { odooId: Number(id), code, active, data };
}

/** A hash of the content; the order of members does not matter, as jsonb does not keep it. */
function hashOf({ odooId, code, active, data }: MasterRow): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted({ odooId, code, active, data })))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
