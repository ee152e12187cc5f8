import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failure, json, type StubOdoo, stubOdoo } from '../test/stub-odoo.js';
import { OdooClient, type OdooClientOptions } from './odoo-client.js';

let odoo: StubOdoo;
let clients: OdooClient[];

beforeEach(async () => {
  clients = [];
  odoo = await stubOdoo();
});

afterEach(async () => {
  for (const made of clients) made.close();
  await odoo.close();
});

function client(options: Partial<OdooClientOptions> = {}): OdooClient {
  const made = new OdooClient({
    url: odoo.url,
    database: 'erp',
    apiKey: () => 'secret-key',
    timeoutMs: 2_000,
    ...options,
  });
  clients.push(made);
  return made;
}

describe('a call by JSON-RPC', () => {
  it('logs in once with the key and passes ids by position, the rest by name', async () => {
    odoo.answer = ({ body }, response) => {
      const { params } = body as { params: { method: string } };
      json(response, 200, { jsonrpc: '2.0', id: 1, result: params.method === 'login' ? 2 : true });
    };
    const guarded = client({ protocol: 'json-rpc', login: 'wardline' });
    await guarded.call('stock.picking', 'button_validate', { ids: [1], context: { lang: 'en_US' } });
    await guarded.call('res.partner', 'create', { vals_list: [{ name: 'x' }] });
    const params = odoo.seen.map(({ body }) => (body as { params: { args: unknown[] } }).params.args);
    expect(params).toEqual([
      ['erp', 'wardline', 'secret-key'],
      ['erp', 2, 'secret-key', 'stock.picking', 'button_validate', [[1]], { context: { lang: 'en_US' } }],
      ['erp', 2, 'secret-key', 'res.partner', 'create', [[{ name: 'x' }]], {}],
    ]);
  });

  it('finds the error inside an answer of 200', async () => {
    const data = { name: 'odoo.exceptions.AccessError', message: 'You are not allowed', debug: '…' };
    odoo.answer = ({ body }, response) => {
      const { params } = body as { params: { method: string } };
      json(
        response,
        200,
        params.method === 'login' ? { result: 2 } : { error: { code: 0, message: 'Odoo Server Error', data } },
      );
    };
    const error = await failure(client({ protocol: 'json-rpc', login: 'w' }).call('res.users', 'write', { ids: [1] }));
    expect(error).toMatchObject({ name: 'OdooAccessError', message: 'You are not allowed' });
  });

  it('says whose key is refused when the login fails', async () => {
    odoo.answer = (_, response) => json(response, 200, { jsonrpc: '2.0', id: 1, result: false });
    const error = await failure(client({ protocol: 'json-rpc', login: 'wardline' }).call('x', 'y'));
    expect(error).toMatchObject({
      name: 'OdooAuthenticationError',
      message: 'Odoo does not accept the key of wardline',
    });
  });

  it('needs a login and says so at once', () => {
    expect(() => new OdooClient({ url: odoo.url, database: 'erp', apiKey: () => 'k', protocol: 'json-rpc' })).toThrow(
      /needs the login/,
    );
  });
});
