import {
  OdooAccessError,
  OdooAuthenticationError,
  OdooBadRequest,
  OdooConflict,
  type OdooError,
  type OdooErrorDetails,
  OdooFault,
  OdooMissingRecord,
  OdooUnavailable,
  OdooUnknownMethod,
  OdooValidationError,
} from './errors.js';

/** The part of an error answer that both protocols share: `name` is a Python class, `message` Odoo's words. */
export interface OdooErrorBody {
  readonly name: string;
  readonly message: string;
}

type ErrorClass = new (message: string, details: OdooErrorDetails) => OdooError;

const byName: Readonly<Record<string, ErrorClass>> = {
  'odoo.exceptions.AccessError': OdooAccessError,
  'odoo.exceptions.AccessDenied': OdooAuthenticationError,
  'odoo.http.SessionExpiredException': OdooAuthenticationError,
  'odoo.exceptions.UserError': OdooValidationError,
  'odoo.exceptions.RedirectWarning': OdooValidationError,
  'odoo.exceptions.ValidationError': OdooValidationError,
  'odoo.exceptions.MissingError': OdooMissingRecord,
  'odoo.exceptions.ConcurrencyError': OdooConflict,
  'odoo.exceptions.LockError': OdooConflict,
  'builtins.ValueError': OdooBadRequest,
  'builtins.TypeError': OdooBadRequest,
  'builtins.KeyError': OdooBadRequest,
  'psycopg2.errors.InvalidTextRepresentation': OdooBadRequest,
};

const byStatus: Readonly<Record<number, ErrorClass>> = {
  400: OdooBadRequest,
  401: OdooAuthenticationError,
  403: OdooAccessError,
  404: OdooUnknownMethod,
  422: OdooBadRequest,
};

const conflictWords = /could not serialize access|deadlock detected|could not obtain lock|LockNotAvailable/i;
const conflictNames = /SerializationFailure|DeadlockDetected|LockNotAvailable|TransactionRollback/;
const databaseGone =
  /^psycopg2\.(OperationalError|InterfaceError|pool\.PoolError)|^psycopg2\.errors\.(AdminShutdown|CrashShutdown|CannotConnectNow|TooManyConnections)/;
/** JSON-RPC before and in 19 tells an unknown model or method only in words. */
const unknownWords = /^Object \S+ doesn't exist$|^The method '[^']+' does not exist$/;

/** Whether Odoo's words, in an error or in a `load` message, mean that another transaction was faster. */
export function saysConflict(message: string): boolean {
  return conflictWords.test(message);
}

/** The typed error for an error answer of Odoo; the table is that of test/contract/odoo/README.md, part 5. */
export function errorFrom(body: OdooErrorBody, details: { operation: string; status: number }): OdooError {
  const known = { ...details, odooName: body.name };
  if (conflictNames.test(body.name) || saysConflict(body.message)) return new OdooConflict(body.message, known);
  if (databaseGone.test(body.name)) {
    return new OdooUnavailable(`Odoo has lost its database: ${body.message.trim()}`, {
      ...known,
      mayHaveCommitted: true,
    });
  }
  if (unknownWords.test(body.message)) return new OdooUnknownMethod(body.message, known);
  const ErrorOfCase = byName[body.name] ?? byStatus[details.status] ?? OdooFault;
  return new ErrorOfCase(body.message, known);
}

/** Reads `{name, message}` out of parsed JSON; null when it is something else. */
export function errorBody(value: unknown): OdooErrorBody | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, message } = value as { name?: unknown; message?: unknown };
  return typeof name === 'string' && typeof message === 'string' ? { name, message } : null;
}
