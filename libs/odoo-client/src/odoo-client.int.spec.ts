import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '@wardline/testing';
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

describe('a call by JSON-2', () => {
  it('posts the named arguments to the model and method with key and database', async () => {
    odoo.answer = (_, response) => json(response, 200, [{ id: 1, name: 'Ward 3' }]);
    const rows = await client().searchRead<{ name: string }>('stock.location', {
      domain: [],
      fields: ['name'],
      limit: 1,
    });
    expect(rows).toEqual([{ id: 1, name: 'Ward 3' }]);
    expect(odoo.seen[0]).toMatchObject({
      path: '/json/2/stock.location/search_read',
      headers: { authorization: 'bearer secret-key', 'x-odoo-database': 'erp' },
      body: { domain: [], fields: ['name'], limit: 1 },
    });
  });

  it('reads the version without a key', async () => {
    odoo.answer = (_, response) => json(response, 200, { version_info: ['saas~19', 1], version: 'saas~19.1' });
    expect(await client().version()).toEqual({ series: 'saas~19.1', major: 19 });
    expect(odoo.seen[0]?.headers.authorization).toBeUndefined();
  });

  it('reads the version of an Odoo too old to tell it the new way', async () => {
    odoo.answer = ({ path }, response) =>
      path === '/jsonrpc'
        ? json(response, 200, { result: { server_serie: '16.0', server_version_info: [16, 0, 0, 'final', 0, ''] } })
        : response.writeHead(404).end('<html>');
    expect(await client().version()).toEqual({ series: '16.0', major: 16 });
  });

  it("carries Odoo's own words in the error, and never the key", async () => {
    const message = 'You need to supply a Lot/Serial number for products Glove.';
    odoo.answer = (_, response) =>
      json(response, 422, { name: 'odoo.exceptions.UserError', message, debug: 'Traceback …' });
    const error = await failure(client().call('stock.picking', 'button_validate', { ids: [1] }));
    expect(error).toMatchObject({
      name: 'OdooValidationError',
      message,
      operation: 'stock.picking.button_validate',
      status: 422,
    });
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain('secret-key');
  });
});

describe('keys that change', () => {
  it('asks the supplier once more after a 401 and goes on with the new key', async () => {
    odoo.answer = ({ headers }, response) =>
      headers.authorization === 'bearer new'
        ? json(response, 200, 42)
        : json(response, 401, { name: 'werkzeug.exceptions.Unauthorized', message: 'Invalid apikey' });
    const rotating = client({ apiKey: (refused) => (refused === 'old' ? 'new' : 'old') });
    expect(await rotating.call('res.partner', 'search_count', { domain: [] })).toBe(42);
    expect(odoo.seen).toHaveLength(2);
  });

  it('does not knock twice with a key that was refused', async () => {
    odoo.answer = (_, response) =>
      json(response, 401, { name: 'werkzeug.exceptions.Unauthorized', message: 'Invalid apikey' });
    const error = await failure(client().call('res.partner', 'search_count', { domain: [] }));
    expect(error).toMatchObject({ name: 'OdooAuthenticationError', retriable: false, outage: false });
    expect(odoo.seen).toHaveLength(1);
  });
});

describe('an Odoo that does not answer properly', () => {
  it.each<[string, () => void, Record<string, unknown>]>([
    ['says nothing within the time', () => (odoo.answer = () => undefined), { mayHaveCommitted: true, outage: true }],
    [
      'cuts the connection',
      () => (odoo.answer = (_, response) => response.destroy()),
      { mayHaveCommitted: true, outage: true },
    ],
    [
      'cuts the answer in the middle',
      () =>
        (odoo.answer = (_, response) => {
          response.writeHead(200, { 'content-length': '100' }).write('[{"id":');
          setTimeout(() => response.destroy(), 20);
        }),
      { mayHaveCommitted: true, outage: true },
    ],
    [
      'is a gateway without Odoo',
      () => (odoo.answer = (_, response) => response.writeHead(502).end('<html>')),
      { mayHaveCommitted: true, status: 502 },
    ],
    [
      'breaks without a reason',
      () => (odoo.answer = (_, response) => response.writeHead(500).end('<html>')),
      { mayHaveCommitted: true, status: 500 },
    ],
    [
      'does not know the database',
      () => (odoo.answer = (_, response) => response.writeHead(404).end('<html>')),
      { mayHaveCommitted: false, status: 404 },
    ],
  ])('%s: unavailable, and says whether it may have done it', async (_, arrange, expected) => {
    arrange();
    const error = await failure(client({ timeoutMs: 300 }).call('stock.picking', 'load', {}));
    expect(error).toMatchObject({ name: 'OdooUnavailable', retriable: true, ...expected });
  });

  it('refuses the connection: nothing can have been done', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await failure(client({ url: `http://127.0.0.1:${port}` }).call('stock.picking', 'load', {}));
    expect(error).toMatchObject({ name: 'OdooUnavailable', mayHaveCommitted: false, ambiguous: false, outage: true });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('asks for fewer calls: rate limited, with the time to wait', async () => {
    odoo.answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end();
    const error = await failure(client().call('res.partner', 'search_count', {}));
    expect(error).toMatchObject({ name: 'OdooRateLimited', retryAfterMs: 7_000, ambiguous: false });
  });

  it('lets the caller cancel, which is no outage', async () => {
    odoo.answer = () => undefined;
    const cancel = new AbortController();
    const pending = failure(client().call('stock.picking', 'load', {}, { signal: cancel.signal }));
    await eventually(() => expect(odoo.seen).toHaveLength(1));
    cancel.abort();
    expect(await pending).toMatchObject({ name: 'OdooUnavailable', mayHaveCommitted: true, outage: false });
  });
});

describe('the circuit', () => {
  const circuit = { minimumCalls: 3, retryAfterMs: 150 };

  it('opens after repeated outages, sends nothing, and closes by itself when Odoo is back', async () => {
    odoo.answer = (_, response) => response.writeHead(503).end();
    const guarded = client({ circuit });
    const changes: string[] = [];
    guarded.onStateChange((state) => changes.push(state));
    for (let attempt = 0; attempt < 3; attempt += 1) await failure(guarded.call('x', 'y'));
    expect(guarded.state().circuit).toBe('open');
    expect(await failure(guarded.call('x', 'y'))).toMatchObject({
      name: 'OdooCircuitOpen',
      ambiguous: false,
      retriable: true,
    });
    expect(odoo.seen).toHaveLength(3);
    odoo.answer = (_, response) => json(response, 200, true);
    await eventually(async () => expect(await guarded.call('x', 'y')).toBe(true));
    expect(guarded.state().circuit).toBe('closed');
    expect(changes).toEqual(['open', 'halfOpen', 'closed']);
  });

  it('opens after three outages in a row, however many calls went well just before', async () => {
    odoo.answer = (_, response) => json(response, 200, true);
    const guarded = client({ circuit });
    for (let call = 0; call < 20; call += 1) await guarded.call('x', 'y');
    odoo.answer = (_, response) => response.writeHead(503).end();
    for (let attempt = 0; attempt < 2; attempt += 1) await failure(guarded.call('x', 'y'));
    expect(guarded.state().circuit).toBe('closed');
    await failure(guarded.call('x', 'y'));
    expect(guarded.state().circuit).toBe('open');
  });

  it('stays closed however often Odoo refuses a document', async () => {
    odoo.answer = (_, response) => json(response, 422, { name: 'odoo.exceptions.UserError', message: 'no' });
    const guarded = client({ circuit });
    const outcomes: string[] = [];
    guarded.onCall(({ outcome }) => outcomes.push(outcome));
    for (let attempt = 0; attempt < 6; attempt += 1) await failure(guarded.call('x', 'y'));
    expect(guarded.state()).toEqual({ circuit: 'closed', running: 0, queued: 0 });
    expect(outcomes).toEqual(Array(6).fill('OdooValidationError'));
  });
});
