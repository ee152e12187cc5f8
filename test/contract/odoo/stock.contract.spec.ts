import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('counting stock', () => {
  it('is a quant with a counted quantity, applied; applying answers null', async () => {
    const product = await hospital.product();
    const values = { product_id: product, location_id: hospital.ward, inventory_quantity: 12 };
    const quant = await rpc.create('stock.quant', values, { inventory_mode: true });
    expect((await rpc.read('stock.quant', [quant], ['quantity', 'inventory_quantity']))[0]).toMatchObject({
      quantity: 0,
      inventory_quantity: 12,
    });
    expect(await rpc.attempt('stock.quant', 'action_apply_inventory', { ids: [quant] })).toMatchObject({
      status: 200,
      body: null,
    });
    expect(await hospital.onHand(product)).toBe(12);
  });

  it('again on the same product, location and lot corrects the same quant', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    await hospital.count(product, 5, lot);
    await hospital.count(product, 3, lot);
    expect(
      await rpc.find(
        'stock.quant',
        [
          ['product_id', '=', product],
          ['location_id', '=', hospital.ward],
        ],
        ['quantity', 'lot_id'],
      ),
    ).toMatchObject([{ quantity: 3, lot_id: [lot, expect.any(String)] }]);
  });

  it("takes the difference from the company's inventory location, so that all quants of a product add up to nothing", async () => {
    const product = await hospital.product();
    await hospital.count(product, 4);
    const quants = await rpc.find('stock.quant', [['product_id', '=', product]], ['quantity', 'location_id']);
    const lossIds = await rpc.call<number[]>('stock.location', 'search', {
      domain: [
        ['usage', '=', 'inventory'],
        ['company_id', '=', hospital.company],
      ],
    });
    expect(quants.map(({ quantity }) => Number(quantity)).reduce((a, b) => a + b, 0)).toBe(0);
    expect(lossIds).toContain(idOf(quants.find(({ quantity }) => quantity === -4)?.location_id));
  });

  it('a serial can be counted once only', async () => {
    const product = await hospital.product({ tracking: 'serial' });
    const lot = await hospital.lot(product);
    const quant = await rpc.create(
      'stock.quant',
      { product_id: product, location_id: hospital.ward, inventory_quantity: 2, lot_id: lot },
      { inventory_mode: true },
    );
    const reply = await rpc.attempt('stock.quant', 'action_apply_inventory', { ids: [quant] });
    expect(reply).toMatchObject({
      status: 422,
      name: 'odoo.exceptions.ValidationError',
      message: expect.stringMatching(/^The serial number has already been assigned/),
    });
  });
});

describe('reading on hand', () => {
  it('by codes through dotted paths', async () => {
    const code = unique('P');
    const product = await hospital.product({ default_code: code });
    await hospital.count(product, 7);
    const domain = [
      ['product_id.default_code', '=', code],
      ['location_id.barcode', '=', hospital.sequenceCode],
    ];
    expect(await rpc.find('stock.quant', domain, ['quantity', 'reserved_quantity'])).toMatchObject([
      { quantity: 7, reserved_quantity: 0 },
    ]);
  });

  it('below a location', async () => {
    const product = await hospital.product();
    await hospital.count(product, 7);
    const above = idOf(hospital.warehouse.view_location_id);
    const quants = await rpc.find(
      'stock.quant',
      [
        ['product_id', '=', product],
        ['location_id', 'child_of', above],
      ],
      ['quantity'],
    );
    expect(quants).toMatchObject([{ quantity: 7 }]);
  });

  it('an assigned transfer reserves without moving', async () => {
    const product = await hospital.product();
    await hospital.count(product, 7);
    idsOf(await hospital.loadMovements([{ id: unique('mv'), product, quantity: 2 }]));
    expect(
      await rpc.find(
        'stock.quant',
        [
          ['product_id', '=', product],
          ['location_id', '=', hospital.ward],
        ],
        ['quantity', 'reserved_quantity'],
      ),
    ).toMatchObject([{ quantity: 7, reserved_quantity: 2 }]);
  });

  it('summed on the server by product, location and lot', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const [first, second] = [await hospital.lot(product), await hospital.lot(product)];
    await hospital.count(product, 5, first);
    await hospital.count(product, 7, second);
    await hospital.post([{ id: unique('mv'), product, quantity: 2, lot: first }]);
    const domain = [
      ['product_id', '=', product],
      ['location_id', 'in', [hospital.ward, hospital.consumption]],
    ];
    const groups = await rpc.call<Record<string, unknown>[]>('stock.quant', 'formatted_read_group', {
      domain,
      groupby: ['product_id', 'location_id', 'lot_id'],
      aggregates: ['quantity:sum', '__count'],
    });
    const summed = groups.map((group) => [
      idOf(group.product_id),
      idOf(group.location_id),
      idOf(group.lot_id),
      group['quantity:sum'],
      group.__count,
    ]);
    const expected = [
      [product, hospital.ward, first, 3, 1],
      [product, hospital.ward, second, 7, 1],
      [product, hospital.consumption, first, 2, 1],
    ];
    expect(summed).toHaveLength(3);
    expect(summed).toEqual(expect.arrayContaining(expected));
    expect(groups[0]).toHaveProperty('__extra_domain');
  });

  it('summed into one when no group is asked for', async () => {
    const product = await hospital.product();
    await hospital.count(product, 5);
    const args = {
      domain: [
        ['product_id', '=', product],
        ['location_id', '=', hospital.ward],
      ],
      groupby: [],
      aggregates: ['quantity:sum', '__count'],
    };
    expect(await rpc.call('stock.quant', 'formatted_read_group', args)).toMatchObject([
      { 'quantity:sum': 5, __count: 1 },
    ]);
  });
});

describe('units of measure', () => {
  it('are factors relative to another unit, without categories', async () => {
    const dozen = await byExternalId(rpc, 'uom', 'product_uom_dozen');
    const rows = await rpc.find(
      'uom.uom',
      [['id', 'in', [hospital.unit, dozen]]],
      ['name', 'relative_factor', 'relative_uom_id', 'factor'],
      { order: 'id', context: { active_test: false } },
    );
    expect(rows).toEqual([
      { id: hospital.unit, name: 'Units', relative_factor: 1, relative_uom_id: false, factor: 1 },
      { id: dozen, name: 'Dozens', relative_factor: 12, relative_uom_id: [hospital.unit, 'Units'], factor: 12 },
    ]);
  });

  it('one made on another is worth the product of their factors', async () => {
    const box = await rpc.create('uom.uom', {
      name: unique('Box'),
      relative_factor: 10,
      relative_uom_id: hospital.unit,
    });
    const carton = await rpc.create('uom.uom', { name: unique('Carton'), relative_factor: 4, relative_uom_id: box });
    expect((await rpc.read('uom.uom', [carton], ['factor', 'relative_factor']))[0]).toMatchObject({
      factor: 40,
      relative_factor: 4,
    });
  });

  it('a movement in another unit is kept in it, and moves the stock unit', async () => {
    const box = await rpc.create('uom.uom', {
      name: unique('Box'),
      relative_factor: 10,
      relative_uom_id: hospital.unit,
    });
    const product = await hospital.product();
    await hospital.count(product, 50);
    const ids = await hospital.post([{ id: unique('mv'), product, quantity: 2, unit: box }]);
    expect(await hospital.onHand(product)).toBe(30);
    expect((await hospital.lines(ids))[0]).toMatchObject({ quantity: 2, quantity_product_uom: 20 });
  });
});
