import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hospital } from './hospital.js';
import { unique } from './records.js';
import type { Args, Row, Rpc } from './rpc.js';

let hospital: Hospital;
let rpc: Rpc;
beforeAll(async () => {
  hospital = await Hospital.open();
  rpc = hospital.rpc;
});
afterAll(() => hospital.close());

describe('domains', () => {
  // Five locations: a tree of a site with two wards and a shelf, and one apart.
  const mark = unique('D');
  const names = ['site', 'ward1', 'ward2', 'shelf', 'apart'] as const;
  const id: Record<string, number> = {};

  beforeAll(async () => {
    const location = async (name: string, values: Args): Promise<void> => {
      const given = { name: `${mark} ${name}`, company_id: hospital.company, usage: 'internal', ...values };
      id[name] = await rpc.create('stock.location', given);
    };
    await location('site', { usage: 'view' });
    await location('ward1', { location_id: id.site, barcode: `${mark}A` });
    await location('ward2', { location_id: id.site, barcode: `${mark}B` });
    await location('shelf', { location_id: id.ward1 });
    await location('apart', { usage: 'transit', company_id: false });
  });

  it.each<[string, () => unknown[], string]>([
    [
      'and by default',
      () => [
        ['usage', '=', 'internal'],
        ['barcode', '=', `${mark}A`],
      ],
      'ward1',
    ],
    ['& written out', () => ['&', ['usage', '=', 'internal'], ['barcode', '=', `${mark}A`]], 'ward1'],
    ['|', () => ['|', ['barcode', '=', `${mark}A`], ['barcode', '=', `${mark}B`]], 'ward1 ward2'],
    [
      '| of three',
      () => ['|', '|', ['id', '=', id.site], ['id', '=', id.shelf], ['id', '=', id.apart]],
      'site shelf apart',
    ],
    [
      '| and & nested',
      () => ['|', ['usage', '=', 'view'], '&', ['usage', '=', 'internal'], ['barcode', '=', false]],
      'site shelf',
    ],
    ['!', () => ['!', ['usage', '=', 'internal']], 'site apart'],
    ['! of |', () => ['!', '|', ['usage', '=', 'internal'], ['usage', '=', 'view']], 'apart'],
    ['!=', () => [['usage', '!=', 'internal']], 'site apart'],
    ['!= keeps the empty', () => [['barcode', '!=', `${mark}A`]], 'site ward2 shelf apart'],
    ['= false', () => [['barcode', '=', false]], 'site shelf apart'],
    ['!= false', () => [['barcode', '!=', false]], 'ward1 ward2'],
    ['in', () => [['barcode', 'in', [`${mark}A`, `${mark}B`, 'x']]], 'ward1 ward2'],
    ['in with false', () => [['barcode', 'in', [`${mark}A`, false]]], 'site ward1 shelf apart'],
    ['in nothing', () => [['id', 'in', []]], ''],
    ['not in', () => [['usage', 'not in', ['internal', 'view']]], 'apart'],
    ['not in keeps the empty', () => [['barcode', 'not in', [`${mark}A`]]], 'site ward2 shelf apart'],
    ['a many2one by id', () => [['location_id', '=', id.site]], 'ward1 ward2'],
    ['a many2one in ids', () => [['location_id', 'in', [id.site, id.ward1]]], 'ward1 ward2 shelf'],
    ['a dotted path', () => [['location_id.name', '=', `${mark} ward1`]], 'shelf'],
    ['a dotted path of two steps', () => [['location_id.location_id.usage', '=', 'view']], 'shelf'],
    ['child_of', () => [['id', 'child_of', id.site]], 'site ward1 ward2 shelf'],
    ['=like', () => [['name', '=like', `${mark} ward_`]], 'ward1 ward2'],
    ['=like is exact about case', () => [['name', '=like', `${mark} WARD%`]], ''],
    ['=ilike', () => [['name', '=ilike', `${mark} WARD%`]], 'ward1 ward2'],
    ['like', () => [['name', 'like', ' ward']], 'ward1 ward2'],
    ['ilike', () => [['name', 'ilike', 'SHELF']], 'shelf'],
    ['not ilike', () => [['name', 'not ilike', 'ward']], 'site shelf apart'],
    [
      'comparison',
      () => [
        ['id', '>=', id.ward2],
        ['id', '<', id.apart],
      ],
      'ward2 shelf',
    ],
    [
      'a point in time',
      () => [
        ['create_date', '>', '2020-01-01 00:00:00'],
        ['create_date', '<', '2099-01-01 00:00:00'],
      ],
      names.join(' '),
    ],
    ['a date without time is its midnight', () => [['create_date', '<', '2020-01-01']], ''],
  ])('%s', async (_, domain, expected) => {
    const found = await rpc.find(
      'stock.location',
      ['&', ['name', '=like', `${mark} %`], ...conjunction(domain())],
      ['name'],
      { order: 'id' },
    );
    expect(found.map(({ name }) => String(name).slice(mark.length + 1)).join(' ')).toBe(expected);
  });

  /** One condition out of several that stand side by side. */
  function conjunction(domain: unknown[]): unknown[] {
    const sides = domain.length === 2 && domain.every(Array.isArray);
    return sides ? ['&', ...domain] : domain;
  }

  it.each<[string, Args, string]>([
    ['order', { order: 'name desc' }, 'ward2 ward1 site shelf apart'],
    ['order by two', { order: 'usage, id desc' }, 'shelf ward2 ward1 apart site'],
    ['limit', { order: 'id', limit: 2 }, 'site ward1'],
    ['offset', { order: 'id', limit: 2, offset: 1 }, 'ward1 ward2'],
  ])('%s', async (_, more, expected) => {
    const found = await rpc.find('stock.location', [['name', '=like', `${mark} %`]], ['name'], more);
    expect(found.map(({ name }) => String(name).slice(mark.length + 1)).join(' ')).toBe(expected);
  });

  it('search answers ids, search_count a number', async () => {
    const domain = [['location_id', '=', id.site]];
    expect(await rpc.call('stock.location', 'search', { domain, order: 'id desc', limit: 1 })).toEqual([id.ward2]);
    expect(await rpc.call('stock.location', 'search_count', { domain })).toBe(2);
  });

  it('a location is called by its whole path', async () => {
    const [row] = await rpc.read(
      'stock.location',
      [id.shelf ?? 0],
      ['complete_name', 'display_name', 'location_id', 'company_id', 'barcode'],
    );
    const [path, parent] = [`${mark} site/${mark} ward1/${mark} shelf`, `${mark} site/${mark} ward1`];
    expect(row).toEqual({
      ...{ id: id.shelf, complete_name: path, display_name: path, location_id: [id.ward1, parent] },
      ...{ company_id: [hospital.company, expect.any(String)], barcode: false },
    });
  });
});

describe('what a record looks like', () => {
  it('empty is false, many2one is id and name, x2many is ids', async () => {
    const product = await hospital.product();
    const [row] = await rpc.read(
      'product.product',
      [product],
      ['barcode', 'uom_id', 'uom_ids', 'seller_ids', 'tracking', 'active', 'product_tmpl_id'],
    );
    expect(row).toEqual({
      ...{ id: product, barcode: false, uom_ids: [], seller_ids: [], tracking: 'none', active: true },
      ...{ uom_id: [hospital.unit, 'Units'], product_tmpl_id: [expect.any(Number), expect.any(String)] },
    });
  });

  it('a product is shown with its code before its name', async () => {
    const code = unique('P');
    const product = await hospital.product({ name: 'Glove', default_code: code });
    expect(await rpc.read('product.product', [product], ['display_name'])).toEqual([
      { id: product, display_name: `[${code}] Glove` },
    ]);
  });

  it('read keeps the order of the ids', async () => {
    const [first, second] = [await hospital.product(), await hospital.product()];
    const rows = await rpc.read('product.product', [second, first], ['name']);
    expect(rows.map(({ id }) => id)).toEqual([second, first]);
  });

  it('a lot carries its expiry as a point in time', async () => {
    const product = await hospital.product({ tracking: 'lot', use_expiration_date: true });
    const lot = await hospital.lot(product, { expiration_date: '2028-05-31 22:00:00' });
    const fields = ['product_id', 'company_id', 'expiration_date', 'location_id'];
    expect(await rpc.read('stock.lot', [lot], fields)).toEqual([
      {
        id: lot,
        product_id: [product, expect.any(String)],
        company_id: [hospital.company, expect.any(String)],
        expiration_date: '2028-05-31 22:00:00',
        location_id: false,
      },
    ]);
    await hospital.count(product, 1, lot);
    expect((await rpc.read('stock.lot', [lot], ['location_id']))[0]?.location_id).toEqual([
      hospital.ward,
      expect.any(String),
    ]);
  });

  it('archived records are found only when they are asked for', async () => {
    const product = await hospital.product();
    await rpc.call('product.product', 'write', { ids: [product], vals: { active: false } });
    const find = (more: Args): Promise<Row[]> => rpc.find('product.product', [['id', '=', product]], ['active'], more);
    expect(await find({})).toEqual([]);
    expect(await find({ context: { active_test: false } })).toEqual([{ id: product, active: false }]);
    expect(
      await rpc.find(
        'product.product',
        [
          ['id', '=', product],
          ['active', '=', false],
        ],
        ['active'],
      ),
    ).toHaveLength(1);
  });
});
