import { valueError } from '../odoo-error.js';
import { columnSql, relationTable } from './column.js';
import { comparison, nameMatch, isTextOperator } from './comparison-sql.js';
import { describe, mentions, parseDomain, type Condition, type Domain } from './domain.js';
import { isList, type Field, type Value } from './field.js';
import type { Model } from './model.js';
import { bind, type Scope } from './scope.js';

/** The WHERE text of a domain over the records behind `alias`, archived ones left out unless asked for. */
export function whereSql(scope: Scope, model: Model, domain: Domain, alias: string): string {
  const text = domainSql(scope, model, domain, alias);
  const hidesArchived = scope.activeTest && model.fields.has('active') && !mentions(domain, 'active');
  if (!hidesArchived) return text;
  return `(${columnSql(scope.models, model, fieldIn(model, 'active'), alias)} IS TRUE AND ${text})`;
}

function domainSql(scope: Scope, model: Model, domain: Domain, alias: string): string {
  switch (domain.kind) {
    case 'constant':
      return domain.value ? 'TRUE' : 'FALSE';
    case 'not':
      return `(NOT COALESCE(${domainSql(scope, model, domain.part, alias)}, FALSE))`;
    case 'condition':
      return conditionSql(scope, model, domain, alias);
    default: {
      if (domain.parts.length === 0) return 'TRUE';
      const parts = domain.parts.map((part) => domainSql(scope, model, part, alias));
      return `(${parts.join(domain.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
  }
}

function conditionSql(scope: Scope, model: Model, condition: Condition, alias: string): string {
  const [first = '', ...rest] = condition.path.split('.');
  const field = model.fields.get(first);
  if (!field) throw valueError(`Invalid field ${model.name}.${first} in condition ${describe(condition)}`);
  if (isList(field) && field.related) {
    const path = [field.related, ...rest].join('.');
    return conditionSql(scope, model, { ...condition, path }, alias);
  }
  if (rest.length > 0) {
    if (!field.relation)
      throw valueError(`Invalid field ${model.name}.${condition.path} in condition ${describe(condition)}`);
    const inner: Condition = { ...condition, path: rest.join('.') };
    return anySql(scope, model, field, inner, alias);
  }
  if (condition.operator === 'any' || condition.operator === 'not any') {
    const found = anySql(scope, model, field, parseDomain(condition.value), alias);
    return condition.operator === 'any' ? found : `(NOT COALESCE(${found}, FALSE))`;
  }
  if (condition.operator === 'child_of' || condition.operator === 'parent_of') {
    return treeSql(scope, model, field, condition, alias);
  }
  if (isList(field)) return listSql(scope, model, field, condition, alias);
  return valueSql(scope, model, field, condition, alias);
}

function valueSql(scope: Scope, model: Model, field: Field, condition: Condition, alias: string): string {
  const column = columnSql(scope.models, model, field, alias);
  if (field.type === 'many2one' && isNameSearch(condition)) {
    return nameSql(scope, field, condition, column);
  }
  return comparison(scope, field, condition.operator, condition.value, column);
}

const isNameSearch = ({ operator, value }: Condition): boolean =>
  isTextOperator(operator) ||
  typeof value === 'string' ||
  (Array.isArray(value) && value.some((v) => typeof v === 'string'));

function nameSql(scope: Scope, field: Field, condition: Condition, column: string): string {
  const target = scope.models.get(field.relation ?? '');
  const negative = condition.operator === '!=' || condition.operator.startsWith('not ');
  const positive = condition.operator === '!=' ? '=' : condition.operator.replace(/^not /, '');
  const match = nameMatch(scope, target, positive, condition.value, 'm');
  const found = `${column} IN (SELECT m.id FROM "${target.table}" m WHERE ${match})`;
  return negative ? `(${column} IS NULL OR NOT ${found})` : found;
}

/** Some linked record satisfies the domain. */
function anySql(scope: Scope, model: Model, field: Field, domain: Domain, alias: string): string {
  if (!field.relation) throw valueError(`Invalid field ${model.name}.${field.name}: it links to nothing`);
  const target = scope.models.get(field.relation);
  const inner = `${alias}_`;
  if (field.type === 'many2one') {
    const where = domainSql(scope, target, domain, inner);
    const column = columnSql(scope.models, model, field, alias);
    return `${column} IN (SELECT ${inner}.id FROM "${target.table}" ${inner} WHERE ${where})`;
  }
  return linkedSql(scope, model, field, whereSql(scope, target, domain, inner), alias);
}

/** Some record of the list, called `alias_`, satisfies the text. */
function linkedSql(scope: Scope, model: Model, field: Field, where: string, alias: string): string {
  const target = scope.models.get(field.relation ?? '');
  const inner = `${alias}_`;
  if (field.type === 'one2many') {
    const back = columnSql(scope.models, target, fieldIn(target, field.inverse ?? ''), inner);
    return `EXISTS (SELECT 1 FROM "${target.table}" ${inner} WHERE ${back} = ${alias}.id AND ${where})`;
  }
  return (
    `EXISTS (SELECT 1 FROM "${relationTable(model, field)}" l JOIN "${target.table}" ${inner} ON ${inner}.id = l.target_id ` +
    `WHERE l.source_id = ${alias}.id AND ${where})`
  );
}

function listSql(scope: Scope, model: Model, field: Field, condition: Condition, alias: string): string {
  const target = scope.models.get(field.relation ?? '');
  const negative = condition.operator === '!=' || condition.operator.startsWith('not ');
  const positive = condition.operator === '!=' ? '=' : condition.operator.replace(/^not /, '');
  const empty = condition.value === false || condition.value === null;
  const inner = `${alias}_`;
  const idField = fieldIn(target, 'id');
  const where = empty
    ? 'TRUE'
    : isNameSearch(condition)
      ? nameMatch(scope, target, positive, condition.value, inner)
      : comparison(scope, idField, positive, condition.value, `${inner}.id`);
  const found = linkedSql(scope, model, field, where, alias);
  return negative !== empty ? `(NOT ${found})` : found;
}

function treeSql(scope: Scope, model: Model, field: Field, condition: Condition, alias: string): string {
  const target = field.name === 'id' ? model : scope.models.get(field.relation ?? '');
  const values: Value[] = Array.isArray(condition.value) ? condition.value : [condition.value ?? false];
  const column = columnSql(scope.models, model, field, alias);
  const start = values.some((value) => typeof value === 'string')
    ? nameMatch(scope, target, 'ilike', condition.value, 's')
    : `s.id = ANY(${bind(
        scope,
        values.filter((value) => typeof value === 'number'),
      )}::int[])`;
  if (!target.parent) return `${column} IN (SELECT s.id FROM "${target.table}" s WHERE ${start})`;
  const below = condition.operator === 'child_of';
  const path = below ? `t.parent_path LIKE s.parent_path || '%'` : `s.parent_path LIKE t.parent_path || '%'`;
  return `${column} IN (SELECT t.id FROM "${target.table}" t JOIN "${target.table}" s ON ${path} WHERE ${start})`;
}

function fieldIn(model: Model, name: string): Field {
  const field = model.fields.get(name);
  if (!field) throw valueError(`Invalid field '${name}' on '${model.name}'`);
  return field;
}
