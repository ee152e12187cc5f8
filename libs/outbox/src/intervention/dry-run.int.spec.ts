import { StockMoved, Topic } from '@wardline/event-contracts';
import { Paused, Reject } from '@wardline/event-handling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService, missing } from '../../test/booking-service.js';
import type { Operation, OperationItem } from './operation.js';

const recalled = (): Reject => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' });

let service: BookingService;

beforeEach(async () => {
  service = await BookingService.start();
});
afterEach(() => service.database.close());

async function dryRun(
  action: 'retry' | 'abandon' = 'retry',
): Promise<{ operation: Operation; items: readonly OperationItem[] }> {
  const { snapshot } = await service.interventions.list({});
  const asked = { action, snapshot, groups: null, exceptionIds: null, reason: 'counted', dryRun: true, force: false };
  const { operationId } = await service.interventions.operations.request(asked, { by: 'a.meyer', via: 'http' });
  while (await service.runner.turn());
  const operation = (await service.interventions.operations.show(operationId))!;
  return { operation, items: (await service.interventions.operations.items(operationId, {})).items };
}

const unchanged = [
  ...['booked', 'delivery.parked', 'delivery.parked_attempt', 'delivery.parked_past', 'delivery.inbox'],
  `(SELECT * FROM delivery.outbox WHERE topic <> '${Topic.OperationsIntervention}')`,
];

/** Everything that the service holds and tells, but for operations. */
async function everything(): Promise<unknown> {
  return Promise.all(
    unchanged.map((table) => service.database.query(`SELECT md5(t::text) FROM ${table} t ORDER BY 1`)),
  );
}

describe('a dry run', () => {
  beforeEach(async () => {
    service.book.failures.set('A1', missing);
    service.book.failures.set('B1', recalled);
    await service.deliver(
      ...['A1', 'A2', 'A3'].map((reason) => service.record('ICU/A', reason)),
      ...['B1', 'B2'].map((reason) => service.record('ICU/B', reason)),
    );
    service.book.failures.delete('A1');
  });

  it('says what each message would come to, upon what those before it would have left', async () => {
    const { operation, items } = await dryRun();
    expect(operation).toMatchObject({
      dryRun: true,
      state: 'finished',
      counts: { planned: 0, done: 3, failed: 1, skipped: 1 },
    });
    expect(items.map(({ outcome, reason }) => [outcome, reason?.code])).toEqual([
      ...[
        ['done', undefined],
        ['done', undefined],
        ['done', undefined],
      ],
      ...[
        ['failed', 'LOT_RECALLED'],
        ['skipped', 'WAITS_BEHIND'],
      ],
    ]);
  });

  it('shows the events, the rows and the followers of each message that would go through', async () => {
    const { items } = await dryRun();
    const booked = { table: 'public.booked', inserted: 1, updated: 0, deleted: 0 };
    expect(items.map(({ effect }) => effect && [effect.releases, effect.rows])).toEqual([
      [2, [booked]],
      [1, [booked]],
      [0, [booked]],
      null,
      null,
    ]);
    expect(items[0]!.effect!.events).toMatchObject([
      {
        topic: Topic.InventoryStock,
        recordType: StockMoved.fullName,
        key: 'ICU/A',
        data: { reason: 'A1', quantity: '2', source: 'test' },
      },
      { topic: Topic.OperationsException, data: { outcome: 'DONE', by: 'a.meyer' } },
    ]);
    expect(items[1]!.effect!.events).toMatchObject([{ data: { reason: 'A2' } }]);
  });

  it('leaves nothing behind and tells nobody but that it was asked for and is done', async () => {
    const before = await everything();
    let told = 0;
    service.outbox.onCommit(() => told++);
    await dryRun();
    expect(await everything()).toEqual(before);
    expect(told).toBe(2);
  });

  it('comes to the same as the operation that it rehearsed', async () => {
    const rehearsed = await dryRun();
    const { snapshot } = await service.interventions.list({});
    const asked = {
      action: 'retry',
      snapshot,
      groups: null,
      exceptionIds: null,
      reason: null,
      dryRun: false,
      force: false,
    } as const;
    const { operationId } = await service.interventions.operations.request(asked, { by: 'a.meyer', via: 'http' });
    while (await service.runner.turn());
    const { counts } = (await service.interventions.operations.show(operationId))!;
    expect(counts).toEqual(rehearsed.operation.counts);
  });

  it('of an abandonment shows what would be told and who would follow', async () => {
    const { items } = await dryRun('abandon');
    expect(items.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'done'));
    expect(items[3]!.effect).toMatchObject({
      releases: 1,
      rows: [],
      events: [{ data: { reason: 'B1 abandoned by a.meyer: counted' } }, {}],
    });
    expect(await service.booked()).toEqual([]);
  });

  it('waits while a dependency is away, and goes on afterwards', async () => {
    service.book.failures.set('A1', () => new Paused('Odoo is away', 1_000));
    expect((await dryRun()).operation).toMatchObject({
      state: 'running',
      counts: { planned: 5 },
    });
    service.book.failures.delete('A1');
    while (await service.runner.turn());
    expect((await service.interventions.operations.list({})).items[0]).toMatchObject({
      state: 'finished',
      counts: { done: 3 },
    });
  });
});
