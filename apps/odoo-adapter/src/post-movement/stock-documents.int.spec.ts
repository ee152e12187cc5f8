import { Decimal, type LocalDate } from '@wardline/event-contracts';
import { outboxOf } from '@wardline/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AdapterBench } from '../../test/adapter-bench.js';
import { Person, runningOdoo, unique, type RunningOdoo } from '../../test/running-odoo.js';

let running: RunningOdoo;
let person: Person;
let bench: AdapterBench;
let near: { code: string; id: number };
let far: { code: string; id: number };
const sutures = { code: '', id: 0 };
const lot = unique('L');

beforeAll(async () => {
  running = await runningOdoo();
  person = new Person(running.settings);
  [near, far] = [await newShelf(), await newShelf()];
  sutures.code = unique('SUT');
  sutures.id = await person.product(sutures.code, { tracking: 'lot', use_expiration_date: true });
  bench = await AdapterBench.open(running.settings);
  await bench.provision();
  await bench.poll();
}, 120_000);
afterAll(async () => {
  await bench.close();
  person.odoo.close();
  await running.close();
});

async function newShelf(): Promise<{ code: string; id: number }> {
  const code = unique('W');
  return { code, id: await person.shelf(code) };
}

async function outcomeOf(eventId: string): Promise<Record<string, unknown>> {
  const events = await outboxOf(bench.database);
  const { type, data } = events.findLast((event) => event.data['sourceEventId'] === eventId)!;
  return { type, ...data };
}

async function lotsNamed(name: string) {
  const domain = [
    ['product_id', '=', sutures.id],
    ['name', '=', name],
  ];
  return person.odoo.searchRead('stock.lot', { domain, fields: ['expiration_date'] });
}

/** The next step of one lot's way through the hospital, which every step leaves one document in Odoo. */
async function step(fromLocation: string, toLocation: string, quantity: number, change: object = {}): Promise<string> {
  const what = { productCode: sutures.code, lotNumber: lot, expiryDate: '2031-03-31' as LocalDate };
  const places = { fromLocation, toLocation, quantity: new Decimal(quantity) };
  const { eventId } = await bench.post({ ...what, ...places, ...change });
  const outcome = await outcomeOf(eventId);
  expect(outcome).toMatchObject({ type: 'PostingSucceeded', model: 'stock.picking' });
  return String(outcome['reference']);
}

it('a lot comes in new, moves on, is shipped, counted, scrapped and sent back, each by its document', async () => {
  expect(await step('Vendors', near.code, 20)).toContain('/IN/');
  expect(await lotsNamed(lot)).toMatchObject([{ expiration_date: '2031-03-31 12:00:00' }]);
  expect(await step(near.code, far.code, 5)).toContain('/INT/');
  expect(await step(near.code, 'In transit', 4)).toContain('/INT/');
  expect(await step('In transit', far.code, 3)).toContain('/INT/');
  expect(await step('Inventory adjustment', near.code, 2, { reason: 'count: two more' })).toContain('/WADJ/');
  expect(await step(near.code, 'Inventory adjustment', 1)).toContain('/WADJ/');
  expect(await step(near.code, 'Scrap', 3)).toContain('/WADJ/');
  expect(await step(near.code, 'Vendors', 2)).toContain('/OUT/');
  expect(await step(far.code, 'Consumption', 1)).toContain('/WCON/');

  expect(await person.onHand(sutures.id, near.id)).toBe(20 - 5 - 4 + 2 - 1 - 3 - 2);
  expect(await person.onHand(sutures.id, far.id)).toBe(5 + 3 - 1);
  const domain = [['origin', '=like', 'wardline %: count: two more']];
  expect(await person.odoo.searchRead('stock.picking', { domain, fields: ['state'] })).not.toEqual([]);
}, 60_000);

it('none of it comes back as a move that somebody did in Odoo, and a repeat posts nothing', async () => {
  await bench.poll();
  await bench.poll();
  expect(await bench.told('OdooStockMoveReported', sutures.code)).toEqual([]);
  const before = await person.onHand(sutures.id, near.id);
  await bench.database.query(`UPDATE posting SET state = 'posting', record_id = NULL, posted_at = NULL`);
  await bench.work();
  expect(await person.onHand(sutures.id, near.id)).toBe(before);
  expect(await lotsNamed(lot)).toHaveLength(1);
}, 60_000);

it('goods of a lot that Odoo has with another expiry are refused for a person to look', async () => {
  const places = { fromLocation: 'Vendors', toLocation: near.code, lotNumber: lot };
  const other = { productCode: sutures.code, ...places, expiryDate: '2030-01-01' as LocalDate };
  await expect(bench.post(other)).rejects.toMatchObject({ code: 'LOT_EXPIRY_DIFFERS' });
});

it('a lot that leaves and that Odoo does not have is refused, and is not made', async () => {
  const places = { fromLocation: near.code, toLocation: far.code, lotNumber: 'NEVER-CAME' };
  const { eventId } = await bench.post({ productCode: sutures.code, ...places });
  expect(await outcomeOf(eventId)).toMatchObject({ type: 'PostingRefused', code: 'UNKNOWN_LOT' });
  expect(await lotsNamed('NEVER-CAME')).toEqual([]);
});

it('what somebody does in Odoo is told with its places, lot and user', async () => {
  const [row] = await lotsNamed(lot);
  await person.count(sutures.id, far.id, 9, row!.id);
  await bench.poll();
  const [told, ...more] = await bench.told('OdooStockMoveReported', sutures.code);
  expect(more).toEqual([]);
  expect(told).toMatchObject({ topic: 'erp.change', key: `${far.code}/${sutures.code}` });
  expect(told?.data).toMatchObject({
    ...{ fromLocation: 'Inventory adjustment', fromUsage: 'inventory', toLocation: far.code, toUsage: 'internal' },
    ...{ quantity: new Decimal(2), unit: 'Units', lotNumber: lot, serialNumber: null, expiryDate: '2031-03-31' },
    ...{ revision: 0, userId: expect.any(BigInt) as bigint },
  });
});
