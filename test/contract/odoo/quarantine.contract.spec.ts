import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hospital } from './hospital.js';
import { idOf, idsOf, unique } from './records.js';
import type { LoadReply, Row, Rpc } from './rpc.js';

const columns = ['id', 'name', 'barcode', 'usage', 'location_id/.id', 'company_id/.id'];

let hospital: Hospital;
let rpc: Rpc;
let home: number;
let stock: number;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
  home = idOf(hospital.warehouse.view_location_id);
  stock = idOf(hospital.warehouse.lot_stock_id);
});
afterAll(() => hospital.close());

/** A shelf in the warehouse's stock. */
async function shelf(): Promise<{ id: number; code: string }> {
  const code = unique('S');
  const place = { name: code, barcode: code, usage: 'internal', company_id: hospital.company, location_id: stock };
  return { id: await rpc.create('stock.location', place), code };
}

function quarantine(code: string, parent: number, id = `wardline.quarantine_${code}_${parent}`): Promise<LoadReply> {
  const row = [id, `${code} Quarantine`, `${code}/Quarantine`, 'internal', parent, hospital.company];
  return rpc.load('stock.location', columns, [row], { lang: 'en_US', tz: 'UTC' });
}

/** What a delivery of three pieces from the warehouse's stock sets aside. */
async function setAside(product: number): Promise<Row[]> {
  const [warehouse] = await rpc.read('stock.warehouse', [hospital.warehouse.id], ['out_type_id']);
  const places = { location_id: stock, location_dest_id: hospital.consumption };
  const [picking] = await rpc.call<number[]>('stock.picking', 'create', {
    vals_list: [
      {
        ...{ picking_type_id: idOf(warehouse?.['out_type_id']), ...places },
        move_ids: [[0, 0, { product_id: product, product_uom_qty: 3, ...places }]],
      },
    ],
  });
  await rpc.call('stock.picking', 'action_confirm', { ids: [picking] });
  await rpc.call('stock.picking', 'action_assign', { ids: [picking] });
  return rpc.find('stock.move.line', [['picking_id', '=', picking]], ['location_id', 'quantity']);
}

describe('a place of quarantine', () => {
  it('is made by external id with a barcode of code and slash, and a repeat finds it', async () => {
    const { code } = await shelf();
    const [id] = idsOf(await quarantine(code, home));
    expect(idsOf(await quarantine(code, home))).toEqual([id]);
    const fields = ['complete_name', 'barcode', 'usage', 'company_id', 'warehouse_id', 'active'];
    const named = ['|', ['barcode', 'in', [`${code}/Quarantine`]], ['complete_name', 'in', [`${code}/Quarantine`]]];
    const [found] = await rpc.find('stock.location', named, fields, { order: 'id' });
    expect(found).toMatchObject({ id, barcode: `${code}/Quarantine`, usage: 'internal', active: true });
    expect(idOf(found?.['warehouse_id'])).toBe(hospital.warehouse.id);
    expect(idOf(found?.['company_id'])).toBe(hospital.company);
    expect(found?.['complete_name']).toMatch(new RegExp(`/${code} Quarantine$`));
  });

  it('that was made before gets its barcode back by two columns, all else stays as it is', async () => {
    const { code } = await shelf();
    const external = `wardline.quarantine_${code}`;
    const [id] = idsOf(await quarantine(code, home, external));
    await rpc.call('stock.location', 'write', { ids: [id], vals: { name: 'Blocked', barcode: unique('B') } });
    const again = await rpc.load('stock.location', ['id', 'barcode'], [[external, `${code}/Quarantine`]]);
    expect(idsOf(again)).toEqual([id]);
    expect(await rpc.read('stock.location', [id!], ['name', 'barcode'])).toMatchObject([
      { name: 'Blocked', barcode: `${code}/Quarantine` },
    ]);
  });

  it('beside the stock of its warehouse is out of reach of a delivery; in the stock it would be taken', async () => {
    const { id: place, code } = await shelf();
    const [inside] = idsOf(await quarantine(code, place));
    const inStock = await hospital.product();
    await hospital.count(inStock, 3, undefined, inside);
    expect(await setAside(inStock)).toMatchObject([{ quantity: 3, location_id: [inside, expect.any(String)] }]);

    const other = await shelf();
    const [beside] = idsOf(await quarantine(other.code, home));
    const blocked = await hospital.product();
    await hospital.count(blocked, 3, undefined, beside);
    expect(await setAside(blocked)).toEqual([]);
  });

  it('takes stock and gives it back by the internal type of the warehouse', async () => {
    const { id: place, code } = await shelf();
    const [beside] = idsOf(await quarantine(code, home));
    const [types] = await rpc.read('stock.warehouse', [hospital.warehouse.id], ['int_type_id']);
    const type = idOf(types?.['int_type_id']);
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    await hospital.count(product, 5, lot, place);
    await hospital.post([{ id: unique('q'), product, quantity: 4, lot, from: place, to: beside!, type }]);
    await hospital.post([{ id: unique('q'), product, quantity: 1, lot, from: beside!, to: place, type }]);
    expect([await hospital.onHand(product, place, lot), await hospital.onHand(product, beside, lot)]).toEqual([2, 3]);
  });

  it('made by two at once is one, whatever the slower one is told', async () => {
    const { code } = await shelf();
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => quarantine(code, home)));
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    const rows = await rpc.find('stock.location', [['barcode', '=', `${code}/Quarantine`]], ['id']);
    expect(rows).toHaveLength(1);
  });

  it('of a barcode that the company has is refused by load, whole', async () => {
    const { code } = await shelf();
    idsOf(await quarantine(code, home));
    const { ids, messages } = await quarantine(code, home, `wardline.other_${code}`);
    expect(ids).toBe(false);
    expect(messages.map(({ message }) => message).join()).toContain('barcode');
  });
});
