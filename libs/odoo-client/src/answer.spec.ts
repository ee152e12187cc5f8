import { describe, expect, it } from 'vitest';
import { errorFrom, saysConflict } from './answer.js';

describe("Odoo's error answers become typed errors that say what to do", () => {
  it.each([
    // Odoo's name, its words, status → type, ambiguous, retriable, outage
    ['odoo.exceptions.AccessError', 'You are not allowed to …', 403, 'OdooAccessError', false, false, false],
    ['odoo.exceptions.AccessDenied', 'Access Denied', 200, 'OdooAuthenticationError', false, false, false],
    [
      'werkzeug.exceptions.Unauthorized',
      '401 Unauthorized: Invalid apikey',
      401,
      'OdooAuthenticationError',
      false,
      false,
      false,
    ],
    [
      'odoo.exceptions.UserError',
      'You need to supply a Lot/Serial number …',
      422,
      'OdooValidationError',
      false,
      false,
      false,
    ],
    [
      'odoo.exceptions.ValidationError',
      'The serial number has already …',
      422,
      'OdooValidationError',
      false,
      false,
      false,
    ],
    ['odoo.exceptions.MissingError', 'Record does not exist', 404, 'OdooMissingRecord', false, false, false],
    [
      'werkzeug.exceptions.NotFound',
      "404 Not Found: the model 'x' does not exist",
      404,
      'OdooUnknownMethod',
      false,
      false,
      false,
    ],
    ['odoo.exceptions.UserError', "Object nope doesn't exist", 200, 'OdooUnknownMethod', false, false, false],
    [
      'builtins.AttributeError',
      "The method 'res.partner.nope' does not exist",
      200,
      'OdooUnknownMethod',
      false,
      false,
      false,
    ],
    [
      'werkzeug.exceptions.UnprocessableEntity',
      "missing a required argument: 'domain'",
      422,
      'OdooBadRequest',
      false,
      false,
      false,
    ],
    ['werkzeug.exceptions.BadRequest', 'Failed to parse JSON', 400, 'OdooBadRequest', false, false, false],
    ['builtins.ValueError', 'Invalid field res.partner.nope', 500, 'OdooBadRequest', false, false, false],
    ['psycopg2.errors.SerializationFailure', 'could not serialize access', 500, 'OdooConflict', false, true, false],
    ['psycopg2.errors.DeadlockDetected', 'deadlock detected', 500, 'OdooConflict', false, true, false],
    ['psycopg2.OperationalError', 'server closed the connection', 500, 'OdooUnavailable', true, true, true],
    ['builtins.ZeroDivisionError', 'float division by zero', 500, 'OdooFault', true, false, false],
  ])('%s "%s" (%i) is %s', (name, message, status, type, ambiguous, retriable, outage) => {
    const error = errorFrom({ name, message }, { operation: 'stock.picking.button_validate', status });
    expect(error).toMatchObject({ name: type, ambiguous, retriable, outage, odooName: name });
    expect(error.message).toContain(message);
  });

  it('knows a conflict by its words, because load puts it into a message', () => {
    expect(saysConflict('could not serialize access due to concurrent update')).toBe(true);
    expect(saysConflict('No matching record found')).toBe(false);
  });
});
