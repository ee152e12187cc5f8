import { inOdooWords } from './database-error.js';
import { releaseLinks } from './document-links.js';
import type { Env } from './environment.js';
import { requireExisting } from './write.js';

/**
 * Deletes records together with their external ids.
 * @throws MissingError for one that is gone, ValidationError while another model needs it
 */
export async function unlink(env: Env, name: string, ids: number[]): Promise<void> {
  const model = env.models.get(name);
  if (ids.length === 0) return;
  await requireExisting(env, model, ids);
  await model.hooks?.beforeUnlink?.(env, ids);
  await releaseLinks(env, name, ids);
  try {
    await env.tx.query(`DELETE FROM "${model.table}" WHERE id = ANY($1::int[])`, [ids]);
  } catch (error) {
    throw inOdooWords(error, env.models);
  }
  await env.tx.query('DELETE FROM ir_model_data WHERE model = $1 AND res_id = ANY($2::int[])', [name, ids]);
  await model.hooks?.afterUnlink?.(env, ids);
}
