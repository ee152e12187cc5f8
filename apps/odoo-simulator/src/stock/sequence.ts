import type { Env } from '../orm/environment.js';
import type { Method } from '../orm/model.js';

const counter = (id: number): string => `ir_sequence_${id}`;

/** Each sequence counts in a database sequence of its own: never the same number twice, gaps after a rollback. */
export async function startSequences(env: Env, ids: number[]): Promise<void> {
  for (const id of ids) await env.tx.query(`CREATE SEQUENCE "${counter(id)}"`);
}

/** The next `count` names of a sequence, e.g. `WH/OUT/00001`. */
export async function nextNames(env: Env, sequenceId: number, count: number): Promise<string[]> {
  const rows = await env.tx.query<{ prefix: string | null; suffix: string | null; padding: number; number: number }>(
    `SELECT s.prefix, s.suffix, s.padding, nextval('"${counter(sequenceId)}"') AS number
      FROM ir_sequence s, generate_series(1, $2) WHERE s.id = $1`,
    [sequenceId, count],
  );
  return rows.map((row) => `${row.prefix ?? ''}${String(row.number).padStart(row.padding, '0')}${row.suffix ?? ''}`);
}

/** Methods of `ir.sequence`. */
export const sequenceMethods: Record<string, Method> = {
  next_by_id: {
    parameters: ['sequence_date'],
    on: 'records',
    run: async (env, ids) => (await nextNames(env, ids[0] ?? 0, 1))[0] ?? false,
  },
  next_by_code: {
    parameters: ['sequence_code!', 'sequence_date'],
    on: 'model',
    run: async (env, _ids, args) => {
      const rows = await env.tx.query<{ id: number }>(
        'SELECT id FROM ir_sequence WHERE code = $1 ORDER BY id LIMIT 1',
        [args['sequence_code']],
      );
      return rows[0] ? ((await nextNames(env, rows[0].id, 1))[0] ?? false) : false;
    },
  },
};
