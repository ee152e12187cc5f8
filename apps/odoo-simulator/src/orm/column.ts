import { valueError } from '../odoo-error.js';
import { fieldOf, type Model, type Models } from './model.js';
import type { Field } from './field.js';

/** SQL for the value of a field of the record behind `alias`; mirrored values become scalar subqueries. */
export function columnSql(models: Models, model: Model, field: Field, alias: string): string {
  if (field.sql) return `(${field.sql(alias)})`;
  if (!field.related) return `${alias}."${field.name}"`;
  const [first = '', ...rest] = field.related.split('.');
  const link = fieldOf(model, first);
  if (!link.relation) throw valueError(`Field '${first}' of ${model.name} leads nowhere`);
  const target = models.get(link.relation);
  const inner = `${alias}x`;
  const remaining: Field =
    rest.length > 1 ? { ...field, related: rest.join('.') } : fieldOf(target, rest[0] ?? 'display_name');
  const value = columnSql(models, target, remaining, inner);
  const linkSql = columnSql(models, model, link, alias);
  return `(SELECT ${value} FROM "${target.table}" ${inner} WHERE ${inner}.id = ${linkSql})`;
}

/** SQL for the name shown beside a many2one. */
export function displayNameSql(models: Models, field: Field, idSql: string, alias: string): string {
  const target = models.get(field.relation ?? '');
  const inner = `${alias}n`;
  return `(SELECT ${target.displayName(inner)} FROM "${target.table}" ${inner} WHERE ${inner}.id = ${idSql})`;
}

/** The PostgreSQL type of a column. */
export function columnType(field: Field): string {
  switch (field.type) {
    case 'integer':
    case 'many2one':
      return 'integer';
    case 'float':
      return 'numeric';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'datetime':
      return 'timestamp';
    default:
      return 'text';
  }
}

/** The table that joins a many2many. */
export const relationTable = (model: Model, field: Field): string => `${model.table}_${field.name}_rel`;
