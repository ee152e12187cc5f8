import {
  OdooAccessError,
  OdooAuthenticationError,
  OdooBadRequest,
  OdooClient,
  type OdooClientOptions,
  OdooLoadRefused,
  OdooMissingRecord,
  OdooUnavailable,
  OdooUnknownMethod,
  OdooValidationError,
} from '@wardline/odoo-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postingColumns, withoutWizards } from './columns.js';
import { Hospital } from './hospital.js';
import { unique } from './records.js';

let hospital: Hospital;
beforeAll(async () => {
  hospital = await Hospital.open();
});
afterAll(() => hospital.close());

describe.each(['json-2', 'json-rpc'] as const)('the client over %s', (protocol) => {
  const clients: OdooClient[] = [];
  function client(options: Partial<OdooClientOptions> = {}): OdooClient {
    const { url, database, key, login } = hospital.target;
    const made = new OdooClient({ url, database, apiKey: () => key, login, protocol, ...options });
    clients.push(made);
    return made;
  }
  afterAll(() => clients.forEach((made) => made.close()));

  it('tells the version', async () => {
    const { series, major } = await client().version();
    expect(major).toBeGreaterThanOrEqual(19);
    expect(series).toContain(String(major));
  });

  it('posts a movement and reads it back', async () => {
    const odoo = client();
    const product = await hospital.product();
    await hospital.count(product, 5);
    const data = [hospital.row({ id: unique('mv'), product, quantity: 2 })];
    const ids = await odoo.load('stock.picking', { fields: postingColumns, data });
    expect(await odoo.call('stock.picking', 'button_validate', { ids, context: withoutWizards })).toBe(true);
    const rows = await odoo.searchRead<{ state: string }>('stock.picking', {
      domain: [['id', 'in', ids]],
      fields: ['state'],
    });
    expect(rows).toEqual([{ id: ids[0], state: 'done' }]);
    expect(await hospital.onHand(product)).toBe(3);
  });

  it('creates, writes and deletes', async () => {
    const odoo = client();
    const [id = 0] = await odoo.call<number[]>('res.partner', 'create', { vals_list: [{ name: 'before' }] });
    await odoo.call('res.partner', 'write', { ids: [id], vals: { name: 'after' } });
    expect(await odoo.call('res.partner', 'read', { ids: [id], fields: ['name'] })).toEqual([{ id, name: 'after' }]);
    expect(await odoo.call('res.partner', 'unlink', { ids: [id] })).toBe(true);
  });

  it('says which row a load refused', async () => {
    const product = await hospital.product();
    const data = [1, 999_999_999].map((wrong, index) =>
      hospital.row({ id: unique('mv'), product: index === 0 ? product : wrong, quantity: 1 }),
    );
    const failed = client().load('stock.picking', { fields: postingColumns, data });
    await expect(failed).rejects.toBeInstanceOf(OdooLoadRefused);
    await expect(failed).rejects.toMatchObject({ messages: [{ row: 1 }, { row: 1 }] });
  });

  it.each([
    [
      'a missing lot',
      OdooValidationError,
      'stock.picking',
      'button_validate',
      async () => {
        const product = await hospital.product({ tracking: 'lot' });
        const { ids } = await hospital.loadMovements([{ id: unique('mv'), product, quantity: 1 }]);
        return { ids, context: withoutWizards };
      },
    ],
    [
      'a record that is gone',
      OdooMissingRecord,
      'res.partner',
      'write',
      async () => ({ ids: [999_999_999], vals: { name: 'x' } }),
    ],
    ['a private method', OdooAccessError, 'stock.picking', '_action_done', async () => ({ ids: [] })],
    ['an unknown model', OdooUnknownMethod, 'no.such', 'search', async () => ({ domain: [] })],
    ['an unknown method', OdooUnknownMethod, 'res.partner', 'no_such', async () => ({})],
    ['an unknown field', OdooBadRequest, 'res.partner', 'search', async () => ({ domain: [['nope', '=', 1]] })],
    ['an unknown argument', OdooBadRequest, 'res.partner', 'search', async () => ({ domain: [], nope: 1 })],
  ])('%s is its own error', async (_, kind, model, method, args) => {
    await expect(client().call(model, method, await args())).rejects.toBeInstanceOf(kind);
  });

  it('a wrong key is an authentication error, a wrong database an outage that wrote nothing', async () => {
    await expect(
      client({ apiKey: () => 'wrong' }).call('res.partner', 'search_count', { domain: [] }),
    ).rejects.toBeInstanceOf(OdooAuthenticationError);
    const elsewhere = client({ database: 'no_such_database' }).call('res.partner', 'search_count', { domain: [] });
    await expect(elsewhere).rejects.toBeInstanceOf(OdooUnavailable);
  });

  it('goes on when the key is rotated under it', async () => {
    const odoo = client({ apiKey: (refused) => (refused === 'expired' ? hospital.target.key : 'expired') });
    expect(await odoo.call('res.partner', 'search_count', { domain: [] })).toEqual(expect.any(Number));
  });
});
