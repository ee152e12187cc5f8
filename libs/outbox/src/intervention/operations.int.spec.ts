import { Topic } from '@wardline/event-contracts';
import { Paused, Reject } from '@wardline/event-handling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService, missing } from '../../test/booking-service.js';
import type { Operation, OperationRequest } from './operation.js';

const recalled = (): Reject => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' });
const meyer = { by: 'a.meyer', via: 'http' } as const;
const nothing = { snapshot: null, groups: null, exceptionIds: null, reason: null, dryRun: false, force: false };

let service: BookingService;

beforeEach(async () => {
  service = await BookingService.start();
});
afterEach(() => service.database.close());

function ask(request: Partial<OperationRequest>): Promise<Operation> {
  return service.interventions.operations.request({ action: 'retry', ...nothing, ...request }, meyer);
}

async function shown(operation: Operation): Promise<Operation> {
  return (await service.interventions.operations.show(operation.operationId))!;
}

/** Outcome and reason of each item, by what the message said. */
async function outcomes(operation: Operation): Promise<Record<string, string>> {
  const { items } = await service.interventions.operations.items(operation.operationId, { limit: 1_000 });
  const names = await service.reasonsByException();
  return Object.fromEntries(
    items.map(({ exceptionId, outcome, reason }) => [
      names.get(exceptionId) ?? exceptionId,
      reason === null ? outcome : `${outcome} ${reason.code}`,
    ]),
  );
}

/** Parks a message under each key, with one waiting behind it. */
async function parkUnder(keys: readonly string[], reject: () => Error = missing): Promise<void> {
  for (const key of keys) service.book.failures.set(`${key}1`, reject);
  await service.deliver(
    ...keys.flatMap((key) => [service.record(`ICU/${key}`, `${key}1`), service.record(`ICU/${key}`, `${key}2`)]),
  );
}

describe('parked messages by group', () => {
  it('are counted with how many wait behind them', async () => {
    await parkUnder(['A', 'B', 'C']);
    await parkUnder(['D'], recalled);
    const { groups } = await service.interventions.groups({});
    expect(groups).toMatchObject([
      { code: 'UNKNOWN_PRODUCT', class: 'DATA', owner: 'master-data', parked: 3, retrying: 0, waitingBehind: 3 },
      { code: 'LOT_RECALLED', class: 'BUSINESS', owner: 'stores', parked: 1, retrying: 0, waitingBehind: 1 },
    ]);
    expect(groups[1]!.sample).toMatchObject({ message: 'lot L1 is recalled' });
    expect((await service.interventions.groups({ owner: 'stores' })).groups).toHaveLength(1);
    expect((await service.interventions.groups({ owner: 'nobody' })).groups).toEqual([]);
  });
});

describe('an operation over what a person saw', () => {
  it('tries exactly those again, and what waited behind them follows in order', async () => {
    await parkUnder(['A', 'B']);
    const { snapshot } = await service.interventions.groups({ code: 'UNKNOWN_PRODUCT' });
    await parkUnder(['C']);
    service.book.failures.clear();
    const operation = await ask({ snapshot });
    expect(operation).toMatchObject({ state: 'running', counts: { planned: 2, done: 0, failed: 0, skipped: 0 } });
    await service.drainAll();
    expect(await shown(operation)).toMatchObject({
      ...{ state: 'finished', by: 'a.meyer', via: 'http' },
      counts: { planned: 0, done: 2, failed: 0, skipped: 0 },
    });
    expect(await service.booked()).toEqual(['A1', 'B1', 'A2', 'B2']);
    expect((await service.interventions.list({})).items.map(({ key }) => key)).toEqual(['ICU/C', 'ICU/C']);
  });

  it('skips what has changed since, also where it does not fit what was asked any more', async () => {
    await parkUnder(['A', 'B', 'C']);
    const { snapshot } = await service.interventions.groups({ code: 'UNKNOWN_PRODUCT' });
    service.book.failures.set('A1', recalled);
    service.book.failures.delete('B1');
    service.pass(5_000);
    await service.drainAll();
    service.book.failures.clear();
    const operation = await ask({ snapshot });
    await service.drainAll();
    expect(await outcomes(operation)).toEqual({ A1: 'skipped CHANGED_SINCE', B1: 'skipped CHANGED_SINCE', C1: 'done' });
    expect(await service.booked()).toEqual(['B1', 'B2', 'C1', 'C2']);
  });

  it('does not take it for a change that a message was tried by the clock and failed the same way', async () => {
    await parkUnder(['A']);
    const { snapshot } = await service.interventions.list({});
    service.pass(5_000);
    await service.drainAll();
    service.book.failures.clear();
    const operation = await ask({ snapshot });
    await service.drainAll();
    expect(await outcomes(operation)).toEqual({ A1: 'done', A2: 'done' });
  });

  it('sees what it saw while another transaction was under way, and not what that one parked', async () => {
    await parkUnder(['A']);
    const open = await service.database.pool.connect();
    await open.query('BEGIN');
    await open.query(`INSERT INTO delivery.parked (exception_id, state, holds_key, topic, partition, record_offset, key, headers,
      message_timestamp, received_at, event_id, correlation_id) SELECT gen_random_uuid(), 'parked', false, topic, partition, 99, key, headers,
      message_timestamp, received_at, event_id, correlation_id FROM delivery.parked LIMIT 1`);
    const { snapshot } = await service.interventions.list({});
    await open.query('COMMIT');
    open.release();
    expect((await ask({ snapshot })).counts.planned).toBe(2);
    expect((await service.interventions.list({})).items).toHaveLength(3);
  });

  it('is no more than the page that was seen, and may be narrowed to some of the groups', async () => {
    await parkUnder(['A', 'B']);
    await parkUnder(['C'], recalled);
    const first = await service.interventions.list({ limit: 2 });
    const second = await service.interventions.list({ limit: 2, after: first.cursor! });
    expect((await ask({ snapshot: second.snapshot, dryRun: false })).counts.planned).toBe(2);
    const { snapshot, groups } = await service.interventions.groups({});
    const [{ recordType, class: exceptionClass, code }] = groups.filter((group) => group.code === 'LOT_RECALLED') as [
      (typeof groups)[number],
    ];
    service.book.failures.clear();
    const operation = await ask({ snapshot, groups: [{ recordType, class: exceptionClass, code }] });
    await service.drainAll();
    expect(await outcomes(operation)).toEqual({ C1: 'done' });
  });

  it('keeps the order of a key: what follows one that fails again is skipped and stays', async () => {
    await parkUnder(['A', 'B']);
    const { snapshot } = await service.interventions.list({});
    service.book.failures.delete('B1');
    const operation = await ask({ snapshot });
    await service.drainAll();
    expect(await outcomes(operation)).toEqual({
      ...{ A1: 'failed UNKNOWN_PRODUCT', A2: 'skipped WAITS_BEHIND' },
      ...{ B1: 'done', B2: 'done' },
    });
    expect((await shown(operation)).counts).toEqual({ planned: 0, done: 2, failed: 1, skipped: 1 });
    expect(await service.booked()).toEqual(['B1', 'B2']);
  });

  it('abandons a group in a person’s name, and what waited behind goes on', async () => {
    await parkUnder(['A', 'B'], recalled);
    const { snapshot } = await service.interventions.groups({});
    await expect(ask({ action: 'abandon', snapshot })).rejects.toThrow('reason:');
    const operation = await ask({ action: 'abandon', snapshot, reason: 'counted by hand' });
    await service.drainAll();
    expect(await outcomes(operation)).toEqual({ A1: 'done', B1: 'done' });
    expect(await service.booked()).toEqual(['A2', 'B2']);
    const abandoned = (await service.interventions.list({ state: ['abandoned'] })).items;
    expect(abandoned).toMatchObject([
      { settledBy: 'a.meyer', settledReason: 'counted by hand' },
      { settledBy: 'a.meyer', settledReason: 'counted by hand' },
    ]);
  });

  it('waits, and stays truthful, while a dependency is away', async () => {
    await parkUnder(['A']);
    service.book.failures.set('A1', () => new Paused('Odoo is away', 60_000));
    const { snapshot } = await service.interventions.groups({});
    const operation = await ask({ snapshot });
    expect(await service.runner.turn()).toBe(false);
    expect(await shown(operation)).toMatchObject({ state: 'running', counts: { planned: 1 } });
    service.book.failures.clear();
    await service.drainAll();
    expect(await outcomes(operation)).toEqual({ A1: 'done' });
  });

  it('lets nobody retry endlessly what comes back with the same code, unless it is forced', async () => {
    await parkUnder(['A'], recalled);
    const exceptionIds = (await service.interventions.list({ state: ['parked'] })).items.map(
      (item) => item.exceptionId,
    );
    for (let time = 0; time < 3; time++) {
      const again = await ask({ exceptionIds });
      await service.drainAll();
      expect(await outcomes(again)).toEqual({ A1: 'failed LOT_RECALLED' });
    }
    const fourth = await ask({ exceptionIds });
    await service.drainAll();
    expect(await outcomes(fourth)).toEqual({ A1: 'skipped LOOPS' });
    await expect(service.interventions.retry(exceptionIds[0]!, 'a.meyer')).rejects.toThrow('3 times');
    service.book.failures.clear();
    const forced = await ask({ exceptionIds, force: true });
    await service.drainAll();
    expect(await outcomes(forced)).toEqual({ A1: 'done' });
  });

  it('tells in words what is wrong with a request, all of it at once', async () => {
    const stranger = '00000000-0000-7000-8000-000000000000';
    await expect(ask({ action: 'abandon', groups: [] })).rejects.toThrow(/either the snapshot.*groups:.*reason:/);
    await expect(ask({ snapshot: 'hello' })).rejects.toThrow('not one that a list of parked messages gave');
    await expect(ask({ exceptionIds: [stranger] })).rejects.toThrow(
      `no parked message has the exception id ${stranger}`,
    );
    const later = { criteria: {}, after: null, through: null, at: '999999999:999999999:' };
    const snapshot = Buffer.from(JSON.stringify(later)).toString('base64url');
    await expect(ask({ snapshot })).rejects.toThrow('not of this database');
    expect((await service.interventions.operations.list({})).items).toEqual([]);
  });

  it('names in the events who decided', async () => {
    await parkUnder(['A'], recalled);
    const { snapshot } = await service.interventions.groups({});
    service.book.failures.clear();
    await ask({ snapshot, reason: 'the recall was lifted' });
    await service.drainAll();
    expect((await service.published(Topic.OperationsException)).at(-1)).toMatchObject({
      ...{ outcome: 'DONE', by: 'a.meyer', reason: 'the recall was lifted' },
    });
  });
});
