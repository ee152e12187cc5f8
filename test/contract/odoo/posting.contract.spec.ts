import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hospital } from './hospital.js';
import { idOf, idsOf, unique } from './records.js';
import type { Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
});
afterAll(() => hospital.close());

const move = (
  product: number,
  quantity: number,
  more: object = {},
): { id: string; product: number; quantity: number } => ({ id: unique('mv'), product, quantity, ...more });

describe('validating consumption', () => {
  it('takes it from the ward, without and with lot and serial, in one call', async () => {
    const [plain, lotted, serialled] = [
      await hospital.product(),
      await hospital.product({ tracking: 'lot' }),
      await hospital.product({ tracking: 'serial' }),
    ];
    const [lot, other, serial] = [
      await hospital.lot(lotted),
      await hospital.lot(lotted),
      await hospital.lot(serialled),
    ];
    await hospital.count(plain, 10);
    await hospital.count(lotted, 10, other);
    await hospital.count(lotted, 10, lot);
    await hospital.count(serialled, 1, serial);
    const ids = await hospital.post([move(plain, 2.5), move(lotted, 3, { lot }), move(serialled, 1, { lot: serial })]);
    expect(await hospital.states(ids)).toEqual(['done', 'done', 'done']);
    expect(await hospital.onHand(plain)).toBe(7.5);
    expect(await hospital.onHand(lotted, hospital.ward, lot)).toBe(7);
    expect(await hospital.onHand(lotted, hospital.ward, other)).toBe(10);
    expect(await hospital.onHand(serialled, hospital.ward, serial)).toBe(0);
    expect(await hospital.onHand(lotted, hospital.consumption, lot)).toBe(3);
  });

  it('can be read back for many documents in three calls', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    const [first, second] = [move(product, 1, { lot }), move(product, 2, { lot })];
    await hospital.post([first, second]);
    const found = await rpc.find(
      'ir.model.data',
      [
        ['module', '=', 'wardline'],
        ['model', '=', 'stock.picking'],
        ['name', 'in', [first.id, second.id, 'never_sent']],
      ],
      ['name', 'res_id'],
      { order: 'res_id' },
    );
    expect(found.map(({ name }) => name)).toEqual([first.id, second.id]);
    const ids = found.map(({ res_id: id }) => Number(id));
    const transfers = await rpc.find('stock.picking', [['id', 'in', ids]], ['state', 'origin', 'date_done'], {
      order: 'id',
    });
    expect(transfers).toMatchObject([
      { state: 'done', origin: first.id },
      { state: 'done', origin: second.id },
    ]);
    const lines = await hospital.lines(ids);
    expect(lines).toMatchObject([
      {
        picking_id: [ids[0], expect.any(String)],
        product_id: [product, expect.any(String)],
        lot_id: [lot, expect.any(String)],
        quantity: 1,
        state: 'done',
      },
      {
        picking_id: [ids[1], expect.any(String)],
        quantity: 2,
        quantity_product_uom: 2,
        location_id: [hospital.ward, expect.any(String)],
      },
    ]);
    expect(transfers[0]?.date_done).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('answers true again for a transfer that is done, and moves nothing', async () => {
    const product = await hospital.product();
    await hospital.count(product, 5);
    const ids = await hospital.post([move(product, 2)]);
    expect(await hospital.validate(ids)).toMatchObject({ status: 200, body: true });
    expect(await hospital.onHand(product)).toBe(3);
  });

  it('goes back from Consumption to the ward with the same operation type', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    await hospital.count(product, 5, lot);
    await hospital.post([move(product, 2, { lot })]);
    await hospital.post([move(product, 2, { lot, from: hospital.consumption, to: hospital.ward })]);
    expect(await hospital.onHand(product, hospital.ward, lot)).toBe(5);
    expect(await hospital.onHand(product, hospital.consumption, lot)).toBe(0);
  });

  it('asks about an expired lot by a wizard, which is a 200 that did nothing', async () => {
    const product = await hospital.product({ tracking: 'lot', use_expiration_date: true });
    const lot = await hospital.lot(product, { expiration_date: '2020-01-01 00:00:00' });
    await hospital.count(product, 5, lot);
    const ids = idsOf(await hospital.loadMovements([move(product, 1, { lot })]));
    const asked = await hospital.validate(ids, { skip_backorder: true });
    expect(asked).toMatchObject({
      status: 200,
      body: { type: 'ir.actions.act_window', res_model: 'expiry.picking.confirmation' },
    });
    expect(await hospital.states(ids)).toEqual(['assigned']);
    expect(await hospital.validate(ids)).toMatchObject({ status: 200, body: true });
    expect(await hospital.states(ids)).toEqual(['done']);
  });

  it('asks about a quantity below the demand by a wizard; told to skip it, leaves a back-order', async () => {
    const product = await hospital.product();
    const ids = idsOf(await hospital.loadMovements([move(product, 5)]));
    const lines = (await hospital.lines(ids)).map(({ id }) => id);
    await rpc.call('stock.move.line', 'write', { ids: lines, vals: { quantity: 3 } });
    const type = hospital.operationType;
    await rpc.call('stock.picking.type', 'write', { ids: [type], vals: { create_backorder: 'ask' } });
    const asked = await hospital.validate(ids, { skip_expired: true });
    expect(asked).toMatchObject({ status: 200, body: { res_model: 'stock.backorder.confirmation' } });
    expect(await hospital.states(ids)).toEqual(['assigned']);
    expect(await hospital.validate(ids)).toMatchObject({ body: true });
    const rest = await rpc.find('stock.picking', [['backorder_id', 'in', ids]], ['state', 'move_ids']);
    const moves = await rpc.find('stock.move', [['picking_id', 'in', rest.map(({ id }) => id)]], ['product_uom_qty']);
    expect(moves).toMatchObject([{ product_uom_qty: 2 }]);
    await rpc.call('stock.picking.type', 'write', { ids: [type], vals: { create_backorder: 'never' } });
  });
});

describe('after the fact', () => {
  it('a done transfer is backdated by its date, moves and lines with it', async () => {
    const product = await hospital.product();
    const ids = await hospital.post([move(product, 1)]);
    const at = '2026-01-02 03:04:05';
    expect(await rpc.call('stock.picking', 'write', { ids, vals: { date_done: at } })).toBe(true);
    expect(await rpc.read('stock.picking', ids, ['date_done'])).toMatchObject([{ date_done: at }]);
    expect(await rpc.find('stock.move', [['picking_id', 'in', ids]], ['date'])).toMatchObject([{ date: at }]);
    expect((await hospital.lines(ids))[0]?.date).toBe(at);
  });

  it('a transfer that cannot be posted is cancelled or deleted, its external id with it', async () => {
    const product = await hospital.product();
    const [cancelled, assigned] = [move(product, 1), move(product, 1)];
    const ids = idsOf(await hospital.loadMovements([cancelled, assigned]));
    expect(await rpc.call('stock.picking', 'action_cancel', { ids: ids.slice(0, 1) })).toBe(true);
    expect(await hospital.states(ids)).toEqual(['cancel', 'assigned']);
    expect(await rpc.call('stock.picking', 'unlink', { ids })).toBe(true);
    expect(await rpc.find('ir.model.data', [['name', 'in', [cancelled.id, assigned.id]]], ['name'])).toEqual([]);
  });

  it('names follow one another within the operation type', async () => {
    const product = await hospital.product();
    const ids = await hospital.post([move(product, 1), move(product, 1)]);
    const numbers = (await rpc.read('stock.picking', ids, ['name'])).map(({ name }) =>
      Number(String(name).split('/')[2]),
    );
    expect(numbers[1]).toBe((numbers[0] ?? 0) + 1);
    const [type] = await rpc.read('stock.picking.type', [hospital.operationType], ['sequence_id']);
    const [sequence] = await rpc.read('ir.sequence', [idOf(type?.sequence_id)], ['prefix', 'padding']);
    expect(sequence).toMatchObject({
      prefix: `${String(hospital.warehouse.code)}/${hospital.sequenceCode}/`,
      padding: 5,
    });
  });
});
