import { Decimal } from 'decimal.js';
import { valueError } from '../odoo-error.js';
import type { Env } from './environment.js';
import { type Field, type Value, textOf } from './field.js';
import { python } from './domain.js';
import type { Model } from './model.js';

/**
 * A value as the database takes it: empty as null, times as UTC text, numbers rounded to the field's precision.
 * @throws ValueError of Odoo (500) for a selection or a time it does not know
 */
export function toColumn(env: Env, model: Model, field: Field, value: Value): unknown {
  const empty = value === null || value === undefined || value === false;
  switch (field.type) {
    case 'boolean':
      return Boolean(value);
    case 'integer':
      return empty ? 0 : value;
    case 'float':
      return rounded(env, field, empty ? 0 : value);
    case 'many2one':
      return empty || value === 0 ? null : Array.isArray(value) ? value[0] : value;
    case 'selection':
      return empty || value === '' ? null : known(model, field, value);
    case 'date':
    case 'datetime':
      return empty || value === '' ? null : moment(field, value);
    default:
      return empty ? null : textOf(value);
  }
}

function rounded(env: Env, field: Field, value: Value): unknown {
  if (typeof value !== 'number' && typeof value !== 'string')
    throw valueError(`could not convert to float: ${python(value)}`);
  const digits = field.digits === undefined ? undefined : env.precision.get(field.digits);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(textOf(value).trim())) {
    throw valueError(`could not convert string to float: ${python(value)}`);
  }
  const number = new Decimal(textOf(value).trim());
  return (digits === undefined ? number : number.toDecimalPlaces(digits, Decimal.ROUND_HALF_UP)).toFixed();
}

function known(model: Model, field: Field, value: Value): Value {
  if (field.selection?.some(([key]) => key === value)) return value;
  throw valueError(`Wrong value for ${model.name}.${field.name}: ${python(value)}`);
}

function moment(field: Field, value: Value): string {
  const text = textOf(value);
  if (field.type === 'date') {
    if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text.slice(0, 10);
    throw valueError(`time data '${text}' does not match format '%Y-%m-%d'`);
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${text} 00:00:00`;
  if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text)) return text;
  throw valueError(`time data '${text}' does not match format '%Y-%m-%d %H:%M:%S'`);
}

/** A column's value as the API shows it: empty as false, numbers as 0, times in whole seconds. */
export function fromColumn(field: Field, value: unknown): Value {
  if (value === null || value === undefined) return field.type === 'integer' || field.type === 'float' ? 0 : false;
  if (field.type === 'float' || field.type === 'integer') return Number(value);
  if (field.type === 'datetime') return textOf(value).slice(0, 19);
  if (field.type === 'date') return textOf(value).slice(0, 10);
  return value as Value;
}
