/** What is known about a failed call besides its words. */
export interface OdooErrorDetails {
  /** `model.method` that was called. */
  readonly operation: string;
  /** Odoo's own class of the error, such as `odoo.exceptions.UserError`; null when it gave none. */
  readonly odooName?: string | null;
  /** HTTP status; null when no answer came. */
  readonly status?: number | null;
  readonly cause?: unknown;
}

/** Every failure of a call to Odoo. The message is Odoo's own words where it spoke; it never holds a key. */
export class OdooError extends Error {
  override readonly name: string = 'OdooError';
  readonly operation: string;
  readonly odooName: string | null;
  readonly status: number | null;
  /** Odoo may have executed the call all the same: look before repeating it. */
  readonly ambiguous: boolean = false;
  /** The same call may succeed later without anybody changing anything. */
  readonly retriable: boolean = false;
  /** Odoo as a whole is unreachable or broken; only such errors open the circuit. */
  readonly outage: boolean = false;

  constructor(message: string, details: OdooErrorDetails) {
    super(message, { cause: details.cause });
    this.operation = details.operation;
    this.odooName = details.odooName ?? null;
    this.status = details.status ?? null;
  }
}

/** The user of the key may not do this (AccessError, or a private method). The Odoo administrator's to grant. */
export class OdooAccessError extends OdooError {
  override readonly name = 'OdooAccessError';
}

/** A rule of Odoo says no (UserError, ValidationError); nothing was written. */
export class OdooValidationError extends OdooError {
  override readonly name = 'OdooValidationError';
}

/** The record is gone (MissingError). Note that `read` of a missing record answers an empty list instead. */
export class OdooMissingRecord extends OdooError {
  override readonly name = 'OdooMissingRecord';
}

/** Another transaction was faster (serialization failure, lock, deadlock); rolled back, to be repeated. */
export class OdooConflict extends OdooError {
  override readonly name = 'OdooConflict';
  override readonly retriable = true;
}

/** The key, or with JSON-RPC the login, is wrong or has expired. */
export class OdooAuthenticationError extends OdooError {
  override readonly name = 'OdooAuthenticationError';
}

/** This Odoo has no such model or method: another version, or a module that is not installed. */
export class OdooUnknownMethod extends OdooError {
  override readonly name = 'OdooUnknownMethod';
}

/** The request itself is wrong (argument, field, type, body). A mistake of the caller's code or of its settings. */
export class OdooBadRequest extends OdooError {
  override readonly name = 'OdooBadRequest';
}

/** Odoo's code failed in a way that its interface does not describe; whether it had committed is not certain. */
export class OdooFault extends OdooError {
  override readonly name = 'OdooFault';
  override readonly ambiguous = true;
}

/** Too many calls: a proxy answered 429, or our own queue is full. The call was not executed. */
export class OdooRateLimited extends OdooError {
  override readonly name = 'OdooRateLimited';
  override readonly retriable = true;
  /** Milliseconds to wait; null when nobody said. */
  readonly retryAfterMs: number | null;

  constructor(message: string, details: OdooErrorDetails & { retryAfterMs?: number | null }) {
    super(message, details);
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

/** No proper answer: connection, time-out, gateway error, database gone, or cancelled by the caller. */
export class OdooUnavailable extends OdooError {
  override readonly name = 'OdooUnavailable';
  override readonly retriable = true;
  override readonly ambiguous: boolean;
  override readonly outage: boolean;
  /** False only when the request cannot have reached Odoo, as with a refused connection. */
  readonly mayHaveCommitted: boolean;

  constructor(message: string, details: OdooErrorDetails & { mayHaveCommitted: boolean; cancelled?: boolean }) {
    super(message, details);
    this.mayHaveCommitted = details.mayHaveCommitted;
    this.ambiguous = details.mayHaveCommitted;
    this.outage = details.cancelled !== true;
  }
}

/** Odoo failed repeatedly; the call was not even sent. */
export class OdooCircuitOpen extends OdooError {
  override readonly name = 'OdooCircuitOpen';
  override readonly retriable = true;
}

/** One error of a `load`, placed at the row that caused it. */
export interface LoadMessage {
  /** Index of the row in `data`; null when Odoo blames no row. */
  readonly row: number | null;
  /** Technical name of the column, where Odoo names it. */
  readonly field: string | null;
  readonly message: string;
}

/** `load` answered 200 with errors: nothing of the batch was written. */
export class OdooLoadRefused extends OdooError {
  override readonly name = 'OdooLoadRefused';
  readonly messages: readonly LoadMessage[];

  constructor(messages: readonly LoadMessage[], details: OdooErrorDetails) {
    super(messages.map(({ row, message }) => (row === null ? message : `row ${row}: ${message}`)).join('; '), details);
    this.messages = messages;
  }
}
