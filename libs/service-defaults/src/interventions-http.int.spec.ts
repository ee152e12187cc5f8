import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConsumptionAccepted, Decimal, Topic } from '@wardline/event-contracts';
import {
  deriveEventId,
  Handles,
  Reject,
  type BusinessEvent,
  type Envelope,
  type Handler,
} from '@wardline/event-handling';
import {
  HandlerRegistry,
  Interventions,
  MessagePipeline,
  OperationRunner,
  Outbox,
  Parking,
  type PipelineOptions,
} from '@wardline/outbox';
import { jsonCodec, noMetrics, silentLog, testDatabase, testMorning, type TestDatabase } from '@wardline/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryRuntime } from './delivery-runtime.js';
import { createRegistry } from './metrics.js';
import { ServiceModule } from './service.module.js';
import { ServiceStatus } from './service-status.js';

@Handles(ConsumptionAccepted)
class Refuse implements Handler<ConsumptionAccepted> {
  mended = false;

  async handle({ data }: Envelope<ConsumptionAccepted>): Promise<BusinessEvent[]> {
    if (this.mended || data.reason === 'mended') return [];
    throw new Reject('LOT_RECALLED', 'lot L1 is recalled', { class: 'BUSINESS' });
  }
}

@Module({})
class NoModule {}

const clock = { now: () => testMorning };
const handler = new Refuse();
let database: TestDatabase;
let app: INestApplication;
let address: string;
let runner: OperationRunner;
let pipeline: MessagePipeline;
let offset = 0n;

beforeAll(async () => {
  database = await testDatabase();
  const outbox = new Outbox(jsonCodec, clock, 'test');
  const parts = { database, outbox, codec: jsonCodec, clock, log: silentLog, metrics: noMetrics };
  const options: PipelineOptions = { ...parts, consumer: 'test', registry: new HandlerRegistry([handler]) };
  pipeline = new MessagePipeline(options);
  runner = new OperationRunner(options, { loopLimit: 3, onSettled: () => undefined });
  const status = new ServiceStatus('test', database);
  status.running({ interventions: new Interventions(options, () => undefined) } as DeliveryRuntime);
  const parking = new Parking('test', outbox, clock);
  const platform = { ...parts, parking, status, metrics: createRegistry('test') };
  app = await NestFactory.create(ServiceModule.of(platform, NoModule), { logger: false });
  await app.listen(0, '127.0.0.1');
  address = await app.getUrl();
});
afterAll(async () => {
  await app.close();
  await database.close();
});
beforeEach(async () => {
  handler.mended = false;
  await database.query('TRUNCATE delivery.parked, delivery.inbox CASCADE');
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function call(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Parks one message under a key; answers its exception id. */
async function parkOne(key: string): Promise<string> {
  const eventId = deriveEventId(key, 'test', testMorning);
  const header = { eventId, occurredAt: testMorning, recordedAt: testMorning, source: 'x', correlationId: eventId };
  const data = {
    ...{ ...header, causationId: null, recordEventId: eventId, recordSource: 'cabinet-7', sequence: 7n, kind: 'USED' },
    ...{ reverses: null, productCode: 'GLOVE-M', locationCode: 'ICU', lotNumber: null, serialNumber: null },
    ...{ expiryDate: null, quantity: new Decimal(2), unit: 'Units', recordedQuantity: new Decimal(2) },
    ...{ recordedUnit: 'EA', reason: key, warnings: [] },
  };
  const value = jsonCodec.encode({ topic: Topic.InventoryConsumption, key, type: ConsumptionAccepted, data });
  const place = { topic: Topic.InventoryConsumption, partition: 0, offset: offset++ };
  const record = { ...place, key: Buffer.from(key), value, headers: { ce_id: eventId }, timestamp: testMorning };
  await pipeline.process([record], await pipeline.claim(Topic.InventoryConsumption, 0));
  const { items } = (await call('GET', `/parked?key=${key}`)).body as { items: { exceptionId: string }[] };
  return items.at(-1)!.exceptionId;
}

async function done(operationId: unknown): Promise<Record<string, unknown>> {
  while (await runner.turn());
  return (await call('GET', `/operations/${String(operationId)}`)).body;
}

describe('interventions over HTTP', () => {
  it('retry exactly what was seen in a group, and say what became of each', async () => {
    await parkOne('A');
    await parkOne('B');
    const groups = (await call('GET', '/parked/groups?class=BUSINESS')).body;
    expect(groups['groups']).toMatchObject([
      {
        recordType: ConsumptionAccepted.fullName,
        class: 'BUSINESS',
        code: 'LOT_RECALLED',
        owner: 'stores',
        parked: 2,
        waitingBehind: 0,
      },
    ]);
    await parkOne('C');
    handler.mended = true;
    const asked = await call('POST', '/operations', { action: 'retry', snapshot: groups['snapshot'], by: 'a.meyer' });
    expect(asked).toMatchObject({ status: 202, body: { action: 'retry', state: 'running', counts: { planned: 2 } } });
    const { operationId } = asked.body;
    expect(await done(operationId)).toMatchObject({
      ...{ state: 'finished', by: 'a.meyer', via: 'http', dryRun: false, approvedBy: null },
      counts: { planned: 0, done: 2, failed: 0, skipped: 0 },
    });
    const items = await call('GET', `/operations/${String(operationId)}/items?outcome=done&limit=1`);
    expect(items.body).toMatchObject({
      items: [{ outcome: 'done', reason: null, effect: null }],
      cursor: expect.any(String),
    });
    expect((await call('GET', '/operations?state=finished')).body).toMatchObject({ items: [{ operationId }] });
  });

  it('edit one message with the approval of a second person', async () => {
    const exceptionId = await parkOne('A');
    const content = await call('GET', `/parked/${exceptionId}/content`);
    expect(content.body).toMatchObject({
      exceptionId,
      recordType: ConsumptionAccepted.fullName,
      headers: {},
      data: { quantity: '2', sequence: '7', reason: 'A' },
    });
    const edit = { by: 'a.meyer', reason: 'typed wrong', changes: { reason: 'mended' } };
    const wrong = await call('POST', `/parked/${exceptionId}/edit`, {
      ...edit,
      changes: { quantity: 'two', eventId: 'x' },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body['message']).toMatch(/eventId: .*quantity: /);
    const asked = await call('POST', `/parked/${exceptionId}/edit`, edit);
    expect(asked).toMatchObject({ status: 202, body: { state: 'awaiting-approval', changes: { reason: 'mended' } } });
    const approve = `/operations/${String(asked.body['operationId'])}/approve`;
    expect((await call('POST', approve, { by: 'a.meyer' })).status).toBe(409);
    expect(await call('POST', approve, { by: 'm.weber' })).toMatchObject({
      status: 200,
      body: { approvedBy: 'm.weber' },
    });
    expect(await done(asked.body['operationId'])).toMatchObject({ counts: { done: 1 } });
    expect((await call('GET', `/parked/${exceptionId}`)).body).toMatchObject({
      state: 'superseded',
      lineage: { supersededBy: expect.any(String) },
    });
  });

  it('rehearse, cancel, retry and abandon one', async () => {
    const [one, other] = [await parkOne('A'), await parkOne('B')];
    handler.mended = true;
    const rehearsal = await call('POST', '/operations', {
      action: 'retry',
      exceptionIds: [one],
      by: 'a.meyer',
      dryRun: true,
    });
    expect(await done(rehearsal.body['operationId'])).toMatchObject({ dryRun: true, counts: { done: 1 } });
    const asked = await call('POST', '/operations', { action: 'retry', exceptionIds: [one], by: 'a.meyer' });
    const cancel = `/operations/${String(asked.body['operationId'])}/cancel`;
    expect(await call('POST', cancel, { by: 'a.meyer' })).toMatchObject({
      status: 200,
      body: { state: 'cancelled', counts: { skipped: 1 } },
    });
    const retried = await call('POST', `/parked/${one}/retry`, { by: 'a.meyer' });
    expect(retried).toMatchObject({ status: 202, body: { exceptionId: one, state: 'retrying' } });
    expect(await done(retried.body['operationId'])).toMatchObject({ counts: { done: 1 } });
    const given = await call('POST', `/parked/${other}/abandon`, { by: 'a.meyer', reason: 'counted' });
    expect(given).toMatchObject({ status: 200, body: { exceptionId: other, state: 'abandoned' } });
    expect((await call('POST', `/parked/${other}/retry`, { by: 'a.meyer' })).status).toBe(409);
  });

  it('answer in words what is wrong, unknown, or not possible now', async () => {
    const stranger = '00000000-0000-7000-8000-000000000000';
    const wrong = [
      await call('POST', '/operations', { action: 'destroy', by: '', reson: 'x' }),
      await call('POST', '/operations', { action: 'abandon', exceptionIds: [stranger], by: 'a.meyer' }),
      await call('POST', '/operations', { action: 'retry', by: 'a.meyer' }),
      await call('POST', '/operations', { action: 'retry', by: 'a.meyer', snapshot: 'mine' }),
      await call('GET', '/parked?limit=0'),
      await call('GET', '/operations/1'),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
    expect(wrong[0]!.body['message']).toMatch(/action: .*by: .*reson/s);
    const unknown = [
      await call('POST', '/operations', { action: 'retry', exceptionIds: [stranger], by: 'a.meyer' }),
      await call('GET', `/operations/${stranger}`),
      await call('GET', `/operations/${stranger}/items`),
      await call('POST', `/operations/${stranger}/cancel`, { by: 'a.meyer' }),
      await call('GET', `/parked/${stranger}/content`),
      await call('POST', `/parked/${stranger}/retry`, { by: 'a.meyer' }),
    ];
    expect(unknown.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    for (const { body } of [...wrong, ...unknown])
      expect(body).toEqual({ statusCode: expect.any(Number), message: expect.any(String), error: expect.any(String) });
  });
});
