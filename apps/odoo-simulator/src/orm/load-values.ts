import { OdooError } from '../odoo-error.js';
import { type Field, type Value, type Values, textOf } from './field.js';
import { isTrouble, type References, type Trouble } from './load-references.js';
import type { Cell, SheetRecord } from './load-rows.js';
import type { Model, Models } from './model.js';

/** A record ready to be written: `id` is its external id, if the sheet gave one. */
export interface LoadedRecord {
  readonly values: Values;
  readonly externalId: string | undefined;
  readonly databaseId: number | undefined;
}

/** What conversion needs to know. */
export interface Conversion {
  readonly models: Models;
  readonly references: References;
  /** Time zone in which the sheet's date-times are meant. */
  readonly timeZone: string;
}

/** Turns the texts of a sheet into values of the model; troubles are collected, the rest goes on. */
export function convert(conversion: Conversion, model: Model, record: SheetRecord, troubles: Trouble[]): LoadedRecord {
  const values: Values = {};
  const externalId = idText(record.cells.get('id'));
  const databaseId = Number(idText(record.cells.get('.id'))) || undefined;
  for (const [name, cell] of record.cells) {
    const field = model.fields.get(name);
    if (!field || name === 'id' || name === '.id') continue;
    const value = convertCell(conversion, field, cell, troubles);
    if (value !== undefined) values[name] = value;
  }
  return { values, externalId, databaseId };
}

function idText(cell: Cell | undefined): string | undefined {
  if (cell?.kind !== 'value' || cell.value === '' || cell.value === false || cell.value === null) return undefined;
  return textOf(cell.value);
}

function convertCell(conversion: Conversion, field: Field, cell: Cell, troubles: Trouble[]): Value | undefined {
  if (cell.kind === 'records') {
    const inside: Trouble[] = [];
    const commands = cell.records.map((child) => command(conversion, field, child, inside));
    troubles.push(...inside.map((trouble) => ({ ...trouble, field: field.name })));
    return commands;
  }
  const blank = cell.value === '' || cell.value === false || cell.value === null;
  if (field.type === 'boolean') return booleanOf(field, cell.value, troubles);
  if (blank) return false;
  if (field.relation) return linkOf(conversion, field, cell, troubles);
  const value = scalar(conversion, field, cell.value);
  if (!isTrouble(value)) return value;
  troubles.push({ ...value, field: field.name, fieldName: field.label });
  return undefined;
}

/** A nested record: an update where its external or database id is known, a new one otherwise. */
function command(conversion: Conversion, field: Field, child: SheetRecord, troubles: Trouble[]): Value {
  const target = conversion.models.get(field.relation ?? '');
  const { values, externalId, databaseId } = convert(conversion, target, child, troubles);
  const known = databaseId ?? conversion.references.externalId(target.name, externalId);
  if (known !== undefined) return [1, known, values];
  return [0, 0, externalId === undefined ? values : { ...values, id: externalId }];
}

function linkOf(conversion: Conversion, field: Field, cell: Cell, troubles: Trouble[]): Value | undefined {
  if (cell.kind === 'records') return undefined;
  const by = cell.kind === 'reference' ? cell.by : 'name';
  const parts = field.type === 'many2many' ? textOf(cell.value).split(',') : [textOf(cell.value)];
  const found = parts.map((part) => conversion.references.resolve(field, by, part.trim()));
  const wrong = found.filter(isTrouble);
  if (wrong.length > 0) {
    troubles.push(...wrong);
    return undefined;
  }
  return field.type === 'many2many' ? [[6, 0, found as number[]]] : (found[0] as number);
}

/** Odoo reads booleans as text and stumbles over anything else. */
function booleanOf(field: Field, value: Value, troubles: Trouble[]): boolean {
  if (typeof value !== 'string') {
    const type = typeof value === 'boolean' ? 'bool' : Number.isInteger(value) ? 'int' : 'float';
    throw new OdooError(500, 'builtins.AttributeError', `'${type}' object has no attribute 'lower'`);
  }
  const word = value.toLowerCase();
  if (!['1', 'true', 'yes', '', '0', 'false', 'no'].includes(word)) {
    troubles.push({
      message: `Unknown value '${value}' for boolean field '${field.label}'`,
      field: field.name,
      fieldName: field.label,
      moreInfo: "Use '1' for yes and '0' for no",
    });
  }
  return !['', '0', 'false', 'no'].includes(word);
}

function scalar(conversion: Conversion, field: Field, value: Value): Value | Trouble {
  switch (field.type) {
    case 'float':
    case 'integer': {
      const number = Number(textOf(value).trim());
      const fits = Number.isFinite(number) && (field.type === 'float' || Number.isInteger(number));
      const kind = field.type === 'float' ? 'a number' : 'an integer';
      return fits ? number : { message: `'${textOf(value)}' does not seem to be ${kind} for field '${field.label}'` };
    }
    case 'selection':
      return chosen(field, textOf(value));
    case 'datetime':
      return inUtc(conversion.timeZone, field, textOf(value));
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(textOf(value)) ? value : notADate(field, value, 'date');
    default:
      return textOf(value);
  }
}

function chosen(field: Field, value: string): Value | Trouble {
  const choice = field.selection?.find(([key, label]) => key === value || label.toLowerCase() === value.toLowerCase());
  return choice?.[0] ?? { message: `Value '${value}' not found in selection field '${field.label}'` };
}

const notADate = (field: Field, value: Value, kind: string): Trouble => ({
  message: `'${textOf(value)}' does not seem to be a valid ${kind} for field '${field.label}'`,
});

function inUtc(timeZone: string, field: Field, value: string): Value | Trouble {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(value)) return notADate(field, value, 'datetime');
  const asUtc = new Date(`${value.replace(' ', 'T')}Z`);
  const shown = new Date(`${asUtc.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`);
  const instant = new Date(asUtc.getTime() - (shown.getTime() - asUtc.getTime()));
  return instant.toISOString().slice(0, 19).replace('T', ' ');
}
