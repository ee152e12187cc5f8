import { BadRequestException, NotFoundException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { StockOperationRecorded } from '@wardline/event-contracts';
import { Outbox, Parking } from '@wardline/outbox';
import { ServiceModule, ServiceStatus } from '@wardline/service-defaults';
import { eventually, jsonCodec, silentLog, testMorning } from '@wardline/testing';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recorded, StockDesk, used, type Told } from '../../test/stock-desk.js';
import { BalanceAsOf } from '../ledger-history/balance-as-of.store.js';
import { ClosedPeriodsController } from './closed-periods.controller.js';
import { ClosedPeriodsModule } from './closed-periods.module.js';
import { PeriodBooks } from './period-books.store.js';
import { PeriodClosingStore } from './period-closing.store.js';

const clock = { now: () => testMorning };
const hour = 3_600_000;
const ago = (hours: number): Date => new Date(testMorning.getTime() - hours * hour);
const who = { by: 'f.klein', reason: 'end of November' };
const until = ago(2).toISOString();

let desk: StockDesk;
let parking: Parking;
let periods: ClosedPeriodsController;
beforeAll(async () => {
  desk = await StockDesk.open();
  parking = new Parking('inventory-sync', new Outbox(jsonCodec, clock, 'inventory-sync'), clock);
  const books = new PeriodBooks(desk.database, new BalanceAsOf(desk.database), new PeriodClosingStore(), parking);
  periods = new ClosedPeriodsController(books, clock);
});
afterEach(async () => {
  await desk.reset();
  await desk.database.query('TRUNCATE period_closing RESTART IDENTITY');
});
afterAll(() => desk.database.close());

const early = (told: Told = {}): StockOperationRecorded => recorded({ at: 'STORE', occurredAt: ago(3), ...told });
const stored = { product: 'GLOVE-M', location: 'STORE' };

describe('books that are closed up to a time', () => {
  it('stay as they were: what is told of that time afterwards is booked with a warning and shown beside them', async () => {
    await desk.take(early({ quantity: 100 }));
    const { id } = await periods.close({ ...who, until });
    expect(
      await desk.take(
        early({ operation: 'TRANSFERRED', to: 'NORTH-ICU', quantity: 8 }),
        recorded({ at: 'STORE', quantity: 5 }),
      ),
    ).toEqual(['Accepted TRANSFERRED LATE_ENTRY', 'Accepted RECEIVED']);
    await desk.deliver(used({ locationCode: 'STORE', occurredAt: ago(2.5) }));
    await desk.deliver(used({ locationCode: 'STORE', occurredAt: ago(2) }));

    expect(await periods.balance(id, stored)).toEqual({
      ...{ atClosing: '100.000000', lateSince: '-9.000000', now: '91.000000', unit: 'Units' },
    });
    const { items, next } = await periods.lateEntries(id, {});
    expect(items.map(({ movementType, quantity, occurredAt }) => [movementType, quantity, occurredAt])).toEqual([
      ['TRANSFER', '8.000000', ago(3)],
      ['CONSUMPTION', '1.000000', ago(2.5)],
    ]);
    expect(next).toBeNull();
    const first = await periods.lateEntries(id, { location: 'STORE', limit: '1' });
    expect(first).toMatchObject({ items: [{ movementType: 'TRANSFER' }], next: items[0]!.position });
    expect(await periods.lateEntries(id, { location: 'NORTH-ICU', after: items[0]!.position })).toEqual({
      ...{ items: [], next: null },
    });
  });

  it('take a late entry only with the approval of somebody else, where finance wants one', async () => {
    await desk.take(early({ quantity: 100 }));
    await periods.close({ ...who, until, lateEntries: 'APPROVE' });
    const waste = { operation: 'WRITTEN_OFF', reason: 'broken', quantity: 2 } as const;
    expect(await desk.take(early(waste))).toEqual(['Held PERIOD_CLOSED']);
    expect(await desk.parked()).toMatchObject([{ class: 'AUTHORISATION', owner: 'approver', state: 'parked' }]);
    expect(await desk.take(early({ ...waste, at: 'DOCK', approverRef: 'staff-1' }))).toEqual(['Held PERIOD_CLOSED']);
    expect(await desk.take(early({ ...waste, at: 'SOUTH-ER', approverRef: 'staff-2' }))).toEqual([
      'Accepted WRITTEN_OFF LATE_ENTRY BELOW_ZERO',
    ]);
    expect(await desk.take(recorded({ ...waste, at: 'NORTH-ICU' }))).toEqual(['Accepted WRITTEN_OFF BELOW_ZERO']);
  });

  it('are opened again, and what waited for it goes on by itself', async () => {
    await periods.close({ ...who, until, lateEntries: 'APPROVE' });
    await desk.take(early());
    await periods.close({
      by: 'f.klein',
      reason: 'still closed, an hour less',
      until: ago(2.5).toISOString(),
      lateEntries: 'APPROVE',
    });
    await desk.drain();
    expect(await desk.parked()).toMatchObject([{ code: 'PERIOD_CLOSED', state: 'parked' }]);
    await periods.close({ by: 'f.klein', reason: 'the delivery of the 30th was missing', until: null });
    await desk.drain();
    expect(await desk.parked()).toMatchObject([{ state: 'done' }]);
    expect(await desk.balances()).toMatchObject({ 'STORE GLOVE-M': '10' });
    const { standing, history } = await periods.all();
    expect(standing).toMatchObject({
      until: null,
      reason: 'the delivery of the 30th was missing',
      closedAt: testMorning,
    });
    expect(history.map(({ closedBy, until: to }) => [closedBy, to])).toEqual([
      ['f.klein', null],
      ['f.klein', ago(2.5)],
      ['f.klein', ago(2)],
    ]);
    await expect(periods.balance(standing!.id, stored)).rejects.toThrow('it closed no books');
  });

  it('contain everything that was under way when they were closed, and nothing that began after', async () => {
    await desk.take(early({ quantity: 100 }));
    const isBooked = Promise.withResolvers<void>();
    const commit = Promise.withResolvers<void>();
    const underWay = desk.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE stock_movement IN ROW EXCLUSIVE MODE');
      isBooked.resolve();
      await commit.promise;
      await tx.query(
        `INSERT INTO stock_movement (event_id, source_event_id, movement_type, product_code, from_location, to_location, quantity,
           unit, occurred_at, recorded_at, actor, interface, correlation_id, causation_id)
         SELECT gen_random_uuid(), gen_random_uuid(), 'CONSUMPTION', 'GLOVE-M', 'STORE', 'Consumption', 7, 'Units', $1, $1,
           'cabinet-7', 'test', gen_random_uuid(), gen_random_uuid()`,
        [ago(3)],
      );
    });
    await isBooked.promise;
    let isClosed = false;
    const closing = periods.close({ ...who, until }).then((closed) => {
      isClosed = true;
      return closed;
    });
    await waiting('ShareLock');
    const after = desk.take(early({ quantity: 1 }));
    await waiting('RowExclusiveLock');
    expect(isClosed).toBe(false);
    commit.resolve();
    await underWay;
    const { id } = await closing;
    expect(await after).toEqual(['Accepted RECEIVED LATE_ENTRY']);
    expect(await periods.balance(id, stored)).toMatchObject({
      ...{ atClosing: '93.000000', lateSince: '1.000000', now: '94.000000' },
    });
  });

  it('are not closed while a transaction will not end, and the answer says what to do', async () => {
    const isOpen = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const underWay = desk.database.transaction(async (tx) => {
      await tx.query('LOCK TABLE stock_movement IN ROW EXCLUSIVE MODE');
      isOpen.resolve();
      await end.promise;
    });
    await isOpen.promise;
    await expect(periods.close({ ...who, until })).rejects.toThrow(/Nothing is closed: .*Send the same again\./);
    end.resolve();
    await underWay;
    expect(await periods.all()).toEqual({ standing: null, history: [] });
  });

  it('are of a time that is over, and are asked for by the id of their closing', async () => {
    const ahead = new Date(testMorning.getTime() + hour).toISOString();
    await expect(periods.close({ ...who, until: ahead })).rejects.toThrow(BadRequestException);
    await expect(periods.close({ until, reason: 'nobody says so' })).rejects.toThrow('by');
    await expect(periods.lateEntries('7', {})).rejects.toThrow(NotFoundException);
    await expect(periods.lateEntries('last', {})).rejects.toThrow('must be the id of a closing');
    expect(await periods.all()).toEqual({ standing: null, history: [] });
  });

  it('are closed and asked over HTTP', async () => {
    const outbox = new Outbox(jsonCodec, clock, 'inventory-sync');
    const status = new ServiceStatus('inventory-sync', desk.database);
    const platform = {
      ...{ database: desk.database, outbox, parking, clock, log: silentLog, metrics: new Registry(), status },
    };
    const app = await NestFactory.create(ServiceModule.of(platform, ClosedPeriodsModule), { logger: false });
    try {
      await app.listen(0, '127.0.0.1');
      const address = `${await app.getUrl()}/closed-periods`;
      const headers = { 'content-type': 'application/json' };
      const put = await fetch(address, { method: 'PUT', headers, body: JSON.stringify({ ...who, until }) });
      const closing = (await put.json()) as { id: string };
      expect(closing).toMatchObject({ until, lateEntries: 'BOOK', closedBy: 'f.klein', ledgerPosition: '0' });
      await desk.take(early({ quantity: 3 }));
      const ask = async (path: string): Promise<unknown> => (await fetch(`${address}${path}`)).json();
      expect(await ask(`/${closing.id}/balance?product=GLOVE-M&location=STORE`)).toEqual({
        ...{ atClosing: '0.000000', lateSince: '3.000000', now: '3.000000', unit: 'Units' },
      });
      expect(await ask(`/${closing.id}/late-entries`)).toMatchObject({ items: [{ movementType: 'RECEIPT' }] });
      const described = await fetch(address.replace('/closed-periods', '/openapi.json'));
      const { paths } = (await described.json()) as { paths: Record<string, object> };
      expect(Object.keys(paths['/closed-periods'] ?? {})).toEqual(['get', 'put']);
      expect(await ask('')).toMatchObject({ standing: { id: closing.id }, history: [{ reason: 'end of November' }] });
    } finally {
      await app.close();
    }
  });
});

/** Until somebody waits for a lock of this kind on the ledger. */
async function waiting(mode: 'ShareLock' | 'RowExclusiveLock'): Promise<void> {
  const waits = `SELECT 1 FROM pg_locks WHERE relation = 'stock_movement'::regclass AND mode = $1 AND NOT granted`;
  await eventually(async () => expect(await desk.database.query(waits, [mode])).toHaveLength(1));
}
