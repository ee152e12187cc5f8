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

const columns = ['id', 'name'];

async function externalIds(names: readonly string[]): Promise<unknown[]> {
  const found = await rpc.find('ir.model.data', [['name', 'in', names]], ['module', 'name', 'model', 'res_id'], {
    order: 'name',
  });
  return found.map(({ module, name, model, res_id: id }) => [module, name, model, id]);
}

describe('load creates or finds by external id', () => {
  it('creates, and answers the ids in the order of the rows', async () => {
    const [first, second] = [unique('a'), unique('b')];
    const reply = await rpc.load('res.partner', columns, [
      [`wardline.${second}`, second],
      [`wardline.${first}`, first],
    ]);
    expect(reply).toEqual({ ids: [expect.any(Number), expect.any(Number)], messages: [], nextrow: 0 });
    const rows = await rpc.read('res.partner', idsOf(reply), ['name']);
    expect(rows.map(({ name }) => name)).toEqual([second, first]);
    const ids = idsOf(reply);
    expect(await externalIds([first, second])).toEqual([
      ['wardline', first, 'res.partner', ids[1]],
      ['wardline', second, 'res.partner', ids[0]],
    ]);
  });

  it('updates the same record when the external id comes again', async () => {
    const name = unique('a');
    const [id] = idsOf(await rpc.load('res.partner', columns, [[`wardline.${name}`, 'before']]));
    const [again] = idsOf(await rpc.load('res.partner', columns, [[`wardline.${name}`, 'after']]));
    expect(again).toBe(id);
    expect(await rpc.read('res.partner', [again ?? 0], ['name'])).toEqual([{ id, name: 'after' }]);
  });

  it('takes the part before the first dot as the module, and a name without a dot as its own', async () => {
    const name = unique('a');
    const [dotted, plain] = idsOf(
      await rpc.load('res.partner', columns, [
        [`wardline.${name}.b.c`, 'x'],
        [name, 'y'],
      ]),
    );
    expect(await externalIds([name, `${name}.b.c`])).toEqual([
      ['__import__', name, 'res.partner', plain],
      ['wardline', `${name}.b.c`, 'res.partner', dotted],
    ]);
  });

  it('makes a new record when the one of that external id was deleted', async () => {
    const name = unique('a');
    const ids = idsOf(await rpc.load('res.partner', columns, [[`wardline.${name}`, 'x']]));
    await rpc.call('res.partner', 'unlink', { ids });
    expect(await externalIds([name])).toEqual([]);
    const [next] = idsOf(await rpc.load('res.partner', columns, [[`wardline.${name}`, 'x']]));
    expect(next).not.toBe(ids[0]);
  });

  it('finds what a column points at by database id, external id or name', async () => {
    const name = unique('a');
    const parent = idsOf(await rpc.load('res.partner', columns, [[`wardline.${name}`, name]]))[0];
    const load = (column: string, value: unknown): Promise<unknown> =>
      rpc
        .load('res.partner', ['id', 'name', column], [[`wardline.${unique('c')}`, 'child', value]])
        .then(async (reply) => {
          const [row] = await rpc.read('res.partner', idsOf(reply), ['parent_id']);
          return row?.parent_id;
        });
    for (const [column, value] of [
      ['parent_id/.id', parent],
      ['parent_id/.id', String(parent)],
      ['parent_id/id', `wardline.${name}`],
      ['parent_id', name],
    ] as const) {
      expect(await load(column, value)).toEqual([parent, name]);
    }
  });

  it('leaves a field empty where the cell is empty', async () => {
    const reply = await rpc.load(
      'stock.location',
      ['id', 'name', 'barcode', 'location_id/.id'],
      [[`wardline.${unique('l')}`, 'x', '', '']],
    );
    const [row] = await rpc.read('stock.location', idsOf(reply), ['barcode', 'location_id']);
    expect(row).toMatchObject({ barcode: false, location_id: false });
  });
});

describe('load writes all rows or none, and says so in a 200', () => {
  it.each<[string, readonly string[], readonly unknown[], string | undefined, RegExp]>([
    [
      'a selection value that does not exist',
      ['name', 'usage'],
      ['x', 'nope'],
      'usage',
      /^Value 'nope' not found in selection field 'Location Type'$/,
    ],
    [
      'text that is no boolean',
      ['name', 'active'],
      ['x', 'maybe'],
      'active',
      /^Unknown value 'maybe' for boolean field 'Active'$/,
    ],
    [
      'a required field left out',
      ['usage'],
      ['internal'],
      'name',
      /^Missing required value for the field 'Location Name' \(name\)/,
    ],
    [
      'a database id that is gone',
      ['name', 'company_id/.id'],
      ['x', 999_999_999],
      'company_id',
      /^No matching record found for database id '999999999' in field 'Company'$/,
    ],
    [
      'an external id that is unknown',
      ['name', 'company_id/id'],
      ['x', 'wardline.no_such'],
      'company_id',
      /^No matching record found for external id 'wardline.no_such' in field 'Company'$/,
    ],
  ])('%s', async (_, fields, bad, field, words) => {
    const [good, refused] = [unique('g'), unique('r')];
    const fine = fields.map((column, index) =>
      column === 'name'
        ? 'x'
        : column === 'usage'
          ? 'internal'
          : column === 'active'
            ? '1'
            : column.startsWith('company_id')
              ? ''
              : bad[index],
    );
    const reply = await rpc.load(
      'stock.location',
      ['id', ...fields],
      [
        [`wardline.${good}`, ...fine],
        [`wardline.${refused}`, ...bad],
      ],
    );
    expect(reply.ids).toBe(false);
    const message = reply.messages.find(({ rows }) => rows.from === 1);
    expect(message).toMatchObject({
      type: 'error',
      rows: { from: 1, to: 1 },
      message: expect.stringMatching(words),
      field,
    });
    expect(await externalIds([good, refused])).toEqual([]);
  });

  it('an external id that belongs to another model', async () => {
    const name = unique('a');
    await rpc.load('res.partner', columns, [[`wardline.${name}`, 'x']]);
    const reply = await rpc.load('stock.location', columns, [[`wardline.${name}`, 'x']]);
    expect(reply).toMatchObject({
      ids: false,
      messages: [{ message: expect.stringContaining('found record of different model res.partner') }],
    });
  });

  it('an unknown column is a 500, not a message', async () => {
    const reply = await rpc.attempt('res.partner', 'load', { fields: ['id', 'nope'], data: [['wardline.x', 'y']] });
    expect(reply).toMatchObject({ status: 500, name: 'builtins.ValueError', message: "Invalid field name 'nope'" });
  });

  it.each([true, 1])('a boolean given as JSON %s is a 500: load wants text', async (value) => {
    const reply = await rpc.attempt('stock.location', 'load', {
      fields: ['id', 'name', 'active'],
      data: [['wardline.x', 'y', value]],
    });
    expect(reply.status).toBe(500);
  });
});
