import { OdooError, validationError } from '../odoo-error.js';
import type { Field } from './field.js';
import type { Model, Models } from './model.js';

/** The parts of a PostgreSQL error that Odoo turns into words. */
interface DatabaseError extends Error {
  code?: string;
  table?: string;
  column?: string;
  constraint?: string;
  detail?: string;
}

/** True for the two errors that Odoo repeats a call for. */
export const isConflict = (error: unknown): boolean =>
  ['40001', '40P01'].includes((error as DatabaseError | undefined)?.code ?? '');

/** Says a database error as Odoo says it; errors that are none are handed back. */
export function inOdooWords(error: unknown, models: Models): unknown {
  const failed = error as DatabaseError;
  if (error instanceof OdooError || !failed?.code) return error;
  const model = models.all().find((one) => one.table === failed.table);
  switch (failed.code) {
    case '23502':
      return missingValue(failed, model);
    case '23505':
      return validationError(`The operation cannot be completed: ${uniqueMessage(failed, model)}`);
    case '23001': // what PostgreSQL 18 says where 17 says 23503
    case '23503':
      return validationError(
        inUse(model ?? unnamed(failed.table), fieldOfKey(failed, model) ?? unnamed(failed.constraint)),
      );
    case '22P02':
      return new OdooError(500, 'psycopg2.errors.InvalidTextRepresentation', failed.message);
    case '40001':
    case '40P01':
      return new OdooError(500, 'psycopg2.errors.SerializationFailure', failed.message);
    default:
      return new OdooError(500, 'psycopg2.DatabaseError', failed.message);
  }
}

function missingValue(failed: DatabaseError, model: Model | undefined): OdooError {
  const field = model?.fields.get(failed.column ?? '');
  return validationError(
    `The operation cannot be completed: Missing required value for the field '${field?.label ?? failed.column}' (${failed.column}).\n` +
      `Model: '${model?.label ?? failed.table}' (${model?.name ?? failed.table})\n- create/update: a mandatory field is not set\n` +
      '- delete: another model requires the record being deleted, you can archive it instead\n',
    failed.column,
  );
}

function uniqueMessage(failed: DatabaseError, model: Model | undefined): string {
  const rule = model?.unique?.find(({ columns }) => failed.constraint === uniqueName(model, columns));
  return rule?.message ?? failed.detail ?? failed.message;
}

const unnamed = (name = ''): { label: string; name: string } => ({ label: name, name });

const fieldOfKey = (failed: DatabaseError, model: Model | undefined): Field | undefined =>
  [...(model?.fields.values() ?? [])].find((one) => failed.constraint === foreignKeyName(model, one.name));

/** What Odoo says of a link that leads nowhere, and of a record that a link still leads to. */
export const linkBroken = (model: Model, field: Field): OdooError => validationError(inUse(model, field));

function inUse(
  model: { readonly label: string; readonly name: string },
  field: { readonly label: string; readonly name: string },
): string {
  return (
    'The operation cannot be completed: Another model is using the record you are trying to delete.\n\n' +
    `The troublemaker is: '${model.label}' (${model.name})\n` +
    `Thanks to the following constraint: '${field.label}' (${field.name})\n` +
    'How about archiving the record instead?'
  );
}

/** The name of a foreign key. */
export const foreignKeyName = (model: Model | undefined, field: string): string => `${model?.table}_${field}_fkey`;

/** The name of a unique index. */
export const uniqueName = (model: Model, columns: readonly string[]): string =>
  `${model.table}_${columns.join('_')}_uniq`;
