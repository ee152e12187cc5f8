import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Movement } from './columns.js';
import { Hospital } from './hospital.js';
import { idOf, idsOf, unique } from './records.js';
import type { Row, Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
let warehouse: Row;
let vendors: number;
let shelf: number;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
  [warehouse] = (await rpc.read(
    'stock.warehouse',
    [hospital.warehouse.id],
    ['in_type_id', 'out_type_id', 'int_type_id'],
  )) as [Row];
  [vendors] = (await rpc.call<number[]>('stock.location', 'search', {
    domain: [
      ['usage', '=', 'supplier'],
      ['company_id', 'in', [hospital.company, false]],
    ],
    order: 'id',
    limit: 1,
  })) as [number];
  const name = unique('S');
  const parent = idOf(hospital.warehouse.view_location_id);
  shelf = await rpc.create('stock.location', {
    ...{ name, usage: 'internal', company_id: hospital.company, location_id: parent, barcode: name },
  });
});
afterAll(() => hospital.close());

const type = (field: 'in_type_id' | 'out_type_id' | 'int_type_id'): number => idOf(warehouse[field]);

const move = (product: number, quantity: number, more: Partial<Movement>): Movement => ({
  ...{ id: unique('mv'), product, quantity },
  ...more,
});

/** Virtual locations of the company by usage, archived ones too, oldest first. */
async function virtual(usage: string): Promise<Row[]> {
  const domain = [
    ['usage', '=', usage],
    ['company_id', '=', hospital.company],
  ];
  return rpc.find('stock.location', domain, ['name', 'active'], { order: 'id', context: { active_test: false } });
}

describe('a transfer', () => {
  it('goes by the internal type of its warehouse, which a fresh Odoo keeps archived', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    await hospital.count(product, 5, lot);
    const ids = await hospital.post([move(product, 2, { lot, to: shelf, type: type('int_type_id') })]);
    expect(await rpc.read('stock.picking', ids, ['state', 'picking_type_id'])).toMatchObject([
      { state: 'done', picking_type_id: [type('int_type_id'), expect.any(String)] },
    ]);
    expect(await hospital.lines(ids)).toMatchObject([{ quantity: 2, lot_id: [lot, expect.any(String)] }]);
    expect(await hospital.onHand(product, hospital.ward, lot)).toBe(3);
    expect(await hospital.onHand(product, shelf, lot)).toBe(2);
  });

  it("in two steps lies in the company's transit location meanwhile, even an archived one", async () => {
    const [transit] = await virtual('transit');
    const product = await hospital.product();
    await hospital.count(product, 5);
    const internal = type('int_type_id');
    await hospital.post([move(product, 2, { to: transit!.id, type: internal })]);
    expect(await hospital.onHand(product, transit!.id)).toBe(2);
    await hospital.post([move(product, 1, { from: transit!.id, to: shelf, type: internal })]);
    expect(await hospital.onHand(product, transit!.id)).toBe(1);
    expect(await hospital.onHand(product, shelf)).toBe(1);
  });

  it('of the last pieces of a lot takes them though another transfer has reserved them', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    await hospital.count(product, 2, lot);
    const [reserving] = idsOf(await hospital.loadMovements([move(product, 2, { lot })]));
    await hospital.post([move(product, 2, { lot, to: shelf, type: type('int_type_id') })]);
    expect(await hospital.onHand(product, shelf, lot)).toBe(2);
    expect(await hospital.states([reserving!])).not.toEqual(['done']);
  });
});

describe('a receipt', () => {
  it('comes in from the vendors without an order, its new lot made before with its expiry', async () => {
    const product = await hospital.product({ tracking: 'lot', use_expiration_date: true });
    const columns = ['id', 'name', 'product_id/.id', 'company_id/.id', 'expiration_date'];
    const name = unique('L');
    const row = [`wardline.${name}`, name, product, hospital.company, '2031-03-31 12:00:00'];
    const [lot] = idsOf(await rpc.load('stock.lot', columns, [row], { tz: 'UTC' }));
    expect(idsOf(await rpc.load('stock.lot', columns, [row], { tz: 'UTC' }))).toEqual([lot]);
    expect(await rpc.read('stock.lot', [lot!], ['expiration_date', 'name'])).toMatchObject([
      { name, expiration_date: '2031-03-31 12:00:00' },
    ]);
    const ids = await hospital.post([
      move(product, 6, { lot: lot!, from: vendors, to: shelf, type: type('in_type_id') }),
    ]);
    expect(await hospital.states(ids)).toEqual(['done']);
    expect(await hospital.lines(ids)).toMatchObject([{ quantity: 6, lot_id: [lot, expect.any(String)] }]);
    expect(await hospital.onHand(product, shelf, lot)).toBe(6);
    expect(await rpc.read('stock.lot', [lot!], ['expiration_date'])).toMatchObject([
      { expiration_date: '2031-03-31 12:00:00' },
    ]);
  });

  it('of a lot whose name the product has already is refused by load, whole and with the name', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const name = unique('L');
    await hospital.lot(product, { name });
    const columns = ['id', 'name', 'product_id/.id', 'company_id/.id'];
    const answer = await rpc.load('stock.lot', columns, [[`wardline.${unique('l')}`, name, product, hospital.company]]);
    expect(answer.ids).toBe(false);
    expect(answer.messages.map(({ message }) => message).join()).toContain(name);
  });

  it('of a serial that is on a shelf already is refused at validation', async () => {
    const product = await hospital.product({ tracking: 'serial' });
    const lot = await hospital.lot(product);
    await hospital.count(product, 1, lot, shelf);
    const ids = idsOf(
      await hospital.loadMovements([move(product, 1, { lot, from: vendors, to: shelf, type: type('in_type_id') })]),
    );
    expect(await hospital.validate(ids)).toMatchObject({
      status: 422,
      message: expect.stringContaining('serial number has already been assigned') as string,
    });
  });

  it('goes back to the vendor by the type of deliveries, without a wizard', async () => {
    const product = await hospital.product();
    await hospital.count(product, 5, undefined, shelf);
    const ids = await hospital.post([move(product, 2, { from: shelf, to: vendors, type: type('out_type_id') })]);
    expect(await hospital.states(ids)).toEqual(['done']);
    expect(await hospital.onHand(product, shelf)).toBe(3);
  });
});

describe('an adjustment and a scrap', () => {
  it("are transfers from and to the company's loss location, which an external id finds again", async () => {
    const [loss] = await virtual('inventory');
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    const found = move(product, 3, { lot, from: loss!.id, to: shelf });
    await hospital.post([found]);
    await hospital.post([move(product, 1, { lot, from: shelf, to: loss!.id })]);
    expect(await hospital.onHand(product, shelf, lot)).toBe(2);
    expect(await rpc.find('ir.model.data', [['name', '=', found.id]], ['model'])).toMatchObject([
      { model: 'stock.picking' },
    ]);
    const inventory = [['product_id', '=', product]];
    expect(await rpc.find('stock.move.line', inventory, ['is_inventory'], { limit: 1 })).toMatchObject([
      { is_inventory: false },
    ]);
  });

  it('keep a reason of any length in the source document', async () => {
    const [loss] = await virtual('inventory');
    const product = await hospital.product();
    const origin = `wardline ${unique()}: ${'broken on the way, '.repeat(20)}end`;
    const ids = await hospital.post([move(product, 3, { from: loss!.id, to: shelf, origin })]);
    expect(await rpc.read('stock.picking', ids, ['origin'])).toMatchObject([{ origin }]);
  });

  it('need a lot where the product has them, by an operation type that uses lots', async () => {
    const [loss] = await virtual('inventory');
    const product = await hospital.product({ tracking: 'lot' });
    const ids = idsOf(await hospital.loadMovements([move(product, 3, { from: loss!.id, to: shelf })]));
    expect(await hospital.validate(ids)).toMatchObject({
      status: 422,
      message: expect.stringContaining('Lot/Serial') as string,
    });
  });
});

describe('what was done, found by its lines', () => {
  const done = (product: number): Promise<Row[]> =>
    rpc.find(
      'stock.move.line',
      [
        ['state', '=', 'done'],
        ['product_id.is_storable', '=', true],
        ['product_id', '=', product],
        ['write_date', '>=', '2020-01-01 00:00:00'],
      ],
      ['write_date', 'write_uid', 'date', 'reference', 'origin', 'picking_id', 'quantity_product_uom'],
      { order: 'id' },
    );

  it('a line keeps the external id it was loaded with through validation, and stays the only one', async () => {
    const product = await hospital.product({ tracking: 'lot' });
    const lot = await hospital.lot(product);
    const moves = [move(product, 2, { lot, from: vendors, to: shelf, type: type('in_type_id') })];
    moves.push(move(product, 1, { lot, from: shelf, to: hospital.ward, type: type('int_type_id') }));
    await hospital.post(moves);
    const names = moves.map(({ id }) => `${id}_line`);
    const found = await rpc.find('ir.model.data', [['name', 'in', names]], ['model', 'res_id'], { order: 'res_id' });
    expect(found.map(({ model }) => model)).toEqual(['stock.move.line', 'stock.move.line']);
    expect(found.map(({ res_id: id }) => id)).toEqual((await done(product)).map(({ id }) => id));
  });

  it('a count leaves a line without transfer and external id, with its user and the second it was done', async () => {
    const product = await hospital.product();
    await hospital.count(product, 4, undefined, shelf);
    const lines = await done(product);
    const second = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string;
    expect(lines).toMatchObject([
      {
        ...{ picking_id: false, quantity_product_uom: 4, origin: false, write_date: second, date: second },
        ...{ write_uid: [expect.any(Number), expect.any(String)], reference: expect.any(String) as string },
      },
    ]);
    const ids = lines.map(({ id }) => id);
    const named = await rpc.find(
      'ir.model.data',
      [
        ['model', '=', 'stock.move.line'],
        ['res_id', 'in', ids],
      ],
      ['name'],
    );
    expect(named).toEqual([]);
  });

  it('a transfer that is not done yet is not among them', async () => {
    const product = await hospital.product();
    idsOf(await hospital.loadMovements([move(product, 1, { to: shelf, type: type('int_type_id') })]));
    expect(await done(product)).toEqual([]);
  });
});
