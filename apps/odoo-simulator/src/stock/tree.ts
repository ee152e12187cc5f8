import type { Env } from '../orm/environment.js';
import type { Hooks } from '../orm/model.js';

/** A model whose records form a tree and show the whole way down in `complete_name`. */
export interface Tree {
  readonly model: string;
  readonly parent: string;
  readonly separator: string;
  /** SQL condition over the record `c`: it shows its own name only. */
  readonly alone?: string;
}

/** Keeps `parent_path` and `complete_name` in step with names and parents. */
export function numberTree(tree: Tree): Hooks {
  return {
    afterCreate: (env, ids) => renumber(env, tree, ids),
    async afterWrite(env, ids, values) {
      if ('name' in values || tree.parent in values) await renumber(env, tree, ids);
    },
  };
}

/** Writes path and full name of the records and of everything below them. */
export async function renumber(env: Env, tree: Tree, ids: readonly number[]): Promise<void> {
  const table = `"${env.models.get(tree.model).table}"`;
  const joined = `p.complete_name || '${tree.separator}' || c."name"`;
  const shown = `CASE WHEN p.id IS NULL OR ${tree.alone ?? 'FALSE'} THEN c."name" ELSE ${joined} END`;
  await env.tx.query(
    `WITH RECURSIVE down AS (
      SELECT c.id, COALESCE(p.parent_path, '') || c.id || '/' AS parent_path, ${shown} AS complete_name
      FROM ${table} c LEFT JOIN ${table} p ON p.id = c."${tree.parent}" WHERE c.id = ANY($1::int[])
      UNION ALL
      SELECT c.id, p.parent_path || c.id || '/', ${shown} FROM ${table} c JOIN down p ON p.id = c."${tree.parent}"
    )
    UPDATE ${table} t SET parent_path = down.parent_path, complete_name = down.complete_name
    FROM (SELECT DISTINCT ON (id) * FROM down ORDER BY id, length(parent_path) DESC) down WHERE t.id = down.id`,
    [ids],
  );
}
