import { Topic } from '@wardline/event-contracts';
import { Reject } from '@wardline/event-handling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService } from '../../test/booking-service.js';
import type { EditRequest, Operation } from './operation.js';

const recalled = (): Reject => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' });
const meyer = { by: 'a.meyer', via: 'http' } as const;
const weber = { by: 'm.weber', via: 'http' } as const;

let service: BookingService;
let exceptionId: string;

beforeEach(async () => {
  service = await BookingService.start();
  service.book.failures.set('a1', recalled);
  await service.deliver(...['a1', 'a2', 'a3'].map((reason) => service.record('ICU/A', reason)));
  exceptionId = (await service.interventions.list({ state: ['parked'] })).items[0]!.exceptionId;
});
afterEach(() => service.database.close());

function edit(request: Partial<EditRequest> = {}): Promise<Operation> {
  const asked = { exceptionId, changes: { reason: 'mended' }, reason: 'typed wrong', dryRun: false, force: false };
  return service.interventions.edit({ ...asked, ...request }, meyer);
}

async function shown({ operationId }: Operation): Promise<Operation> {
  return (await service.interventions.operations.show(operationId))!;
}

describe('an edited message', () => {
  it('goes through in the place of its original, and what waited behind it follows', async () => {
    const operation = await edit();
    await service.drainAll();
    expect(await shown(operation)).toMatchObject({
      ...{ action: 'edit', state: 'finished', reason: 'typed wrong', changes: { reason: 'mended' } },
      counts: { planned: 0, done: 1, failed: 0, skipped: 0 },
    });
    expect(await service.booked()).toEqual(['mended', 'a2', 'a3']);
  });

  it('is a new version; the original is kept and each names the other', async () => {
    await edit();
    await service.drainAll();
    const original = (await service.interventions.show(exceptionId))!;
    const version = (await service.interventions.show(original.lineage.supersededBy!))!;
    expect(original).toMatchObject({
      state: 'superseded',
      settledBy: 'a.meyer',
      settledReason: 'typed wrong',
      history: [{ code: 'LOT_RECALLED' }],
    });
    expect(version).toMatchObject({
      ...{ state: 'done', eventId: original.eventId, key: original.key, offset: original.offset },
      lineage: { supersedes: exceptionId, supersededBy: null, editedBy: 'a.meyer', approvedBy: null },
    });
    expect((await service.interventions.content(exceptionId)).data).toMatchObject({ reason: 'a1' });
    expect((await service.interventions.content(version.exceptionId)).data).toMatchObject({
      reason: 'mended',
      quantity: '2',
    });
    expect(await service.published(Topic.OperationsException)).toMatchObject([
      { code: 'LOT_RECALLED', exceptionId },
      { outcome: 'SUPERSEDED', exceptionId, by: 'a.meyer', reason: 'typed wrong' },
    ]);
  });

  it('is the same business fact: the original sent again is recognised', async () => {
    await edit();
    await service.drainAll();
    await service.deliver(service.record('ICU/A', 'a1'));
    expect(await service.booked()).toEqual(['mended', 'a2', 'a3']);
  });

  it('that fails again stays in its place with its own exception, and may be edited again', async () => {
    service.book.failures.set('wrong too', () => new Reject('OVER_LIMIT', 'too many', { class: 'BUSINESS' }));
    const operation = await edit({ changes: { reason: 'wrong too' } });
    await service.drainAll();
    expect((await shown(operation)).counts).toMatchObject({ failed: 1 });
    const { items } = await service.interventions.list({});
    expect(items.map(({ state }) => state).sort()).toEqual(['parked', 'waiting', 'waiting']);
    const again = items.find(({ state }) => state === 'parked')!;
    expect(again).toMatchObject({ code: 'OVER_LIMIT' });
    await edit({ exceptionId: again.exceptionId });
    await service.drainAll();
    expect(await service.booked()).toEqual(['mended', 'a2', 'a3']);
    expect(
      (await service.published(Topic.OperationsException)).map((event) => event['code'] ?? event['outcome']),
    ).toEqual([...['LOT_RECALLED', 'SUPERSEDED', 'OVER_LIMIT', 'SUPERSEDED']]);
  });

  it('is refused with every wrong field named, and nothing is written', async () => {
    await expect(edit({ changes: { eventId: 'x', quantity: 'two', ward: 'ICU' } })).rejects.toThrow(
      /eventId: .*ward: .*quantity: /,
    );
    await expect(edit({ changes: {} })).rejects.toThrow('names no field');
    const [behind] = (await service.interventions.list({ state: ['waiting'] })).items;
    await expect(edit({ exceptionId: behind!.exceptionId })).rejects.toThrow('waits behind');
    expect((await service.interventions.operations.list({})).items).toEqual([]);
  });

  it('may be rehearsed: what it would do is shown and nothing is done', async () => {
    const operation = await edit({ dryRun: true });
    await service.runner.turn();
    expect((await shown(operation)).counts).toMatchObject({ done: 1 });
    const { items } = await service.interventions.operations.items(operation.operationId, {});
    expect(items[0]!.effect).toMatchObject({
      ...{ releases: 2, rows: [{ table: 'public.booked', inserted: 1 }] },
      events: [{ data: { outcome: 'SUPERSEDED' } }, { data: { reason: 'mended' } }],
    });
    expect((await service.interventions.show(exceptionId))!.state).toBe('parked');
  });

  it('cannot be made of what nobody can read', async () => {
    await service.deliver(service.record('ICU/B', 'b1', { value: Buffer.from('!') }));
    const { items } = await service.interventions.list({ code: 'UNDECODABLE' });
    await expect(edit({ exceptionId: items[0]!.exceptionId })).rejects.toThrow('cannot be read');
    await expect(service.interventions.content(items[0]!.exceptionId)).rejects.toThrow('cannot be read');
  });
});

describe('an edit that needs a second person', () => {
  beforeEach(() => {
    service.approvalNeeded = true;
  });

  it('waits for approval by another one than who asked, and is done under both names', async () => {
    const operation = await edit();
    expect(operation).toMatchObject({ state: 'awaiting-approval', counts: { planned: 1 } });
    await service.drainAll();
    expect(await service.booked()).toEqual([]);
    const { operations } = service.interventions;
    await expect(operations.approve(operation.operationId, { by: 'A.Meyer', via: 'http' })).rejects.toThrow(
      'another person',
    );
    expect(await operations.approve(operation.operationId, weber)).toMatchObject({
      state: 'running',
      approvedBy: 'm.weber',
    });
    await expect(operations.approve(operation.operationId, weber)).rejects.toThrow('awaits no approval');
    await service.drainAll();
    expect(await service.booked()).toEqual(['mended', 'a2', 'a3']);
    const { lineage } = (await service.interventions.show(exceptionId))!;
    expect((await service.interventions.show(lineage.supersededBy!))!.lineage).toMatchObject({
      editedBy: 'a.meyer',
      approvedBy: 'm.weber',
    });
  });

  it('needs none to be rehearsed', async () => {
    expect((await edit({ dryRun: true })).state).toBe('running');
  });

  it('may be taken back, and then nothing comes of it', async () => {
    const { operationId } = await edit();
    const { operations } = service.interventions;
    expect(await operations.cancel(operationId, weber)).toMatchObject({
      ...{ state: 'cancelled', cancelledBy: 'm.weber' },
      counts: { planned: 0, skipped: 1 },
    });
    await expect(operations.approve(operationId, weber)).rejects.toThrow('cancelled');
    await expect(operations.cancel(operationId, weber)).rejects.toThrow('cancelled already');
    await expect(operations.cancel(exceptionId, weber)).rejects.toThrow('no operation has the id');
    await service.drainAll();
    expect(await service.booked()).toEqual([]);
  });

  it('does nothing to a message that has changed before it was approved', async () => {
    const operation = await edit();
    service.book.failures.set('a1', () => new Reject('OVER_LIMIT', 'too many', { class: 'BUSINESS' }));
    await service.interventions.retry(exceptionId, 'a.meyer');
    await service.drainAll();
    await service.interventions.operations.approve(operation.operationId, weber);
    await service.drainAll();
    expect((await shown(operation)).counts).toMatchObject({ done: 0, skipped: 1 });
    expect((await service.interventions.show(exceptionId))!.state).toBe('parked');
  });
});
