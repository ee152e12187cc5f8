import type { EventId } from '@wardline/event-contracts';
import type { Transaction } from '@wardline/event-handling';
import type { Operation } from '../posting/operation.js';
import type { Query } from '../posting/posting.store.js';
import type { Checkpoint, Mode, Switch } from './checkpoint.js';

const all = `
SELECT c.*, coalesce((SELECT json_agg(json_build_object('at', s.at, 'mode', s.mode, 'by', s.by, 'reason', s.reason) ORDER BY s.at)
         FROM checkpoint_switch s WHERE s.checkpoint_id = c.checkpoint_id), '[]') AS switches
  FROM checkpoint c`;

interface CheckpointRow {
  checkpoint_id: EventId;
  flow: Operation;
  site: string;
  old_flow: Operation;
  old_user_ids: string[];
  tolerance_ms: string;
  agree_ms: string;
  switches: { at: string; mode: Mode; by: string; reason: string }[];
}

/** Every checkpoint with its switches, by flow and site. */
export async function allCheckpoints(query: Query): Promise<Checkpoint[]> {
  return (await query.query<CheckpointRow>(`${all} ORDER BY c.flow, c.site`)).map(checkpointOf);
}

/** A checkpoint, locked; null when there is none. */
export async function lockCheckpoint(tx: Transaction, id: string): Promise<Checkpoint | null> {
  const [row] = await tx.query<CheckpointRow>(`${all} WHERE c.checkpoint_id = $1 FOR UPDATE OF c`, [id]);
  return row === undefined ? null : checkpointOf(row);
}

/** Keeps a new checkpoint; false when its flow and site have one. */
export async function keepCheckpoint(tx: Transaction, checkpoint: Checkpoint): Promise<boolean> {
  const { checkpointId, flow, site, oldFlow, oldUserIds, toleranceMs, agreeMs } = checkpoint;
  const rows = await tx.query(
    `INSERT INTO checkpoint (checkpoint_id, flow, site, old_flow, old_user_ids, tolerance_ms, agree_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (flow, site) DO NOTHING RETURNING checkpoint_id`,
    [checkpointId, flow, site, oldFlow, oldUserIds, toleranceMs, agreeMs],
  );
  return rows.length > 0;
}

/** Keeps a switch. */
export async function keepSwitch(
  tx: Transaction,
  checkpointId: string,
  { at, mode, by, reason }: Switch,
  { despite, decidedAt }: { readonly despite: boolean; readonly decidedAt: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO checkpoint_switch (checkpoint_id, at, mode, by, reason, despite, decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [checkpointId, at, mode, by, reason, despite, decidedAt],
  );
}

/** Complete names of locations in Odoo by their codes, those above a location first; of one code the active, then the oldest. */
export async function locationPaths(query: Query, codes: readonly string[]): Promise<Map<string, string>> {
  const rows = await query.query<{ code: string; name: string }>(
    `SELECT DISTINCT ON (code) code, data->>'name' AS name FROM master_record
      WHERE model = 'stock.location' AND code = ANY($1) AND NOT gone ORDER BY code, active DESC, odoo_id`,
    [codes],
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  return {
    ...{
      checkpointId: row.checkpoint_id,
      flow: row.flow,
      site: row.site,
      oldFlow: row.old_flow,
      oldUserIds: row.old_user_ids.map(Number),
    },
    ...{ toleranceMs: Number(row.tolerance_ms), agreeMs: Number(row.agree_ms) },
    switches: row.switches.map((one) => ({ ...one, at: new Date(one.at) })),
  };
}
