import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postingColumns } from './columns.js';
import { Hospital } from './hospital.js';
import { idsOf, unique } from './records.js';
import type { Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
});
afterAll(() => hospital.close());

async function externalIds(names: readonly string[]): Promise<unknown[]> {
  const found = await rpc.find('ir.model.data', [['name', 'in', names]], ['module', 'name', 'model', 'res_id'], {
    order: 'name',
  });
  return found.map(({ module, name, model, res_id: id }) => [module, name, model, id]);
}

describe('load of a transfer with its move and line', () => {
  it('makes an assigned transfer, whatever is on hand, named by the sequence of its type', async () => {
    const product = await hospital.product();
    const name = unique('mv');
    const ids = idsOf(await hospital.loadMovements([{ id: name, product, quantity: 3, origin: `event ${name}` }]));
    const [transfer] = await rpc.read('stock.picking', ids, [
      'name',
      'state',
      'origin',
      'move_ids',
      'move_line_ids',
      'company_id',
      'picking_type_id',
    ]);
    expect(transfer).toMatchObject({
      state: 'assigned',
      origin: `event ${name}`,
      move_ids: [expect.any(Number)],
      move_line_ids: [expect.any(Number)],
    });
    expect(transfer?.name).toMatch(new RegExp(`^${String(hospital.warehouse.code)}/${hospital.sequenceCode}/\\d{5}$`));
    const [move] = await rpc.find(
      'stock.move',
      [['picking_id', 'in', ids]],
      ['product_uom_qty', 'quantity', 'picked', 'state', 'move_line_ids'],
    );
    expect(move).toMatchObject({
      product_uom_qty: 3,
      quantity: 3,
      picked: true,
      state: 'assigned',
      move_line_ids: transfer?.move_line_ids,
    });
  });

  it('repeated before validation updates in place, because the move and the line have external ids too', async () => {
    const product = await hospital.product();
    const name = unique('mv');
    const first = idsOf(await hospital.loadMovements([{ id: name, product, quantity: 1 }]));
    const again = idsOf(await hospital.loadMovements([{ id: name, product, quantity: 2 }]));
    expect(again).toEqual(first);
    expect((await hospital.lines(first)).map(({ quantity }) => quantity)).toEqual([2]);
    expect(await rpc.call('stock.move', 'search_count', { domain: [['picking_id', 'in', first]] })).toBe(1);
  });

  it('repeated without external ids on move and line doubles the movement: never to be sent so', async () => {
    const product = await hospital.product();
    const row = hospital.row({ id: unique('mv'), product, quantity: 1 });
    const kept = postingColumns.flatMap((column, index) =>
      column === 'move_ids/id' || column === 'move_line_ids/id' ? [] : [index],
    );
    const fields = kept.map((index) => postingColumns[index] ?? '');
    const data = [kept.map((index) => row[index])];
    await rpc.load('stock.picking', fields, data);
    const ids = idsOf(await rpc.load('stock.picking', fields, data));
    expect((await hospital.lines(ids)).map(({ quantity }) => quantity)).toEqual([1, 1]);
  });

  it('repeated after validation is refused in a message', async () => {
    const product = await hospital.product();
    const movement = { id: unique('mv'), product, quantity: 1 };
    const ids = await hospital.post([movement]);
    const reply = await hospital.loadMovements([movement]);
    expect(reply).toMatchObject({
      ids: false,
      messages: [{ type: 'error', message: 'Changing the operation type of this record is forbidden at this point.' }],
    });
    expect(await hospital.lines(ids)).toHaveLength(1);
  });

  it('refuses the lot of another product, and the whole batch with it', async () => {
    const [product, other] = [await hospital.product({ tracking: 'lot' }), await hospital.product({ tracking: 'lot' })];
    const [good, bad] = [unique('mv'), unique('mv')];
    const reply = await hospital.loadMovements([
      { id: good, product, quantity: 1, lot: await hospital.lot(product) },
      { id: bad, product, quantity: 1, lot: await hospital.lot(other) },
    ]);
    expect(reply).toMatchObject({
      ids: false,
      // The first is an echo that blames the batch's first row; the last names the row at fault.
      messages: [{ rows: { from: 0, to: 0 } }, { rows: { from: 1, to: 1 } }],
    });
    const words = /^This lot L\w+ is incompatible with this product/;
    expect(reply.messages.map(({ message }) => words.test(message))).toEqual([true, true]);
    expect(await externalIds([good, bad])).toEqual([]);
  });

  it('names the row of a product that is gone', async () => {
    const product = await hospital.product();
    const reply = await hospital.loadMovements([
      { id: unique('mv'), product, quantity: 1 },
      { id: unique('mv'), product: 999_999_999, quantity: 1 },
    ]);
    expect(reply.ids).toBe(false);
    expect(reply.messages[0]).toMatchObject({
      rows: { from: 1 },
      field: 'move_ids',
      message: expect.stringContaining("No matching record found for database id '999999999'"),
    });
  });

  it('reads date-times in the time zone of the context', async () => {
    const product = await hospital.product();
    const row = [...hospital.row({ id: unique('mv'), product, quantity: 1 }), '2026-07-01 08:00:00'];
    const at = async (tz: string): Promise<unknown> => {
      const ids = idsOf(await rpc.load('stock.picking', [...postingColumns, 'scheduled_date'], [row], { tz }));
      return (await rpc.read('stock.picking', ids, ['scheduled_date']))[0]?.scheduled_date;
    };
    expect(await at('UTC')).toBe('2026-07-01 08:00:00');
    expect(await at('Europe/Brussels')).toBe('2026-07-01 06:00:00');
  });
});
