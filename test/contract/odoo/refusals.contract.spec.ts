import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

const move = (
  product: number,
  quantity: number,
  more: object = {},
): { id: string; product: number; quantity: number } => ({ id: unique('mv'), product, quantity, ...more });

describe('what Odoo refuses, it refuses for the whole call', () => {
  it('a tracked product without its lot: only at validation, naming the transfer among several', async () => {
    const [product, plain] = [await hospital.product({ tracking: 'lot' }), await hospital.product()];
    const ids = idsOf(await hospital.loadMovements([move(plain, 1), move(product, 1)]));
    const [, bad] = await rpc.read('stock.picking', ids, ['name']);
    const reply = await hospital.validate(ids);
    expect(reply).toMatchObject({ status: 422, name: 'odoo.exceptions.UserError' });
    expect(reply.message).toMatch(
      new RegExp(`^Transfers ${String(bad?.name)}: You need to supply a Lot/Serial number for products `),
    );
    expect(await hospital.states(ids)).toEqual(['assigned', 'assigned']);
    const alone = await hospital.validate(ids.slice(1));
    expect(alone.message).toMatch(/^You need to supply a Lot\/Serial number for products \[P\w+\] P\w+\.$/);
    expect(await hospital.validate(ids.slice(0, 1))).toMatchObject({ body: true });
  });

  it('a virtual location of another company', async () => {
    const product = await hospital.product();
    const { production } = await hospital.otherCompany();
    const ids = idsOf(await hospital.loadMovements([move(product, 1), move(product, 1, { to: production })]));
    const reply = await hospital.validate(ids);
    expect(reply).toMatchObject({
      status: 422,
      name: 'odoo.exceptions.UserError',
      message: expect.stringContaining('company inconsistencies'),
    });
    expect(await hospital.states(ids)).toEqual(['assigned', 'assigned']);
  });

  it('a serial that would be twice in the destination', async () => {
    const product = await hospital.product({ tracking: 'serial' });
    const lot = await hospital.lot(product);
    await hospital.post([move(product, 1, { lot })]);
    for (const quantity of [1, 2]) {
      const reply = await hospital.validate(idsOf(await hospital.loadMovements([move(product, quantity, { lot })])));
      expect(reply).toMatchObject({
        status: 422,
        name: 'odoo.exceptions.ValidationError',
        message: expect.stringMatching(/^The serial number has already been assigned/),
      });
    }
  });

  it('an empty transfer', async () => {
    const fields = ['id', 'picking_type_id/.id', 'location_id/.id', 'location_dest_id/.id'];
    const ids = idsOf(
      await rpc.load('stock.picking', fields, [
        [`wardline.${unique('mv')}`, hospital.operationType, hospital.ward, hospital.consumption],
      ]),
    );
    expect(await hospital.states(ids)).toEqual(['draft']);
    expect(await hospital.validate(ids)).toMatchObject({
      status: 422,
      message: expect.stringContaining('validate an empty transfer'),
    });
  });

  it.each([0, 0.004])('a quantity of %s alone, as one that rounds to nothing', async (quantity) => {
    const product = await hospital.product();
    const ids = idsOf(await hospital.loadMovements([move(product, quantity)]));
    expect(await hospital.validate(ids)).toMatchObject({
      status: 422,
      message: expect.stringMatching(/^Transfer trouble alert! Validating a zero quantity/),
    });
  });

  it('but a quantity of nothing among others: true, and that transfer is cancelled without a word', async () => {
    const product = await hospital.product();
    const ids = idsOf(await hospital.loadMovements([move(product, 0.004), move(product, 1)]));
    expect(await hospital.validate(ids)).toMatchObject({ status: 200, body: true });
    expect(await hospital.states(ids)).toEqual(['cancel', 'done']);
  });
});

describe('what Odoo lets pass without a word', () => {
  it.each([['none'], ['lot'], ['serial']])(
    'more than is there (tracking %s): the ward goes below zero',
    async (tracking) => {
      const product = await hospital.product({ tracking });
      const lot = tracking === 'none' ? undefined : await hospital.lot(product);
      await hospital.post([move(product, 1, lot === undefined ? {} : { lot })]);
      expect(await hospital.onHand(product)).toBe(-1);
    },
  );

  it('more digits than the precision "Product Unit" has: another number is stored', async () => {
    const [precision] = await rpc.find('decimal.precision', [['name', '=', 'Product Unit']], ['digits']);
    expect(precision?.digits).toBe(2);
    const product = await hospital.product();
    await hospital.count(product, 1);
    const ids = await hospital.post([move(product, 0.123456)]);
    expect((await hospital.lines(ids))[0]?.quantity).toBe(0.12);
    expect(await hospital.onHand(product)).toBe(0.88);
  });

  it('the quantity as text', async () => {
    const product = await hospital.product();
    const ids = await hospital.post([{ id: unique('mv'), product, quantity: '0.25' }]);
    expect((await hospital.lines(ids))[0]?.quantity).toBe(0.25);
  });
});
