import type { Query } from '../posting/posting.store.js';

/** What was found under a checkpoint so far, in numbers. */
export interface CheckpointFigures {
  /** Movements that wait for their counterpart, and lines that are held for them. */
  readonly open: { readonly ours: number; readonly theirs: number };
  /** Movements by what was found: the same, the same sum of a day, something else, nothing; and those posted by Wardline. */
  readonly exact: number;
  readonly day: number;
  readonly differs: number;
  readonly onlyOurs: number;
  readonly postedHere: number;
  /** Lines of the old interface that no record explains. */
  readonly onlyTheirs: number;
}

const figures = `
SELECT count(*) FILTER (WHERE state = 'withheld')::int AS ours, count(*) FILTER (WHERE code = 'EXACT')::int AS exact,
       count(*) FILTER (WHERE code = 'DAY')::int AS day, count(*) FILTER (WHERE code = 'DIFFERS')::int AS differs,
       count(*) FILTER (WHERE state = 'alone')::int AS only_ours,
       count(*) FILTER (WHERE settled_at IS NOT NULL AND state NOT IN ('elsewhere', 'alone'))::int AS posted_here,
       (SELECT count(*)::int FROM old_posting o WHERE o.checkpoint_id = $1 AND o.state = 'open') AS theirs,
       (SELECT count(*)::int FROM old_posting o WHERE o.checkpoint_id = $1 AND o.state = 'alone') AS only_theirs
  FROM posting WHERE checkpoint_id = $1`;

/** The figures of a checkpoint. */
export async function figuresOf(query: Query, checkpointId: string): Promise<CheckpointFigures> {
  const [row] = await query.query<Record<string, number>>(figures, [checkpointId]);
  const of = (name: string) => row?.[name] ?? 0;
  return {
    open: { ours: of('ours'), theirs: of('theirs') },
    ...{ exact: of('exact'), day: of('day'), differs: of('differs') },
    ...{ onlyOurs: of('only_ours'), postedHere: of('posted_here'), onlyTheirs: of('only_theirs') },
  };
}

const agreement = `
WITH differed AS (
  SELECT max(at) AS at FROM (
    SELECT max(settled_at) AS at FROM posting WHERE checkpoint_id = $1 AND (state = 'alone' OR code = 'DIFFERS')
    UNION ALL SELECT max(settled_at) FROM old_posting WHERE checkpoint_id = $1 AND state = 'alone'
    UNION ALL SELECT max(at) FROM checkpoint_switch WHERE checkpoint_id = $1 AND mode = 'SHADOW') AS last
)
SELECT min(settled_at) AS since FROM posting, differed
 WHERE checkpoint_id = $1 AND code IN ('EXACT', 'DAY') AND settled_at > coalesce(differed.at, '-infinity')`;

/** Since when the two agree: the first agreement after the last difference in this period of shadow mode; null for none. */
export async function agreesSince(query: Query, checkpointId: string): Promise<Date | null> {
  const [row] = await query.query<{ since: Date | null }>(agreement, [checkpointId]);
  return row?.since ?? null;
}

const differing = `
SELECT * FROM (
  SELECT settled_at AS at, CASE WHEN state = 'alone' THEN 'ONLY_OURS' ELSE 'DIFFERS' END AS what, event_id::text AS id,
         movement->>'productCode' AS product, coalesce(movement->>'lotNumber', movement->>'serialNumber') AS lot,
         movement->>'fromLocation' AS origin, movement->>'toLocation' AS target, movement->>'quantity' AS quantity,
         (movement->>'occurredAt')::timestamptz AS occurred_at, error AS message
    FROM posting WHERE checkpoint_id = $1 AND (state = 'alone' OR code = 'DIFFERS')
  UNION ALL
  SELECT settled_at, 'ONLY_THEIRS', line_id::text, report->>'productCode', coalesce(report->>'lotNumber', report->>'serialNumber'),
         report->>'fromLocation', report->>'toLocation', report->>'quantity', moved_at,
         'The old interface did it as ' || (report->>'reference') || ' and no record of ours says why.'
    FROM old_posting WHERE checkpoint_id = $1 AND state = 'alone') AS found
 ORDER BY at DESC, id LIMIT 100`;

/** A difference between the two: what, where, and when it was found. */
export interface Difference {
  readonly what: 'ONLY_OURS' | 'ONLY_THEIRS' | 'DIFFERS';
  /** The eventId of the movement, or the id of the line in Odoo. */
  readonly id: string;
  readonly productCode: string;
  readonly lot: string | null;
  readonly fromLocation: string;
  readonly toLocation: string;
  readonly quantity: string;
  readonly occurredAt: string;
  readonly foundAt: string;
  readonly message: string | null;
}

/** The last hundred differences of a checkpoint, the newest first. */
export async function differencesOf(query: Query, checkpointId: string): Promise<Difference[]> {
  const rows = await query.query<{
    at: Date;
    what: Difference['what'];
    id: string;
    product: string;
    lot: string | null;
    origin: string;
    target: string;
    quantity: string;
    occurred_at: Date;
    message: string | null;
  }>(differing, [checkpointId]);
  return rows.map((row) => ({
    ...{ what: row.what, id: row.id, productCode: row.product, lot: row.lot, quantity: row.quantity },
    ...{ fromLocation: row.origin, toLocation: row.target, message: row.message },
    ...{ occurredAt: row.occurred_at.toISOString(), foundAt: row.at.toISOString() },
  }));
}
