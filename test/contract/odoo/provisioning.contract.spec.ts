import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationTypeColumns } from './columns.js';
import { Hospital } from './hospital.js';
import { byExternalId, idOf, idsOf, unique } from './records.js';
import type { Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
});
afterAll(() => hospital.close());

describe('provisioning', () => {
  it('an operation type brings its own sequence, and is found again by its external id', async () => {
    const code = unique('X');
    const row = [
      `wardline.${code}`,
      'Ward consumption',
      'internal',
      code,
      hospital.company,
      hospital.warehouse.id,
      hospital.ward,
      hospital.consumption,
      'never',
      'manual',
      '0',
      '1',
    ];
    const [id] = idsOf(await rpc.load('stock.picking.type', operationTypeColumns, [row]));
    const [again] = idsOf(await rpc.load('stock.picking.type', operationTypeColumns, [row]));
    expect(again).toBe(id);
    expect(await byExternalId(rpc, 'wardline', code)).toBe(id);
    const [type] = await rpc.read(
      'stock.picking.type',
      [id ?? 0],
      [
        'code',
        'sequence_id',
        'company_id',
        'create_backorder',
        'reservation_method',
        'use_create_lots',
        'use_existing_lots',
        'default_location_dest_id',
      ],
    );
    expect(type).toMatchObject({
      code: 'internal',
      sequence_id: [expect.any(Number), expect.any(String)],
      create_backorder: 'never',
      reservation_method: 'manual',
      use_create_lots: false,
      use_existing_lots: true,
    });
    expect(idOf(type?.default_location_dest_id)).toBe(hospital.consumption);
  });

  it('for another company of the user stands beside it, without a warehouse', async () => {
    const { id: company, production } = await hospital.otherCompany();
    const code = unique('X');
    const [location] = idsOf(
      await rpc.load(
        'stock.location',
        ['id', 'name', 'usage', 'company_id/.id'],
        [[`wardline.${code}_c`, 'Consumption', 'production', company]],
      ),
    );
    const row = [
      `wardline.${code}`,
      'Ward consumption',
      'internal',
      code,
      company,
      '',
      production,
      location,
      'never',
      'manual',
      '0',
      '1',
    ];
    const [id] = idsOf(await rpc.load('stock.picking.type', operationTypeColumns, [row]));
    const [type] = await rpc.read('stock.picking.type', [id ?? 0], ['company_id', 'warehouse_id', 'sequence_id']);
    expect(idOf(type?.company_id)).toBe(company);
  });

  it.each(['stock.picking', 'stock.location', 'stock.picking.type', 'stock.lot'])(
    'the rights on %s are told',
    async (model) => {
      expect(await rpc.call(model, 'has_access', { ids: [], operation: 'create' })).toBe(true);
    },
  );

  it('the installed modules are told', async () => {
    const rows = await rpc.find(
      'ir.module.module',
      [['name', 'in', ['stock', 'product_expiry', 'no_such_module']]],
      ['name', 'state'],
      { order: 'name' },
    );
    expect(rows).toMatchObject([
      { name: 'product_expiry', state: 'installed' },
      { name: 'stock', state: 'installed' },
    ]);
  });

  it('the companies are told with their currency', async () => {
    const [company] = await rpc.read('res.company', [hospital.company], ['name', 'currency_id']);
    expect(company).toMatchObject({
      name: expect.any(String),
      currency_id: [expect.any(Number), expect.stringMatching(/^[A-Z]{3}$/)],
    });
  });

  it('a context may narrow the companies', async () => {
    const { id: other } = await hospital.otherCompany();
    const count = (context: object): Promise<number> =>
      rpc.call('stock.location', 'search_count', { domain: [['id', '=', hospital.ward]], context });
    expect(await count({})).toBe(1);
    expect(await count({ allowed_company_ids: [hospital.company] })).toBe(1);
    expect(await count({ allowed_company_ids: [other] })).toBe(0);
  });

  it('an unknown language is refused', async () => {
    const reply = await rpc.attempt('res.partner', 'search_count', { domain: [], context: { lang: 'xx_XX' } });
    expect(reply).toMatchObject({
      status: 422,
      name: 'odoo.exceptions.UserError',
      message: 'Invalid language code: xx_XX',
    });
  });
});
