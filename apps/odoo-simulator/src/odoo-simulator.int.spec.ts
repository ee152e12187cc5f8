import 'reflect-metadata';
import { testDatabase, type TestDatabase } from '@wardline/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig, type SimulatorConfig } from './config.js';
import { startSimulator, type RunningSimulator } from './start-simulator.js';

const key = 'wardline-local';
let database: TestDatabase;
let config: SimulatorConfig;
let simulator: RunningSimulator;

beforeAll(async () => {
  database = await testDatabase();
  config = readConfig({ DATABASE_URL: database.url, PORT: '0', SIMULATOR_FAULTS: 'on' });
  simulator = await startSimulator(config);
});
afterAll(async () => {
  await simulator.close();
  await database.close();
});

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${simulator.url}/${path}`, {
    method: 'POST',
    headers: { authorization: `bearer ${key}`, 'x-odoo-database': 'wardline' },
    body: JSON.stringify(body),
  });

async function call<T>(path: string, body: unknown): Promise<T> {
  const response = await post(`json/2/${path}`, body);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

const columns = [
  'id',
  'picking_type_id/.id',
  'location_id/.id',
  'location_dest_id/.id',
  'move_ids/product_id/.id',
].concat([
  'move_ids/product_uom_qty',
  'move_line_ids/product_id/.id',
  'move_line_ids/quantity',
  'move_line_ids/picked',
]);

/** A product, and a delivery of three of it under the external id. */
async function delivery(name: string): Promise<{ product: number; ids: number[] }> {
  const [product = 0] = await call<number[]>('product.product/create', { vals_list: [{ name, is_storable: true }] });
  const stock = await call<[string, number]>('ir.model.data/check_object_reference', {
    module: 'stock',
    xml_id: 'stock_location_stock',
  });
  const row = [`wardline.${name}`, 2, stock[1], 2, product, 3, product, 3, '1'];
  const { ids } = await call<{ ids: number[] }>('stock.picking/load', { fields: columns, data: [row] });
  return { product, ids };
}

const quants = (product: number) =>
  database.query<{ quantity: string; reserved_quantity: string }>(
    'SELECT quantity::text, reserved_quantity::text FROM stock_quant WHERE product_id = $1 ORDER BY quantity',
    [product],
  );

describe('a transfer in the database', () => {
  it('is loaded with move, line and external ids, and sets stock aside', async () => {
    const { product, ids } = await delivery('loaded');
    const rows = await database.query('SELECT state, name FROM stock_picking WHERE id = $1', [ids[0]]);
    expect(rows).toEqual([{ state: 'assigned', name: expect.stringMatching(/^WH\/OUT\/\d{5}$/) }]);
    expect((await quants(product)).map((row) => Number(row.reserved_quantity))).toEqual([3]);
    const named = await database.query('SELECT res_id FROM ir_model_data WHERE module = $1 AND name = $2', [
      'wardline',
      'loaded',
    ]);
    expect(named).toEqual([{ res_id: ids[0] }]);
  });

  it('moves stock once when it is validated, twice asked or not', async () => {
    const { product, ids } = await delivery('validated');
    expect(await call('stock.picking/button_validate', { ids })).toBe(true);
    expect(await call('stock.picking/button_validate', { ids })).toBe(true);
    expect((await quants(product)).map((row) => Number(row.quantity))).toEqual([-3, 3]);
  });

  it('is not there at all when one row of its batch is wrong', async () => {
    const before = await database.query('SELECT count(*) FROM stock_picking');
    const rows = [
      ['wardline.good', 2, 9, 2, '', '', '', '', ''],
      ['wardline.bad', 999_999, 9, 2, '', '', '', '', ''],
    ];
    const answer = await call<{ ids: unknown; messages: unknown[] }>('stock.picking/load', {
      fields: columns,
      data: rows,
    });
    expect(answer.ids).toBe(false);
    expect(answer.messages[0]).toMatchObject({ rows: { from: 1, to: 1 }, field: 'picking_type_id' });
    expect(await database.query('SELECT count(*) FROM stock_picking')).toEqual(before);
  });

  it('keeps what it is made of from being deleted, and loses what it can do without', async () => {
    const [location = 0] = await call<number[]>('stock.location/create', { vals_list: [{ name: 'Ward 9' }] });
    const [partner = 0] = await call<number[]>('res.partner/create', { vals_list: [{ name: 'Ward 9' }] });
    const [type] = await database.query<{ id: number; warehouse_id: number }>(
      'SELECT id, warehouse_id FROM stock_picking_type WHERE id = 2',
    );
    const values = {
      picking_type_id: type?.id,
      location_id: location,
      location_dest_id: location,
      partner_id: partner,
    };
    const [id = 0] = await call<number[]>('stock.picking/create', { vals_list: [values] });
    const refusal = async (path: string, body: unknown) => {
      const response = await post(`json/2/${path}`, body);
      return { status: response.status, ...((await response.json()) as { name: string; message: string }) };
    };
    const inUse = (field: string) => ({
      status: 422,
      name: 'odoo.exceptions.ValidationError',
      message: expect.stringContaining(`Thanks to the following constraint: ${field}`),
    });
    expect(await refusal('stock.location/unlink', { ids: [location] })).toMatchObject(
      inUse("'Source Location' (location_id)"),
    );
    expect(await refusal('stock.warehouse/unlink', { ids: [type?.warehouse_id] })).toMatchObject(
      inUse("'Operation Type' (picking_type_id)"),
    );
    expect(await refusal('stock.picking/create', { vals_list: [{ ...values, partner_id: 999_999 }] })).toMatchObject(
      inUse("'Contact' (partner_id)"),
    );
    expect(await refusal('stock.picking/write', { ids: [id], vals: { location_id: 999_999 } })).toMatchObject(
      inUse("'Source Location' (location_id)"),
    );
    expect(await call('res.partner/unlink', { ids: [partner] })).toBe(true);
    expect(await database.query('SELECT location_id, partner_id FROM stock_picking WHERE id = $1', [id])).toEqual([
      { location_id: location, partner_id: null },
    ]);
  });

  it('is still there after a restart, which seeds nothing twice', async () => {
    const { ids } = await delivery('kept');
    const companies = await database.query('SELECT id FROM res_company ORDER BY id');
    await simulator.close();
    simulator = await startSimulator(config);
    expect(await call('stock.picking/read', { ids, fields: ['state'] })).toEqual([{ id: ids[0], state: 'assigned' }]);
    expect(await database.query('SELECT id FROM res_company ORDER BY id')).toEqual(companies);
  });
});

describe('faults', () => {
  afterEach(async () => {
    await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
  });
  const arm = (fault: Record<string, unknown>): Promise<Response> => post('simulator/faults', { count: 1, ...fault });
  const validate = (ids: number[]): Promise<Response> => post('json/2/stock.picking/button_validate', { ids });

  it('a failure before the commit leaves nothing behind', async () => {
    const { product, ids } = await delivery('before');
    await arm({ kind: 'fail-before-commit', only: 'button_validate' });
    expect((await validate(ids)).status).toBe(500);
    expect((await quants(product)).map((row) => Number(row.quantity))).toEqual([0]);
  });

  it('a failure after the commit has done everything, which only a look tells', async () => {
    const { product, ids } = await delivery('after');
    await arm({ kind: 'fail-after-commit', only: 'button_validate' });
    expect((await validate(ids)).status).toBe(500);
    expect((await quants(product)).map((row) => Number(row.quantity))).toEqual([-3, 3]);
  });

  it.each([
    ['expired-key', 401],
    ['too-many-requests', 429],
    ['serialization-conflict', 500],
  ])('%s answers %s once', async (kind, status) => {
    await arm({ kind });
    expect((await post('json/2/res.company/search', { domain: [] })).status).toBe(status);
    expect((await post('json/2/res.company/search', { domain: [] })).status).toBe(200);
  });

  it('a cut connection gives no answer at all', async () => {
    await arm({ kind: 'close-connection' });
    await expect(post('json/2/res.company/search', { domain: [] })).rejects.toThrow();
  });

  it('are refused with the reason while they are switched off, and a bad switch is explained', async () => {
    expect((await arm({ kind: 'earthquake' })).status).toBe(400);
    const quiet = await startSimulator({ ...config, SIMULATOR_FAULTS: 'off' });
    const answer = await fetch(`${quiet.url}/simulator/faults`, { method: 'POST', body: '{"kind":"delay"}' });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('SIMULATOR_FAULTS=on');
    await quiet.close();
  });
});
