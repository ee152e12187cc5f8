import { columnSql, displayNameSql, relationTable } from './column.js';
import type { Env } from './environment.js';
import { isList, type Field, type Value, type Values, textOf } from './field.js';
import { fieldOf, type Model } from './model.js';
import { orderSql } from './search.js';
import { fromColumn } from './values.js';

/** A record as the API shows it. */
export type ReadRecord = { id: number } & Values;

/** Values of the records that exist, in the order of `ids`; many2one as `[id, name]`, lists as ids. */
export async function read(
  env: Env,
  model: Model,
  ids: readonly number[],
  names?: readonly string[],
): Promise<ReadRecord[]> {
  const fields = chosenFields(model, names);
  const columns = fields.filter((field) => !isList(field));
  const sql = `SELECT r.id, ${columns.flatMap((field, at) => selected(env, model, field, at)).join(', ') || 'r.id'}
    FROM unnest($1::int[]) WITH ORDINALITY AS wanted(id, place) JOIN "${model.table}" r ON r.id = wanted.id ORDER BY place`;
  const rows = ids.length === 0 ? [] : await env.tx.query<Record<string, unknown>>(sql, [ids]);
  const records = rows.map((row) => recordOf(row, columns));
  for (const field of fields.filter(isList)) await addList(env, model, field, records);
  return records;
}

function chosenFields(model: Model, names?: readonly string[]): Field[] {
  if (!names || names.length === 0) return [...model.fields.values()];
  return [...new Set(['id', ...names])].map((name) => fieldOf(model, name));
}

function selected(env: Env, model: Model, field: Field, at: number): string[] {
  const column = columnSql(env.models, model, field, 'r');
  if (field.type !== 'many2one') return [`${column} AS c${at}`];
  return [`${column} AS c${at}`, `${displayNameSql(env.models, field, column, 'r')} AS n${at}`];
}

function recordOf(row: Record<string, unknown>, columns: readonly Field[]): ReadRecord {
  const record: ReadRecord = { id: Number(row['id']) };
  columns.forEach((field, at) => {
    const value = row[`c${at}`];
    const isLink = field.type === 'many2one' && value !== null;
    record[field.name] = isLink ? [Number(value), textOf(row[`n${at}`])] : fromColumn(field, value);
  });
  return record;
}

async function addList(env: Env, model: Model, field: Field, records: readonly ReadRecord[]): Promise<void> {
  const owners = await listedBy(
    env,
    model,
    field,
    records.map((record) => record.id),
  );
  for (const record of records) record[field.name] = owners.get(record.id) ?? [];
}

/** Ids in a one2many or many2many, by the record that holds them, archived ones left out as the context says. */
export async function listedBy(
  env: Env,
  model: Model,
  field: Field,
  ids: readonly number[],
): Promise<Map<number, number[]>> {
  if (field.related) return mirroredLists(env, model, field, ids);
  const target = env.models.get(field.relation ?? '');
  const active = env.context['active_test'] !== false ? target.fields.get('active') : undefined;
  const shown = active ? ` AND ${columnSql(env.models, target, active, 'r')} IS TRUE` : '';
  const [from, owner] =
    field.type === 'one2many'
      ? [`"${target.table}" r`, columnSql(env.models, target, fieldOf(target, field.inverse ?? ''), 'r')]
      : [`"${relationTable(model, field)}" l JOIN "${target.table}" r ON r.id = l.target_id`, 'l.source_id'];
  const sql = `SELECT ${owner} AS owner, r.id FROM ${from} WHERE ${owner} = ANY($1::int[])${shown} ORDER BY ${orderSql(env, target, null)}`;
  return grouped(await env.tx.query<{ owner: number; id: number }>(sql, [ids]));
}

async function mirroredLists(
  env: Env,
  model: Model,
  field: Field,
  ids: readonly number[],
): Promise<Map<number, number[]>> {
  const [link = '', name = ''] = (field.related ?? '').split('.');
  const target = env.models.get(fieldOf(model, link).relation ?? '');
  const holders = await read(env, model, ids, [link]);
  const holderOf = new Map(holders.map((record) => [record.id, linkedId(record[link])]));
  const lists = await listedBy(
    env,
    target,
    fieldOf(target, name),
    [...new Set(holderOf.values())].filter((id) => id > 0),
  );
  return new Map([...holderOf].map(([id, holder]) => [id, lists.get(holder) ?? []]));
}

/** The id of a many2one as `read` answers it; 0 for none. */
export const linkedId = (value: Value): number => (Array.isArray(value) ? Number(value[0]) : Number(value || 0));

function grouped(rows: readonly { owner: number; id: number }[]): Map<number, number[]> {
  const lists = new Map<number, number[]>();
  for (const { owner, id } of rows) lists.set(owner, [...(lists.get(owner) ?? []), id]);
  return lists;
}
