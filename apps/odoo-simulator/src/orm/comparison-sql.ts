import { valueError } from '../odoo-error.js';
import { columnSql, columnType } from './column.js';
import { type Field, type Value, textOf } from './field.js';
import type { Model } from './model.js';
import { bind, type Scope } from './scope.js';

/** True for the operators that match a piece of text. */
export const isTextOperator = (operator: string): boolean => operator.endsWith('like');

const falsy: Partial<Record<Field['type'], string>> = {
  integer: '0',
  float: '0',
  boolean: 'FALSE',
  char: "''",
  text: "''",
};

/**
 * `column operator value` with Odoo's idea of empty: false matches NULL, 0 and '' where the type has them. It may be NULL where
 * the column is; whoever negates it takes that for false.
 */
export function comparison(scope: Scope, field: Field, operator: string, value: Value, column: string): string {
  if (operator === '=?') return isEmpty(value) ? 'TRUE' : comparison(scope, field, '=', value, column);
  if (isTextOperator(operator)) return textSql(scope, operator, value, column);
  if (operator === '=' || operator === 'in') return memberSql(scope, field, listOf(operator, value), column);
  if (operator === '!=' || operator === 'not in') {
    return `(NOT COALESCE(${memberSql(scope, field, listOf(operator, value), column)}, FALSE))`;
  }
  return orderSql(scope, field, operator, value, column);
}

const isEmpty = (value: Value): boolean => value === false || value === null || value === undefined;

const listOf = (operator: string, value: Value): Value[] => {
  if (Array.isArray(value)) return value;
  if (operator.endsWith('in') && !isEmpty(value) && typeof value === 'object')
    throw valueError('Invalid list of values');
  return [value];
};

function memberSql(scope: Scope, field: Field, values: readonly Value[], column: string): string {
  if (field.type === 'boolean') return booleanSql(values, column);
  const empty = falsy[field.type];
  const present = values.filter((value) => !isEmpty(value) && !(empty && isFalsy(value)));
  const parts: string[] = [];
  if (present.length < values.length)
    parts.push(empty ? `COALESCE(${column}, ${empty}) = ${empty}` : `${column} IS NULL`);
  if (field.type === 'datetime') parts.push(...present.map((value) => sameSecond(scope, value, column)));
  else if (present.length > 0) {
    parts.push(`${column} = ANY(${bind(scope, present.map(textOf))}::${columnType(field)}[])`); // bare: an index may serve it
  }
  return parts.length === 0 ? 'FALSE' : `(${parts.join(' OR ')})`;
}

const isFalsy = (value: Value): boolean => value === 0 || value === '';

function booleanSql(values: readonly Value[], column: string): string {
  const wantsTrue = values.some(Boolean);
  const wantsFalse = values.some((value) => !value);
  if (wantsTrue && wantsFalse) return 'TRUE';
  return wantsTrue ? `(${column} IS TRUE)` : wantsFalse ? `(${column} IS NOT TRUE)` : 'FALSE';
}

function orderSql(scope: Scope, field: Field, operator: string, value: Value, column: string): string {
  if (field.type === 'datetime') return timeSql(scope, operator, value, column);
  if (isEmpty(value)) return 'FALSE';
  const empty = field.type === 'integer' || field.type === 'float' ? '0' : undefined;
  const left = empty && field.name !== 'id' ? `COALESCE(${column}, ${empty})` : column;
  return `(${left} ${operator} ${bind(scope, textOf(value))}::${columnType(field)})`; // bare: an index may serve it
}

/** Stored times have microseconds, compared ones have seconds: "after 10:00:00" begins at 10:00:01. */
function timeSql(scope: Scope, operator: string, value: Value, column: string): string {
  if (isEmpty(value)) return 'FALSE';
  const moment = timestamp(value);
  const step = /^\d{4}-\d{2}-\d{2}$/.test(moment) ? '1 day' : '1 second';
  const bound = `date_trunc('second', ${bind(scope, moment)}::timestamp)`;
  const sql =
    operator === '>'
      ? `${column} >= ${bound} + interval '${step}'`
      : operator === '<='
        ? `${column} < ${bound} + interval '${step}'`
        : `${column} ${operator} ${bound}`;
  return `(${sql})`;
}

function sameSecond(scope: Scope, value: Value, column: string): string {
  const bound = `date_trunc('second', ${bind(scope, timestamp(value))}::timestamp)`;
  return `(${column} >= ${bound} AND ${column} < ${bound} + interval '1 second')`;
}

function timestamp(value: Value): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(value)) return value;
  throw valueError(`Invalid isoformat string: '${textOf(value)}'`);
}

function textSql(scope: Scope, operator: string, value: Value, column: string): string {
  const negative = operator.startsWith('not ');
  const positive = operator.replace(/^not /, '');
  const text = isEmpty(value) ? '' : textOf(value);
  const pattern = positive.startsWith('=') ? text : `%${text.replace(/([\\%_])/g, '\\$1')}%`;
  if (pattern === '%%') return negative ? 'FALSE' : 'TRUE';
  const keyword = positive.endsWith('ilike') ? 'ILIKE' : 'LIKE';
  const found = `COALESCE(${column}::text ${keyword} ${bind(scope, pattern)}, FALSE)`;
  return negative ? `(NOT ${found})` : found;
}

/** A record whose name matches, in any of the fields that its model searches by. */
export function nameMatch(scope: Scope, model: Model, operator: string, value: Value, alias: string): string {
  const names = model.searchNames ?? ['display_name'];
  const byName = names.map((name) => {
    const field = model.fields.get(name);
    if (!field) throw valueError(`Invalid field '${name}' on '${model.name}'`);
    return comparison(
      scope,
      { ...field, type: 'char' },
      operator,
      textsOf(value),
      columnSql(scope.models, model, field, alias),
    );
  });
  const numbers = Array.isArray(value) ? value.filter((one) => typeof one === 'number') : [];
  if (numbers.length > 0) byName.push(`${alias}.id = ANY(${bind(scope, numbers)}::int[])`);
  return `(${byName.join(' OR ')})`;
}

const textsOf = (value: Value): Value =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : value;
