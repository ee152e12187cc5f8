import { missingError, valueError } from '../odoo-error.js';
import { columnType } from './column.js';
import { applyCommands } from './commands.js';
import { missingValue, takeInherited } from './create.js';
import { inOdooWords } from './database-error.js';
import { requireLinked } from './document-links.js';
import type { Env } from './environment.js';
import { isColumn, isList, type Field, type Value, type Values } from './field.js';
import type { Model } from './model.js';
import { linkedId, read } from './read.js';
import { toColumn } from './values.js';

/**
 * Writes the same values to all records, lists by their commands, then what the model adds.
 * @throws MissingError when one of them is gone
 */
export async function write(env: Env, name: string, ids: number[], given: Values): Promise<void> {
  const model = env.models.get(name);
  const unknown = Object.keys(given).find((key) => !model.fields.has(key));
  if (unknown) throw valueError(`Invalid field '${unknown}' in '${model.name}'`);
  if (ids.length === 0) return;
  await requireExisting(env, model, ids);
  const values = { ...given };
  await model.hooks?.beforeWrite?.(env, ids, values);
  await writeInherited(env, model, ids, values);
  await update(env, model, ids, values);
  for (const [key, value] of Object.entries(values)) {
    const field = model.fields.get(key);
    if (!field || !isList(field) || field.related) continue;
    await applyCommands(env, model, field, new Map(ids.map((id): [number, Value] => [id, value])), 'existing');
  }
  await model.hooks?.afterWrite?.(env, ids, given);
}

/** @throws MissingError that names the records that are not there */
export async function requireExisting(env: Env, model: Model, ids: readonly number[]): Promise<void> {
  const rows = await env.tx.query<{ id: number }>(`SELECT id FROM "${model.table}" WHERE id = ANY($1::int[])`, [ids]);
  const found = new Set(rows.map((row) => row.id));
  const gone = ids.filter((id) => !found.has(id));
  if (gone.length > 0) throw missingError(model.name, gone, env.uid);
}

async function writeInherited(env: Env, model: Model, ids: number[], values: Values): Promise<void> {
  if (!model.inherits) return;
  const { link, model: parent } = model.inherits;
  const taken = takeInherited(model, values);
  if (Object.keys(taken).length === 0) return;
  const holders = await read(env, model, ids, [link]);
  await write(env, parent, [...new Set(holders.map((record) => linkedId(record[link])))], taken);
}

async function update(env: Env, model: Model, ids: readonly number[], values: Values): Promise<void> {
  const fields = Object.keys(values)
    .map((key) => model.fields.get(key))
    .filter((field): field is Field => field !== undefined && isColumn(field) && field.name !== 'id');
  for (const field of fields) refuseEmpty(model, field, values[field.name]);
  const row = Object.fromEntries(fields.map((field) => [field.name, toColumn(env, model, field, values[field.name])]));
  await requireLinked(env, model, fields, [row]);
  const parameters: unknown[] = [ids, env.now, env.uid];
  const changes = fields.map((field) => {
    parameters.push(row[field.name]);
    return `"${field.name}" = $${parameters.length}::${columnType(field)}`;
  });
  const stamp = fields.some((field) => field.name === 'write_date') ? [] : ['write_date = $2::timestamp'];
  const sql = `UPDATE "${model.table}" SET ${[...changes, ...stamp, 'write_uid = $3'].join(', ')}
    WHERE id = ANY($1::int[]) AND $2::text IS NOT NULL`;
  try {
    await env.tx.query(sql, parameters);
  } catch (error) {
    throw inOdooWords(error, env.models);
  }
}

function refuseEmpty(model: Model, field: Field, value: Value): void {
  const isNumber = ['float', 'integer', 'boolean'].includes(field.type);
  const empty = value === null || value === undefined || value === false || value === '';
  if (field.required && empty && !isNumber) throw missingValue(model, field);
}

/** One change per record: `rows` carry `id` and the same columns; one statement. */
export async function updateEach(env: Env, name: string, rows: readonly ({ id: number } & Values)[]): Promise<void> {
  const model = env.models.get(name);
  const sample = rows[0];
  if (!sample) return;
  const fields = Object.keys(sample)
    .filter((key) => key !== 'id')
    .map((key) => model.fields.get(key))
    .filter((field): field is Field => field !== undefined);
  const given = rows.map((row): Record<string, unknown> =>
    Object.fromEntries<unknown>([
      ['id', row.id],
      ...fields.map((field): [string, unknown] => [field.name, toColumn(env, model, field, row[field.name])]),
    ]),
  );
  await requireLinked(env, model, fields, given);
  const sql = `UPDATE "${model.table}" r SET ${fields.map(({ name: column }) => `"${column}" = given."${column}"`).join(', ')},
      write_date = $2::timestamp, write_uid = $3
    FROM jsonb_to_recordset($1::jsonb) AS given(id integer, ${fields.map((field) => `"${field.name}" ${columnType(field)}`).join(', ')})
    WHERE r.id = given.id`;
  await env.tx.query(sql, [JSON.stringify(given), env.now, env.uid]);
}
