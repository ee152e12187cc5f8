import { Outbox } from '@wardline/outbox';
import { outboxOf, testCodec, testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { hospitalSql } from '../../test/failing-odoo.js';
import { takeLease, type Lease } from '../lease.store.js';
import { odooTime } from '../master-data/master-data-poller.js';
import { migrations } from '../migrations.js';
import type { Odoo } from '../odoo.js';
import type { LineRow } from './move-line.js';
import { MoveReporter } from './move-reporter.js';

const overlapMs = 60_000;

let database: TestDatabase;
let lease: Lease;
let reporter: MoveReporter;
let now: Date;
let lines: LineRow[];
/** Lines looked at by each look. */
let looked: number[][];

beforeAll(async () => {
  database = await testDatabase(migrations);
});
beforeEach(async () => {
  await database.query(`TRUNCATE posting, lease, provisioned, poll_cursor, opening_balances, master_record, odoo_move_line,
    delivery.outbox CASCADE`);
  await database.query(hospitalSql);
  [now, lines, looked] = [after(300), [], []];
  lease = (await takeLease(database, 'moves', 'test', 600_000))!;
  const outbox = new Outbox(await testCodec(), { now: () => now }, 'odoo-adapter');
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const parts = { database, outbox, clock: { now: () => now } };
  reporter = new MoveReporter(odoo, parts, { pageSize: 100, overlapMs }, log);
  await database.query(`UPDATE opening_balances SET reported_at = $1, moves = '{}'`, [testMorning]);
});
afterAll(() => database.close());

/** Answers what a domain asks for: lines by their ids, or those written since a moment. */
const odoo = {
  searchRead: async (model: string, { domain }: { domain: [string, string, unknown][] }) => {
    if (model !== 'stock.move.line') return [];
    const of = (field: string, operator: string) => domain.find(([name, is]) => name === field && is === operator)?.[2];
    const ids = of('id', 'in') as number[] | undefined;
    if (ids !== undefined) return lines.filter(({ id }) => ids.includes(id));
    const found = lines.filter(
      ({ write_date: at, id }) => at >= String(of('write_date', '>=')) && id > Number(of('id', '>')),
    );
    looked.push(found.map(({ id }) => id));
    return found;
  },
} as unknown as Odoo;

function after(seconds: number): Date {
  return new Date(testMorning.getTime() + seconds * 1_000);
}

function line(id: number, written: Date): LineRow {
  const places = { product_id: [1, ''], lot_id: false, location_id: [40, ''], location_dest_id: [41, ''] } as const;
  const said = { write_uid: [2, ''], reference: 'WH/INT/1', origin: false, quantity_product_uom: 1 } as const;
  return { id, write_date: odooTime(written), date: odooTime(written), ...places, ...said };
}

async function told(): Promise<number> {
  return (await outboxOf(database)).length;
}

it('a move of a long transaction, which shows after looks that went past it, is told by the next deep look', async () => {
  await reporter.poll(lease);
  now = after(304);
  await reporter.poll(lease);
  lines = [line(7, after(290))];
  now = after(306);
  expect([await reporter.poll(lease), looked.at(-1)]).toEqual([0, []]);
  now = after(312);
  await reporter.poll(lease);
  expect([await told(), looked.at(-1)]).toEqual([1, [7]]);
});

it('one that shows as late as the overlap allows is told, however many looks went past it', async () => {
  const written = after(301);
  for (let seconds = 300; seconds < 360; seconds += 2) {
    now = after(seconds);
    await reporter.poll(lease);
  }
  lines = [line(8, written)];
  for (let seconds = 360; seconds <= 372; seconds += 2) {
    now = after(seconds);
    await reporter.poll(lease);
  }
  expect(await told()).toBe(1);
});

it('what was told is not read again and again: a look in between reads what was written of late', async () => {
  lines = Array.from({ length: 50 }, (_, index) => line(index + 1, after(250 + index)));
  await reporter.poll(lease);
  now = after(302);
  await reporter.poll(lease);
  expect(looked.map((ids) => ids.length)).toEqual([50, 10]);
});
