import { OdooUnavailable } from '@wardline/odoo-client';
import { Outbox, Parking } from '@wardline/outbox';
import { outboxOf, testCodec, testDatabase, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { takeLease, type Lease } from '../lease.store.js';
import { migrations } from '../migrations.js';
import type { Odoo } from '../odoo.js';
import { MasterDataPoller, odooTime } from './master-data-poller.js';
import { suppliers } from './suppliers.js';

interface Partner {
  id: number;
  ref: string;
  name: string;
  active: boolean;
  writtenAt: Date;
}

/** Partners, read by id and write date as Odoo does; fails once at the given call. For the timing of failures only. */
class FailingPartners implements Odoo {
  partners: Partner[] = [];
  reads = 0;
  failsAt = -1;

  load = async (): Promise<number[]> => [];
  call = async <T>(): Promise<T> => this.partners.map(({ id }) => id) as T;

  searchRead = async <T extends object>(
    _model: string,
    { domain, limit }: { readonly domain: readonly unknown[]; readonly limit?: number },
  ): Promise<(T & { id: number })[]> => {
    this.reads += 1;
    if (this.reads === this.failsAt)
      throw new OdooUnavailable('cut', { operation: 'res.partner.search_read', mayHaveCommitted: true });
    const since = this.#operand(domain, 'write_date', '>=', '');
    const after = this.#operand(domain, 'id', '>', 0);
    const among = this.#operand<readonly number[] | null>(domain, 'id', 'in', null);
    return this.partners
      .filter(({ id, writtenAt }) => odooTime(writtenAt) >= since && id > after && (among?.includes(id) ?? true))
      .slice(0, limit) as unknown as (T & { id: number })[];
  };

  #operand<T>(domain: readonly unknown[], field: string, operator: string, none: T): T {
    const conditions = domain as readonly [string, string, T][];
    return conditions.find(([name, sign]) => name === field && sign === operator)?.[2] ?? none;
  }
}

let database: TestDatabase;
let odoo: FailingPartners;
let lease: Lease;
let now: Date;
let poller: MasterDataPoller;

beforeAll(async () => {
  database = await testDatabase(migrations);
});
beforeEach(async () => {
  await database.query('TRUNCATE master_record, master_published, poll_cursor, lease, delivery.outbox CASCADE');
  now = new Date('2026-11-21T08:00:00Z');
  const clock = { now: () => now };
  const outbox = new Outbox(await testCodec(), clock, 'odoo-adapter');
  odoo = new FailingPartners();
  odoo.partners = [1, 2, 3, 4, 5, 6, 7].map((id) => partner(id, '2026-11-20T12:00:00Z'));
  lease = (await takeLease(database, 'master-data', 'me', 60_000))!;
  const parts = { database, outbox, parking: new Parking('odoo-adapter', outbox, clock), clock };
  poller = new MasterDataPoller(odoo, parts, { pageSize: 3, overlapMs: 60_000 });
});
afterAll(() => database.close());

function partner(id: number, writtenAt: string): Partner {
  return { id, ref: `SUP-${id}`, name: `Supplier ${id}`, active: true, writtenAt: new Date(writtenAt) };
}

async function told(): Promise<[key: string, name: unknown, active: unknown][]> {
  return (await outboxOf(database)).map(({ key, data }) => [key, data['name'], data['active']]);
}

it('rows of one moment are read page by page, each told once', async () => {
  expect(await poller.poll(suppliers, lease)).toBe(7);
  expect((await told()).map(([key]) => key)).toEqual(['SUP-1', 'SUP-2', 'SUP-3', 'SUP-4', 'SUP-5', 'SUP-6', 'SUP-7']);
  now = new Date(now.getTime() + 2_000);
  expect(await poller.poll(suppliers, lease)).toBe(0);
});

it('after a cut in the middle the scan goes on where it was', async () => {
  odoo.failsAt = 2;
  await expect(poller.poll(suppliers, lease)).rejects.toThrow('cut');
  expect(await told()).toHaveLength(3);
  odoo.reads = 10;
  expect(await poller.poll(suppliers, lease)).toBe(4);
  expect(await told()).toHaveLength(7);
});

it('a transaction of Odoo that commits late is found by the overlap', async () => {
  await poller.poll(suppliers, lease);
  now = new Date('2026-11-21T08:05:00Z');
  await poller.poll(suppliers, lease);
  now = new Date('2026-11-21T08:05:30Z');
  odoo.partners[4] = { ...partner(5, '2026-11-21T08:04:10Z'), name: 'Renamed' };
  expect(await poller.poll(suppliers, lease)).toBe(1);
  expect((await told()).at(-1)).toEqual(['SUP-5', 'Renamed', true]);
});

it('what Odoo no longer has is told as inactive, and what slipped by is read', async () => {
  await poller.poll(suppliers, lease);
  odoo.partners = [...odoo.partners.filter(({ id }) => id !== 2), partner(8, '2020-01-01T00:00:00Z')];
  expect(await poller.sweep(suppliers, lease)).toBe(2);
  expect((await told()).slice(7)).toEqual([
    ['SUP-8', 'Supplier 8', true],
    ['SUP-2', 'Supplier 2', false],
  ]);
  expect(await poller.sweep(suppliers, lease)).toBe(0);
});

it('an instance that lost its lease tells nothing', async () => {
  await database.query(`UPDATE lease SET lease_until = now() - interval '1 second'`);
  await takeLease(database, 'master-data', 'somebody else', 60_000);
  await expect(poller.poll(suppliers, lease)).rejects.toThrow('another instance has taken over master-data');
  expect(await told()).toEqual([]);
});
