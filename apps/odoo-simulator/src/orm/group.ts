import { notSimulated, valueError } from '../odoo-error.js';
import { columnSql, displayNameSql } from './column.js';
import type { Env } from './environment.js';
import { type Field, type Value, textOf } from './field.js';
import { fieldOf, type Model } from './model.js';
import { bind } from './scope.js';
import { newScope, visibleSql, type Page } from './search.js';
import { fromColumn } from './values.js';

const functions: Record<string, (column: string) => string> = {
  sum: (column) => `sum(${column})`,
  avg: (column) => `avg(${column})`,
  min: (column) => `min(${column})`,
  max: (column) => `max(${column})`,
  count: (column) => `count(${column})`,
  count_distinct: (column) => `count(DISTINCT ${column})`,
  array_agg: (column) => `array_agg(${column} ORDER BY ${column})`,
};

/** `formatted_read_group`: sums per group, counted by the database. */
export async function readGroup(
  env: Env,
  model: Model,
  domain: Value,
  groupBy: readonly string[],
  aggregates: readonly string[],
  page: Page,
): Promise<Record<string, Value>[]> {
  const scope = newScope(env);
  const where = visibleSql(env, scope, model, domain);
  const groups = groupBy.map((name) => groupField(model, name));
  const groupSql = groups.map((field) => columnSql(env.models, model, field, 'r'));
  const chosen = [
    ...groupSql.map((column, at) => `${column} AS g${at}`),
    ...groups.map((field, at) => `${nameOf(env, field, groupSql[at] ?? '')} AS n${at}`),
    ...aggregates.map((aggregate, at) => `${aggregateSql(env, model, aggregate)} AS a${at}`),
  ];
  const grouping = groups.length > 0 ? ` GROUP BY ${groupSql.join(', ')} ORDER BY ${orderOf(groups)}` : '';
  const limit = typeof page.limit === 'number' ? ` LIMIT ${bind(scope, page.limit)}` : '';
  const offset = typeof page.offset === 'number' ? ` OFFSET ${bind(scope, page.offset)}` : '';
  const sql = `SELECT ${chosen.join(', ')} FROM "${model.table}" r WHERE ${where}${grouping}${limit}${offset}`;
  const rows = await env.tx.query<Record<string, unknown>>(sql, scope.parameters);
  return rows.map((row) => groupOf(row, groups, aggregates));
}

function groupField(model: Model, name: string): Field {
  if (name.includes(':') || name.includes('.')) throw notSimulated(`grouping by ${name}`);
  return fieldOf(model, name);
}

const nameOf = (env: Env, field: Field, column: string): string =>
  field.type === 'many2one' ? displayNameSql(env.models, field, column, 'r') : 'NULL';

const orderOf = (groups: readonly Field[]): string =>
  groups.map((field, at) => (field.type === 'many2one' ? `n${at}, g${at}` : `g${at}`)).join(', ');

function aggregateSql(env: Env, model: Model, aggregate: string): string {
  if (aggregate === '__count') return 'count(*)';
  const [name = '', operation = ''] = aggregate.split(':');
  const build = functions[operation];
  if (!build) throw valueError(`Invalid aggregate method '${operation}' for '${aggregate}'.`);
  return build(columnSql(env.models, model, fieldOf(model, name), 'r'));
}

function groupOf(
  row: Record<string, unknown>,
  groups: readonly Field[],
  aggregates: readonly string[],
): Record<string, Value> {
  const group: Record<string, Value> = {};
  const extra: Value[] = [];
  groups.forEach((field, at) => {
    const value = row[`g${at}`];
    const isLink = field.type === 'many2one' && value !== null;
    const shown = value === null ? false : fromColumn(field, value);
    group[field.name] = isLink ? [Number(value), textOf(row[`n${at}`])] : shown;
    extra.push([field.name, '=', isLink ? Number(value) : shown]);
  });
  group['__extra_domain'] = extra.length === 0 ? [] : [...Array<Value>(extra.length - 1).fill('&'), ...extra];
  aggregates.forEach((aggregate, at) => {
    const value = row[`a${at}`];
    group[aggregate] = Array.isArray(value) ? (value as Value[]) : value === null ? false : Number(value);
  });
  return group;
}
