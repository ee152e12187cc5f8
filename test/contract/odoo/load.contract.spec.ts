import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hospital, idsOf, postingColumns, unique } from './hospital.js';
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
