import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hospital } from './hospital.js';
import { unique } from './records.js';
import type { Args, Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
});
afterAll(() => hospital.close());

const gone = 999_999_999;

describe('the errors that the client tells apart', () => {
  it.each<[string, string, string, Args, number, string, RegExp]>([
    [
      'an unknown model',
      'no.such',
      'search',
      { domain: [] },
      404,
      'werkzeug.exceptions.NotFound',
      /^the model 'no.such' does not exist$/,
    ],
    [
      'an unknown method',
      'res.partner',
      'no_such',
      {},
      404,
      'werkzeug.exceptions.NotFound',
      /^The method 'res.partner.no_such' does not exist$/,
    ],
    [
      'a private method',
      'stock.picking',
      '_action_done',
      { ids: [] },
      403,
      'odoo.exceptions.AccessError',
      /^Private methods \(such as 'stock.picking._action_done'\)/,
    ],
    [
      'a missing argument',
      'res.partner',
      'search_count',
      {},
      422,
      'werkzeug.exceptions.UnprocessableEntity',
      /missing a required argument: 'domain'/,
    ],
    [
      'an unknown argument',
      'res.partner',
      'search_count',
      { domain: [], limits: 1 },
      422,
      'werkzeug.exceptions.UnprocessableEntity',
      /limits/,
    ],
    [
      'an unknown field in a domain',
      'res.partner',
      'search',
      { domain: [['nope', '=', 1]] },
      500,
      'builtins.ValueError',
      /^Invalid field res.partner.nope in condition/,
    ],
    [
      'an unknown field to read',
      'res.partner',
      'search_read',
      { domain: [], fields: ['nope'], limit: 1 },
      500,
      'builtins.ValueError',
      /^Invalid field 'nope' on 'res.partner'$/,
    ],
    [
      'an unknown field to order by',
      'res.partner',
      'search_read',
      { domain: [], fields: ['name'], order: 'nope' },
      500,
      'builtins.ValueError',
      /^Invalid field 'nope' on model 'res.partner'$/,
    ],
    [
      'an unknown field to create',
      'res.partner',
      'create',
      { vals_list: [{ name: 'x', nope: 1 }] },
      500,
      'builtins.ValueError',
      /^Invalid field 'nope' in 'res.partner'$/,
    ],
    [
      'an unknown operator',
      'res.partner',
      'search',
      { domain: [['name', 'near', 'x']] },
      500,
      'builtins.ValueError',
      /^Invalid operator in condition/,
    ],
    [
      'a domain that is not whole',
      'res.partner',
      'search',
      { domain: ['|', ['id', '=', 1]] },
      500,
      'builtins.ValueError',
      /malformed domain/,
    ],
    [
      'a value outside a selection',
      'stock.location',
      'create',
      { vals_list: [{ name: 'x', usage: 'nope' }] },
      500,
      'builtins.ValueError',
      /^Wrong value for stock.location.usage: 'nope'$/,
    ],
    [
      'text where an id belongs',
      'product.product',
      'create',
      { vals_list: [{ name: 'x', uom_id: 'bad' }] },
      500,
      'psycopg2.errors.InvalidTextRepresentation',
      /invalid input syntax for type integer/,
    ],
    [
      'a required field left out',
      'product.product',
      'create',
      { vals_list: [{}] },
      422,
      'odoo.exceptions.ValidationError',
      /Missing required value for the field 'Name' \(name\)/,
    ],
    [
      'writing a record that is gone',
      'res.partner',
      'write',
      { ids: [gone], vals: { name: 'x' } },
      404,
      'odoo.exceptions.MissingError',
      /^Record does not exist or has been deleted/,
    ],
    [
      'validating a transfer that is gone',
      'stock.picking',
      'button_validate',
      { ids: [gone] },
      404,
      'odoo.exceptions.MissingError',
      /stock\.picking\(999999999,\)/,
    ],
    [
      'a company that the user does not have',
      'res.partner',
      'search_count',
      { domain: [], context: { allowed_company_ids: [gone] } },
      403,
      'odoo.exceptions.AccessError',
      /^Access to unauthorized or invalid companies/,
    ],
  ])('%s', async (_, model, method, args, status, name, words) => {
    const reply = await rpc.attempt(model, method, args);
    expect(reply).toMatchObject({ status, name, message: expect.stringMatching(words) });
    expect(reply.body).toMatchObject({ arguments: expect.any(Array), context: {} });
  });

  it('but reading a record that is gone answers an empty list', async () => {
    expect(await rpc.read('res.partner', [gone], ['name'])).toEqual([]);
  });

  it('a lot number twice for one product is a ValidationError that names both', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const name = unique('L');
    await hospital.lot(product, { name });
    const reply = await rpc.attempt('stock.lot', 'create', {
      vals_list: [{ name, product_id: product, company_id: hospital.company }],
    });
    expect(reply).toMatchObject({
      status: 422,
      name: 'odoo.exceptions.ValidationError',
      message: expect.stringContaining(`Lot/Serial Number: ${name}`),
    });
  });

  it('the barcode of a product or location is taken once', async () => {
    const barcode = unique('B');
    await hospital.product({ barcode });
    const product = await rpc.attempt('product.product', 'create', { vals_list: [{ name: 'x', barcode }] });
    expect(product).toMatchObject({
      status: 422,
      name: 'odoo.exceptions.ValidationError',
      message: expect.stringContaining(`Barcode "${barcode}" already assigned`),
    });
    const values = { name: 'x', barcode: hospital.sequenceCode, company_id: hospital.company };
    const location = await rpc.attempt('stock.location', 'create', { vals_list: [values] });
    expect(location).toMatchObject({
      status: 422,
      name: 'odoo.exceptions.ValidationError',
      message: expect.stringContaining('The barcode for a location must be unique per company!'),
    });
  });
});
