import { valueError } from '../odoo-error.js';
import { columnSql } from './column.js';
import { parseDomain } from './domain.js';
import { whereSql } from './domain-sql.js';
import type { Env } from './environment.js';
import type { Value } from './field.js';
import type { Model } from './model.js';
import { bind, type Scope } from './scope.js';

/** How many, from where, in which order (`write_date, id desc`). */
export interface Page {
  readonly limit?: Value;
  readonly offset?: Value;
  readonly order?: Value;
}

/** Ids of the records that a domain finds, in the order asked for or the model's own. */
export async function search(env: Env, model: Model, domain: Value, page: Page = {}): Promise<number[]> {
  const scope = newScope(env);
  const where = visibleSql(env, scope, model, domain);
  const sql = `SELECT r.id FROM "${model.table}" r WHERE ${where} ORDER BY ${orderSql(env, model, page.order)}${pageSql(scope, page)}`;
  const rows = await env.tx.query<{ id: number }>(sql, scope.parameters);
  return rows.map((row) => row.id);
}

/** How many records a domain finds. */
export async function searchCount(env: Env, model: Model, domain: Value, limit: Value): Promise<number> {
  const scope = newScope(env);
  const inner = `SELECT 1 FROM "${model.table}" r WHERE ${visibleSql(env, scope, model, domain)}${pageSql(scope, { limit })}`;
  const rows = await env.tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (${inner}) found`,
    scope.parameters,
  );
  return rows[0]?.count ?? 0;
}

/** A scope for the archived-records setting of the call. */
export const newScope = (env: Env): Scope => ({
  models: env.models,
  parameters: [],
  activeTest: env.context['active_test'] !== false,
});

/** WHERE text of a domain, limited to the companies of the context; records are called `r`. */
export function visibleSql(env: Env, scope: Scope, model: Model, domain: Value): string {
  const where = whereSql(scope, model, parseDomain(domain), 'r');
  const company = model.name === 'res.company' ? model.fields.get('id') : model.fields.get('company_id');
  if (!company || !env.allowedCompanies) return where;
  const column = columnSql(env.models, model, company, 'r');
  return `(${column} IS NULL OR ${column} = ANY(${bind(scope, env.allowedCompanies)}::int[])) AND ${where}`;
}

/** `ORDER BY` text; a link is ordered by the name it shows. */
export function orderSql(env: Env, model: Model, order: Value): string {
  const text = typeof order === 'string' && order.trim() !== '' ? order : model.order;
  const terms = text.split(',').map((term) => term.trim());
  return terms.map((term) => orderTerm(env, model, term)).join(', ');
}

function orderTerm(env: Env, model: Model, term: string): string {
  const match = /^(\w+)(\.id)?(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/i.exec(term);
  if (!match)
    throw valueError(`Invalid "order" specified (${term}). A valid "order" specification is a comma-separated list`);
  const [, name = '', plainId, direction = 'asc', nulls] = match;
  const field = model.fields.get(name);
  if (!field) throw valueError(`Invalid field '${name}' on model '${model.name}'`);
  const column = columnSql(env.models, model, field, 'r');
  const sorted = field.type === 'many2one' && !plainId ? linkedOrder(env, field.relation ?? '', column) : column;
  return `${sorted} ${direction}${nulls ? ` nulls ${nulls}` : ''}`;
}

function linkedOrder(env: Env, relation: string, idSql: string): string {
  const target = env.models.get(relation);
  const first = /^\w+/.exec(target.order)?.[0] ?? 'id';
  const field = target.fields.get(first);
  if (first === 'id' || !field) return idSql;
  return `(SELECT ${columnSql(env.models, target, field, 'o')} FROM "${target.table}" o WHERE o.id = ${idSql})`;
}

function pageSql(scope: Scope, { limit, offset }: Page): string {
  const limited = typeof limit === 'number' ? ` LIMIT ${bind(scope, limit)}` : '';
  return limited + (typeof offset === 'number' && offset > 0 ? ` OFFSET ${bind(scope, offset)}` : '');
}
