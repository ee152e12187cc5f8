import { type OdooError, validationError, valueError } from '../odoo-error.js';
import { columnType } from './column.js';
import { applyCommands } from './commands.js';
import { inOdooWords } from './database-error.js';
import { requireLinked } from './document-links.js';
import type { Env } from './environment.js';
import { registerExternalIds } from './external-id.js';
import { isColumn, isList, type Field, type Value, type Values } from './field.js';
import type { Model } from './model.js';
import { toColumn } from './values.js';

/**
 * Creates records in one statement, then what their lists ask for, then what the model adds.
 * @returns the ids, in the order of the values
 * @throws ValidationError for a missing or double value, ValueError for an unknown field
 */
export async function create(env: Env, name: string, valuesList: readonly Values[]): Promise<number[]> {
  const model = env.models.get(name);
  for (const values of valuesList) refuseUnknown(model, values);
  const records: Values[] = valuesList.map((values) => ({ ...defaults(env, model), ...values }));
  if (records.length === 0) return [];
  const externalIds = records.map(takeExternalId);
  await createInherited(env, model, records);
  await model.hooks?.beforeCreate?.(env, records);
  const ids = await insert(env, model, records);
  const named = ids.flatMap((id, at) => (externalIds[at] ? [{ id, externalId: externalIds[at] }] : []));
  if (named.length > 0) await registerExternalIds(env, model, named);
  await fillLists(env, model, ids, records);
  await model.hooks?.afterCreate?.(env, ids, records);
  return ids;
}

/** A text in `id` is the external id that `load` gives to a new record. */
function takeExternalId(record: Values): string | undefined {
  const given = record['id'];
  delete record['id'];
  return typeof given === 'string' ? given : undefined;
}

function refuseUnknown(model: Model, values: Values): void {
  const unknown = Object.keys(values).find((key) => !model.fields.has(key));
  if (unknown) throw valueError(`Invalid field '${unknown}' in '${model.name}'`);
}

/** Values that a new record has without being told: the model's, then `default_*` of the context. */
export function defaults(env: Env, model: Model): Values {
  const found: Values = {};
  for (const field of model.fields.values()) {
    const asked = env.context[`default_${field.name}`];
    if (asked !== undefined) found[field.name] = asked;
    else if (field.default !== undefined && !field.related) found[field.name] = field.default;
  }
  return found;
}

async function createInherited(env: Env, model: Model, records: Values[]): Promise<void> {
  const inherits = model.inherits;
  if (!inherits) return;
  const orphans = records.filter((record) => !record[inherits.link]);
  if (orphans.length === 0) return;
  const parents = orphans.map((record) => takeInherited(model, record));
  const quiet = { ...env, context: { ...env.context, create_product_product: false } };
  const ids = await create(quiet, inherits.model, parents);
  orphans.forEach((record, at) => (record[inherits.link] = ids[at] ?? null));
}

/** Moves the values that belong to the inherited model out of the record. */
export function takeInherited(model: Model, record: Values): Values {
  const prefix = `${model.inherits?.link}.`;
  const taken: Values = {};
  for (const [key, value] of Object.entries(record)) {
    if (!model.fields.get(key)?.related?.startsWith(prefix)) continue;
    taken[key] = value;
    delete record[key];
  }
  return taken;
}

async function insert(env: Env, model: Model, records: readonly Values[]): Promise<number[]> {
  const fields = writtenFields(model, records);
  for (const record of records) requireValues(model, fields, record);
  const rows = records.map((record) => rowOf(env, model, fields, record));
  await requireLinked(env, model, fields, rows);
  const names = [...fields, ...logColumns].map((field) => `"${field.name}"`);
  const types = [...fields, ...logColumns].map((field) => `"${field.name}" ${columnType(field)}`);
  const sql = `INSERT INTO "${model.table}" (${names.join(', ')}) SELECT ${names.join(', ')}
    FROM jsonb_to_recordset($1::jsonb) AS given(${types.join(', ')}) RETURNING id`;
  try {
    const inserted = await env.tx.query<{ id: number }>(sql, [JSON.stringify(rows)]);
    return inserted.map((row) => row.id);
  } catch (error) {
    throw inOdooWords(error, env.models);
  }
}

const logColumns: readonly Field[] = [
  { name: 'create_uid', type: 'integer', label: '' },
  { name: 'create_date', type: 'datetime', label: '' },
  { name: 'write_uid', type: 'integer', label: '' },
  { name: 'write_date', type: 'datetime', label: '' },
];

function writtenFields(model: Model, records: readonly Values[]): Field[] {
  const log = new Set(logColumns.map((field) => field.name).concat('id'));
  const named = new Set(records.flatMap((record) => Object.keys(record)));
  return [...model.fields.values()].filter(
    (field) => isColumn(field) && !log.has(field.name) && (named.has(field.name) || isNumber(field)),
  );
}

const isNumber = ({ type }: Field): boolean => type === 'float' || type === 'integer' || type === 'boolean';

/** Odoo's complaint about the first required value that is missing. */
function requireValues(model: Model, fields: readonly Field[], record: Values): void {
  const missing = [...model.fields.values()].find(
    (field) => field.required && isColumn(field) && !isNumber(field) && isMissing(record[field.name]),
  );
  if (!missing || fields.length === 0) return;
  throw missingValue(model, missing);
}

const isMissing = (value: Value): boolean => value === undefined || value === null || value === false || value === '';

/** The ValidationError for a required value that is not there. */
export const missingValue = (model: Model, field: Field): OdooError =>
  validationError(
    `The operation cannot be completed: Missing required value for the field '${field.label}' (${field.name}).\n` +
      `Model: '${model.label}' (${model.name})\n- create/update: a mandatory field is not set\n` +
      '- delete: another model requires the record being deleted, you can archive it instead\n',
    field.name,
  );

function rowOf(env: Env, model: Model, fields: readonly Field[], record: Values): Record<string, unknown> {
  const row: Record<string, unknown> = {
    create_uid: env.uid,
    write_uid: env.uid,
    create_date: env.now,
    write_date: env.now,
  };
  for (const field of fields) row[field.name] = toColumn(env, model, field, record[field.name]);
  return row;
}

async function fillLists(env: Env, model: Model, ids: readonly number[], records: readonly Values[]): Promise<void> {
  for (const field of model.fields.values()) {
    if (!isList(field) || field.related) continue;
    const asked = new Map<number, Value>();
    records.forEach((record, at) => {
      const value = record[field.name];
      if (Array.isArray(value) && value.length > 0) asked.set(ids[at] ?? 0, value);
    });
    if (asked.size > 0) await applyCommands(env, model, field, asked, 'new');
  }
}
