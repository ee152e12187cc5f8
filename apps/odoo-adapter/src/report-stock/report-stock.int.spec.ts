import { Decimal } from '@wardline/event-contracts';
import { Outbox } from '@wardline/outbox';
import { outboxOf, testCodec, testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hospitalSql } from '../../test/failing-odoo.js';
import { takeLease, type Lease } from '../lease.store.js';
import { migrations } from '../migrations.js';
import type { Odoo } from '../odoo.js';
import { markPosted } from '../posting/outcome.store.js';
import { reportStock } from './report-stock.js';

interface Quant {
  readonly id: number;
  readonly product_id: readonly [number, string];
  readonly location_id: readonly [number, string];
  readonly lot_id: readonly [number, string] | false;
  quantity: number;
}

const gloves: Quant = { id: 1, product_id: [1, ''], location_id: [40, ''], lot_id: false, quantity: 10 };
const sutures: Quant = { id: 2, product_id: [2, ''], location_id: [41, ''], lot_id: [501, ''], quantity: 4 };

let database: TestDatabase;
let outbox: Outbox;
let lease: Lease;
let quants: Quant[];
let lines: object[];
/** What happens in the adapter while Odoo is read. */
let meanwhile: () => Promise<unknown>;

beforeAll(async () => {
  database = await testDatabase(migrations);
  outbox = new Outbox(await testCodec(), { now: () => testMorning }, 'odoo-adapter');
});
beforeEach(async () => {
  await database.query(`TRUNCATE posting, lease, provisioned, poll_cursor, opening_balances, master_record, stock_report,
    reported_balance, unreported_leg, delivery.outbox CASCADE`);
  await database.query(hospitalSql);
  await database.query(`UPDATE master_record SET data = data || '{"lotNumber":"L1"}' WHERE odoo_id = 501`);
  lease = (await takeLease(database, 'stock-report', 'test', 60_000))!;
  [quants, lines, meanwhile] = [[{ ...gloves }, { ...sutures }], [], () => Promise.resolve()];
});
afterAll(() => database.close());

const odoo = {
  searchRead: async (model: string) => {
    if (model === 'stock.move.line') return lines;
    const found = quants.map((quant) => ({ ...quant }));
    await meanwhile();
    return found;
  },
} as unknown as Odoo;

/** One report; answers what it published, balance by balance, and its completion last. */
async function report() {
  await database.query('TRUNCATE delivery.outbox');
  await reportStock({ odoo, database, outbox, clock: { now: () => testMorning } }, lease, 1_000);
  return outboxOf(database);
}

/** A movement's document is on its way to Odoo. */
async function send(toLocation = 'Consumption'): Promise<void> {
  const movement = { productCode: 'GLOVE-M', fromLocation: 'NORTH-ICU', toLocation, quantity: '3' };
  await database.query(
    `INSERT INTO posting (event_id, topic, partition, "offset", message_key, headers, message_timestamp, correlation_id,
       type_name, movement, lane, policy, due_at, state, document)
     VALUES ('0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01', '', 0, 0, '', '{}', now(), gen_random_uuid(), '', $1, '', 'batched', now(),
       'posting', 'doc')`,
    [movement],
  );
}

/** Odoo has it. */
async function arrive(): Promise<void> {
  const document = { document: 'doc', recordId: 1, reference: 'WH/USE/1' };
  await database.transaction((tx) => markPosted(tx, 'stock.picking', [document], testMorning));
}

it('says everything first, then only what changed, and what is gone as zero', async () => {
  const first = await report();
  expect(first.map(({ key, data }) => [key, data['quantity'] ?? data['balances']]).slice(0, 2)).toEqual([
    ['NORTH-ICU/GLOVE-M', new Decimal(10)],
    ['NORTH-OR1/SUTURE', new Decimal(4)],
  ]);
  expect(first.at(-1)?.data).toMatchObject({ sequence: 1n, whole: true, balances: 2, held: 2, unsettled: [] });
  quants = [{ ...gloves, quantity: 7 }];
  const second = await report();
  expect(second.slice(0, 2).map(({ data }) => [data['productCode'], data['lotNumber'], data['quantity']])).toEqual([
    ['GLOVE-M', null, new Decimal(7)],
    ['SUTURE', 'L1', new Decimal(0)],
  ]);
  expect((await report()).map(({ data }) => data['balances'])).toEqual([0]);
});

it('names a posting with the balance that contains it, once, and leaves a balance out while one is on its way', async () => {
  await report();
  await send();
  quants[0]!.quantity = 7;
  const busy = await report();
  expect(busy.map(({ data }) => data['unsettled'])).toEqual([['NORTH-ICU/GLOVE-M']]);
  await arrive();
  expect((await report())[0]?.data).toMatchObject({
    ...{ productCode: 'GLOVE-M', quantity: new Decimal(7) },
    postings: ['0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01'],
  });
  expect((await report()).map(({ data }) => data['balances'])).toEqual([0]);
});

it('names a posting that left nothing where the first report would have told of something', async () => {
  await send();
  await arrive();
  quants = [{ ...sutures }];
  const [line] = await report();
  expect(line).toMatchObject({ key: 'NORTH-ICU/GLOVE-M', data: { quantity: new Decimal(0), unit: 'Units' } });
  expect(line?.data['postings']).toEqual(['0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01']);
  expect(await database.query(`SELECT location FROM unreported_leg WHERE location = 'NORTH-ICU'`)).toEqual([]);
});

it('keeps an end at a place that is not known yet for the report after the place is known', async () => {
  await report();
  await send('NORTH-NEW');
  await arrive();
  quants[0]!.quantity = 7;
  expect((await report()).flatMap(({ data }) => data['postings'] ?? [])).toHaveLength(1);
  await database.query(`INSERT INTO master_record (model, odoo_id, code, active, content_hash, data)
    VALUES ('stock.location', 77, 'NORTH-NEW', true, '', '{"usage":"internal","companyId":1}')`);
  quants.push({ ...gloves, id: 9, location_id: [77, ''], quantity: 3 });
  expect((await report())[0]?.data).toMatchObject({
    ...{ locationCode: 'NORTH-NEW', quantity: new Decimal(3) },
    postings: ['0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01'],
  });
  expect(await database.query('SELECT location FROM unreported_leg')).toEqual([]);
});

it('looks again at a balance that was posted to while it was read', async () => {
  await report();
  await send();
  meanwhile = async () => {
    quants[0]!.quantity = 7;
    await arrive();
  };
  const [line, completed] = await report();
  expect(line?.data).toMatchObject({ quantity: new Decimal(7), postings: [expect.any(String)] });
  expect(completed?.data).toMatchObject({ balances: 1, unsettled: [] });
});

it('tells with a balance what others moved there', async () => {
  await database.query(`INSERT INTO master_record (model, odoo_id, code, active, content_hash, data)
    VALUES ('stock.location', 13, 'Inventory adjustment', true, '', '{"usage":"inventory","companyId":1}')`);
  await report();
  quants[0]!.quantity = 12;
  const ends = {
    location_id: [13, ''],
    location_dest_id: [40, ''],
    product_id: [1, ''],
    lot_id: false,
    picking_id: false,
  };
  lines = [
    { id: 5, ...ends, quantity_product_uom: 2, reference: 'Counted', date: '2026-11-21 08:00:00', write_uid: [2, 'x'] },
  ];
  expect((await report())[0]?.data['changes']).toEqual([
    {
      ...{ lineId: 5n, reference: 'Counted', movedAt: new Date('2026-11-21T08:00:00.000Z'), quantity: new Decimal(2) },
      ...{ otherLocation: 'Inventory adjustment', otherUsage: 'inventory', userId: 2n },
    },
  ]);
});

it('reports nothing before the opening balances went out', async () => {
  await database.query('TRUNCATE opening_balances');
  expect(await report()).toEqual([]);
});
