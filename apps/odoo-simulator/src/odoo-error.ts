/** What Odoo answers when a call fails: a status, the Python name of the error, and a text for a person. */
export class OdooError extends Error {
  constructor(
    readonly status: number,
    readonly errorName: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }

  /** The JSON body of `/json/2` and the `data` of `/jsonrpc`; werkzeug errors carry their status as an argument. */
  body(): Record<string, unknown> {
    const isWerkzeug = this.errorName.startsWith('werkzeug.');
    return {
      name: this.errorName,
      message: this.message,
      arguments: isWerkzeug ? [this.message, this.status] : [this.message],
      context: {},
      debug: `Traceback (most recent call last):\n${this.errorName}: ${this.message}\n`,
    };
  }
}

/** A rule of the business was broken (422). */
export const userError = (message: string): OdooError => new OdooError(422, 'odoo.exceptions.UserError', message);

/** A value or a combination of values is not allowed (422). */
export const validationError = (message: string, field?: string): OdooError =>
  new OdooError(422, 'odoo.exceptions.ValidationError', message, field);

/** The caller may not do this (403). */
export const accessError = (message: string): OdooError => new OdooError(403, 'odoo.exceptions.AccessError', message);

/** The records are gone or never were (404). */
export const missingError = (model: string, ids: readonly number[], uid: number): OdooError =>
  new OdooError(
    404,
    'odoo.exceptions.MissingError',
    `Record does not exist or has been deleted.\n(Record: ${model}(${ids.join(', ')}${ids.length === 1 ? ',' : ''}), User: ${uid})`,
  );

/** A mistake of the caller's program, which Odoo reports as its own failure (500). */
export const valueError = (message: string): OdooError => new OdooError(500, 'builtins.ValueError', message);

/** Model, method or path unknown (404). */
export const notFound = (message: string): OdooError => new OdooError(404, 'werkzeug.exceptions.NotFound', message);

/** An argument is missing or unknown (422). */
export const unprocessable = (message: string): OdooError =>
  new OdooError(422, 'werkzeug.exceptions.UnprocessableEntity', message);

/** The body is not JSON (400). */
export const badRequest = (message: string): OdooError => new OdooError(400, 'werkzeug.exceptions.BadRequest', message);

/** The key is missing, wrong or no longer valid (401). */
export const unauthorized = (message: string): OdooError =>
  new OdooError(401, 'werkzeug.exceptions.Unauthorized', message);

/** The simulator lacks what Odoo has: said plainly, so that nobody takes it for Odoo's answer. */
export const notSimulated = (what: string): OdooError =>
  new OdooError(
    500,
    'builtins.NotImplementedError',
    `The simulator does not do this: ${what}. Use a real Odoo for it.`,
  );
