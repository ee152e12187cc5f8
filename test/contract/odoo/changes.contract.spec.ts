import { eventually } from '@wardline/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hospital } from './hospital.js';
import { idOf, unique } from './records.js';
import type { Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
});
afterAll(() => hospital.close());

const wholeSecond = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** Resolves in the next second: a write date of before can then be told from one of after. */
async function nextSecond(): Promise<void> {
  const second = (): number => Math.floor(Date.now() / 1_000);
  const now = second();
  await eventually(() => expect(second()).toBeGreaterThan(now));
}

describe('write_date, by which changes are found', () => {
  it('has whole seconds, so that records of one second tie', async () => {
    const [first, second] = await rpc.call<number[]>('res.partner', 'create', {
      vals_list: [{ name: 'x' }, { name: 'y' }],
    });
    const rows = await rpc.read('res.partner', [first ?? 0, second ?? 0], ['write_date', 'create_date']);
    expect(rows[0]?.write_date).toMatch(wholeSecond);
    expect(rows[0]?.write_date).toBe(rows[1]?.write_date);
  });

  it('a cursor of write_date and id reads every tie once', async () => {
    const mark = unique('T');
    const made = await rpc.call<number[]>('res.partner', 'create', {
      vals_list: [0, 1, 2, 3, 4].map((n) => ({ name: `${mark} ${n}` })),
    });
    const seen: number[] = [];
    let cursor: { at: unknown; id: number } = { at: '2020-01-01 00:00:00', id: 0 };
    for (let page = 0; page < 4; page += 1) {
      const after = ['|', ['write_date', '>', cursor.at], '&', ['write_date', '=', cursor.at], ['id', '>', cursor.id]];
      const rows = await rpc.find('res.partner', ['&', ['name', '=like', `${mark} %`], ...after], ['write_date'], {
        order: 'write_date, id',
        limit: 2,
      });
      seen.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      if (last) cursor = { at: last.write_date, id: last.id };
    }
    expect(seen).toEqual(made);
  });

  it.each<[string, boolean, (product: number, template: number) => Promise<unknown>]>([
    [
      'moves when the product is written',
      true,
      (product) => rpc.call('product.product', 'write', { ids: [product], vals: { default_code: unique('P') } }),
    ],
    [
      'moves when its template is written',
      true,
      (_, template) => rpc.call('product.template', 'write', { ids: [template], vals: { name: 'new' } }),
    ],
    [
      'moves when its units are changed',
      true,
      (_, template) =>
        rpc.call('product.template', 'write', { ids: [template], vals: { uom_ids: [[6, 0, [hospital.unit]]] } }),
    ],
    [
      'moves when it is archived',
      true,
      (product) => rpc.call('product.product', 'write', { ids: [product], vals: { active: false } }),
    ],
    [
      'does not move when a packaging barcode is added',
      false,
      (product) => rpc.create('product.uom', { product_id: product, uom_id: hospital.unit, barcode: unique('B') }),
    ],
    [
      'does not move when a supplier item is added',
      false,
      async (_, template) => {
        const partner = await rpc.create('res.partner', { name: 'x' });
        await rpc.create('product.supplierinfo', { product_tmpl_id: template, partner_id: partner, product_code: 'S' });
      },
    ],
    ['does not move when its stock changes', false, (product) => hospital.count(product, 1)],
  ])('of a product %s', async (_, moves, change) => {
    const product = await hospital.product();
    const read = async (): Promise<unknown> =>
      (await rpc.read('product.product', [product], ['write_date']))[0]?.write_date;
    const [row] = await rpc.read('product.product', [product], ['product_tmpl_id']);
    const before = await read();
    await nextSecond();
    await change(product, idOf(row?.product_tmpl_id));
    expect((await read()) !== before).toBe(moves);
  });

  it('of a supplier item and of a packaging barcode moves by itself', async () => {
    const product = await hospital.product();
    const [row] = await rpc.read('product.product', [product], ['product_tmpl_id']);
    const partner = await rpc.create('res.partner', { name: 'x', ref: unique('S') });
    const [item, packaging] = [
      await rpc.create('product.supplierinfo', {
        product_tmpl_id: idOf(row?.product_tmpl_id),
        partner_id: partner,
        product_code: 'S1',
      }),
      await rpc.create('product.uom', { product_id: product, uom_id: hospital.unit, barcode: unique('B') }),
    ];
    const [found] = await rpc.find(
      'product.supplierinfo',
      [
        ['id', '=', item],
        ['partner_id.ref', '!=', false],
      ],
      ['product_id', 'product_tmpl_id', 'partner_id', 'product_code', 'write_date'],
    );
    expect(found).toMatchObject({
      product_id: [product, expect.any(String)],
      product_tmpl_id: row?.product_tmpl_id,
      partner_id: [partner, 'x'],
      product_code: 'S1',
      write_date: expect.stringMatching(wholeSecond),
    });
    const [barcode] = await rpc.read('product.uom', [packaging], ['product_id', 'uom_id', 'barcode', 'write_date']);
    expect(barcode).toMatchObject({
      product_id: [product, expect.any(String)],
      uom_id: [hospital.unit, 'Units'],
      write_date: expect.stringMatching(wholeSecond),
    });
    expect((await rpc.read('product.product', [product], ['seller_ids', 'product_uom_ids']))[0]).toMatchObject({
      seller_ids: [item],
      product_uom_ids: [packaging],
    });
  });
});

describe('commands on x2many fields', () => {
  it('create, update, delete, unlink, link, clear and set', async () => {
    const names = async (id: number): Promise<string> => {
      const rows = await rpc.find('res.partner', [['parent_id', '=', id]], ['name'], { order: 'name' });
      return rows.map(({ name }) => name).join(' ');
    };
    const write = (id: number, commands: unknown[]): Promise<boolean> =>
      rpc.call('res.partner', 'write', { ids: [id], vals: { child_ids: commands } });
    const parent = await rpc.create('res.partner', {
      name: 'p',
      child_ids: [
        [0, 0, { name: 'a' }],
        [0, 0, { name: 'b' }],
      ],
    });
    expect(await names(parent)).toBe('a b');
    const [a = 0, b = 0] = await rpc.call<number[]>('res.partner', 'search', {
      domain: [['parent_id', '=', parent]],
      order: 'name',
    });
    await write(parent, [
      [1, a, { name: 'c' }],
      [2, b, 0],
    ]);
    expect(await names(parent)).toBe('c');
    expect(await rpc.read('res.partner', [b], ['name'])).toEqual([]);
    await write(parent, [[3, a, 0]]);
    expect(await names(parent)).toBe('');
    await write(parent, [[4, a, 0]]);
    expect(await names(parent)).toBe('c');
    await write(parent, [[5, 0, 0]]);
    expect(await names(parent)).toBe('');
    await write(parent, [[6, 0, [a]]]);
    expect(await names(parent)).toBe('c');
  });

  it('set on a many2many replaces', async () => {
    const product = await hospital.product({ uom_ids: [[6, 0, [hospital.unit]]] });
    const read = async (): Promise<unknown> => (await rpc.read('product.product', [product], ['uom_ids']))[0]?.uom_ids;
    expect(await read()).toEqual([hospital.unit]);
    await rpc.call('product.product', 'write', { ids: [product], vals: { uom_ids: [[6, 0, []]] } });
    expect(await read()).toEqual([]);
    await rpc.call('product.product', 'write', { ids: [product], vals: { uom_ids: [[4, hospital.unit]] } });
    expect(await read()).toEqual([hospital.unit]);
  });
});
