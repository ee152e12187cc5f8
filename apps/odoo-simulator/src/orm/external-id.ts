import { validationError } from '../odoo-error.js';
import type { Env } from './environment.js';
import type { Model } from './model.js';

/** The module and the name in an external id; without a dot the module is `__import__`. */
export function splitExternalId(text: string): { module: string; name: string } {
  const dot = text.indexOf('.');
  return dot < 0 ? { module: '__import__', name: text } : { module: text.slice(0, dot), name: text.slice(dot + 1) };
}

/**
 * Gives records their external ids; an id whose record is gone is taken over.
 * @throws ValidationError for an id that belongs to another model, or that contains a blank
 */
export async function registerExternalIds(
  env: Env,
  model: Model,
  named: readonly { id: number; externalId: string }[],
): Promise<void> {
  const rows = named.map(({ id, externalId }) => ({ res_id: id, ...splitExternalId(externalId) }));
  const blank = rows.find((row) => /\s/.test(row.name));
  if (blank) {
    throw validationError(
      `new row for relation "ir_model_data" violates check constraint "ir_model_data_name_nospaces"\nDETAIL:  Failing row contains (${blank.name}, ${blank.module}).\n`,
    );
  }
  const taken = await env.tx.query<{ module: string; name: string; model: string; res_id: number }>(
    `INSERT INTO ir_model_data AS d (module, name, model, res_id, noupdate, create_uid, create_date, write_uid, write_date)
      SELECT module, name, $2, res_id, false, $3, $4::timestamp, $3, $4::timestamp
      FROM jsonb_to_recordset($1::jsonb) AS given(module text, name text, res_id integer)
      ON CONFLICT (module, name) DO UPDATE SET res_id = CASE WHEN d.model = excluded.model THEN excluded.res_id ELSE d.res_id END, write_date = $4::timestamp
      RETURNING module, name, model, res_id`,
    [JSON.stringify(rows), model.name, env.uid, env.now],
  );
  const foreign = taken.find((row) => row.model !== model.name);
  if (!foreign) return;
  throw validationError(
    `For external id ${foreign.module}.${foreign.name} when trying to create/update a record of model ${model.name} found record of different model ${foreign.model} (${foreign.res_id})`,
  );
}
