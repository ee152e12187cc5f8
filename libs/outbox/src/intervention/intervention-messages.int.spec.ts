import { InterventionRequested, Topic, type EventId } from '@wardline/event-contracts';
import { deriveEventId, Reject, type InboundRecord } from '@wardline/event-handling';
import { jsonCodec } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService } from '../../test/booking-service.js';

const recalled = (): Reject => new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' });
const topic = Topic.OperationsIntervention;

let service: BookingService;
let offset: bigint;

beforeEach(async () => {
  service = await BookingService.start();
  offset = 0n;
  for (const key of ['A', 'B']) service.book.failures.set(`${key}1`, recalled);
  await service.deliver(
    ...['A', 'B'].flatMap((key) => [service.record(`ICU/${key}`, `${key}1`), service.record(`ICU/${key}`, `${key}2`)]),
  );
});
afterEach(() => service.database.close());

function request(name: string, fields: Partial<InterventionRequested>): { eventId: EventId; record: InboundRecord } {
  const eventId = deriveEventId(name, 'request', service.now);
  const header = {
    eventId,
    occurredAt: service.now,
    recordedAt: service.now,
    source: 'console',
    correlationId: eventId,
    causationId: null,
  };
  const asked = {
    consumer: 'test',
    action: 'RETRY',
    by: 'a.meyer',
    reason: null,
    operationId: null,
    snapshot: null,
    groups: [],
  };
  const data = { ...header, ...asked, exceptionIds: [], changes: null, dryRun: false, force: false, ...fields };
  const value = jsonCodec.encode({ topic, key: eventId, type: InterventionRequested, data });
  const place = { topic, partition: 0, offset: offset++ };
  return { eventId, record: { ...place, key: Buffer.from(eventId), value, headers: {}, timestamp: service.now } };
}

async function take(...records: InboundRecord[]): Promise<void> {
  await service.pipeline.process(records, await service.pipeline.claim(topic, 0));
  await service.drainAll();
}

describe('a decision that comes as a message', () => {
  it('has the effects that it has over HTTP, and is answered', async () => {
    const { snapshot } = await service.interventions.groups({});
    service.book.failures.clear();
    const { eventId, record } = request('retry', { snapshot, reason: 'the recall was lifted' });
    await take(record);
    expect(await service.booked()).toEqual(['A1', 'B1', 'A2', 'B2']);
    expect(await service.interventions.operations.show(eventId)).toMatchObject({
      ...{ operationId: eventId, via: 'message', by: 'a.meyer', state: 'finished', counts: { done: 2 } },
    });
    expect(await service.published(topic)).toMatchObject([
      {
        operationId: eventId,
        consumer: 'test',
        action: 'RETRY',
        messages: 2,
        awaitsApproval: false,
        causationId: eventId,
      },
      { operationId: eventId, outcome: 'FINISHED', done: 2, failed: 0, skipped: 0, causationId: eventId },
    ]);
  });

  it('is taken once, however often it is delivered', async () => {
    const { snapshot } = await service.interventions.groups({});
    await take(request('retry', { snapshot }).record);
    await take(request('retry', { snapshot }).record);
    expect((await service.interventions.operations.list({})).items).toHaveLength(1);
    expect(await service.published(topic)).toHaveLength(2);
  });

  it('is passed over where it names another service', async () => {
    await take(request('retry', { consumer: 'inventory-sync', exceptionIds: ['nonsense'] }).record);
    expect(await service.published(topic)).toEqual([]);
  });

  it('edits with a second person’s approval, who is another one', async () => {
    service.approvalNeeded = true;
    const [first] = (await service.interventions.list({ state: ['parked'] })).items;
    const exceptionIds = [first!.exceptionId];
    const edit = request('edit', {
      action: 'EDIT',
      exceptionIds,
      changes: '{"reason":"mended"}',
      reason: 'typed wrong',
    });
    const operationId = edit.eventId;
    await take(edit.record, request('same', { action: 'APPROVE', operationId }).record);
    expect(await service.booked()).toEqual([]);
    await take(request('other', { action: 'APPROVE', operationId, by: 'm.weber' }).record);
    expect(await service.booked()).toEqual(['mended', 'A2']);
    expect(await service.published(topic)).toMatchObject([
      { action: 'EDIT', awaitsApproval: true, messages: 1 },
      { action: 'APPROVE', outcome: 'REFUSED', message: expect.stringContaining('another person') },
      { action: 'EDIT', outcome: 'FINISHED', by: 'a.meyer', approvedBy: 'm.weber', done: 1 },
    ]);
  });

  it('cancels and abandons', async () => {
    service.approvalNeeded = true;
    const parked = (await service.interventions.list({ state: ['parked'] })).items.map(
      ({ exceptionId }) => exceptionId,
    );
    const edit = request('edit', {
      action: 'EDIT',
      exceptionIds: [parked[0]!],
      changes: '{"reason":"x"}',
      reason: 'y',
    });
    await take(edit.record, request('cancel', { action: 'CANCEL', operationId: edit.eventId }).record);
    await take(request('abandon', { action: 'ABANDON', exceptionIds: parked, reason: 'counted' }).record);
    expect((await service.published(topic)).map((event) => event['outcome'])).toEqual([
      undefined,
      'CANCELLED',
      undefined,
      'FINISHED',
    ]);
    expect(await service.booked()).toEqual(['A2', 'B2']);
  });

  it('is refused with everything that is wrong with it, and nothing is planned', async () => {
    const wrong = request('wrong', { action: 'EDIT', by: ' ', exceptionIds: ['x', 'y'], changes: '[]' });
    const stranger = '00000000-0000-7000-8000-000000000000';
    await take(wrong.record, request('unknown', { exceptionIds: [stranger] }).record);
    await take(request('newer', { action: 'UNKNOWN' }).record, request('approve', { action: 'APPROVE' }).record);
    expect(await service.published(topic)).toMatchObject([
      {
        outcome: 'REFUSED',
        operationId: wrong.eventId,
        message: expect.stringMatching(/by: .*x, y is no UUID.*reason: .*one message.*changes: /),
      },
      { outcome: 'REFUSED', message: expect.stringContaining(stranger) },
      { outcome: 'REFUSED', message: expect.stringContaining('action:') },
      { outcome: 'REFUSED', message: expect.stringContaining('operationId:') },
    ]);
    expect((await service.interventions.operations.list({})).items).toEqual([]);
  });
});
