import { randomBytes } from 'node:crypto';
import { ConsumptionAccepted, Topic } from '@wardline/event-contracts';
import type { DecodeResult, EventCodec } from '@wardline/event-handling';
import { jsonCodec, noMetrics, silentLog } from '@wardline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BookingService, missing, told } from '../../test/booking-service.js';
import { HandlerRegistry } from './handler-registry.js';
import { Outbox } from '../outbox.js';
import { MessagePipeline } from './pipeline.js';

let service: BookingService;

beforeEach(async () => {
  service = await BookingService.start();
});
afterEach(() => service.database.close());

describe('a key of any length', () => {
  it.each([1_000, 1_002, 6_000, 200_000])('(%i bytes) is held, waited behind and drained in order', async (length) => {
    const start = randomBytes(length / 2 - 1).toString('hex');
    const [key, sibling] = [`${start}-a`, `${start}-b`];
    service.book.failures.set('1', missing);
    await service.deliver(service.record(key, '1'), service.record(sibling, 'other'));
    await service.deliver(service.record(key, '2'));
    expect(await service.booked()).toEqual(['other']);
    service.book.failures.clear();
    service.pass(60_000);
    await service.drainAll();
    expect(await service.booked()).toEqual(['other', '1', '2']);
    const events = await service.database.query<{ key: string }>('SELECT key FROM delivery.outbox WHERE topic = $1', [
      Topic.InventoryStock,
    ]);
    expect(events.filter((event) => event.key === key).length).toBeGreaterThanOrEqual(2);
  });
});

describe('an event that no broker takes', () => {
  it('fails the business write, never the relay', async () => {
    const outbox = new Outbox(jsonCodec, { now: () => service.now }, 'test');
    const large = told('k', 'x'.repeat(900_000));
    await expect(service.database.transaction((tx) => outbox.add(tx, [large]))).rejects.toThrow(
      /StockMoved cannot be published: it has 900\d{3} bytes, and a broker takes 900000/,
    );
  });

  it('is not what comes of a message with a large key', async () => {
    await service.deliver(service.record('x'.repeat(950_000), '-', { value: Buffer.from('!') }));
    const [raised] = await service.published(Topic.OperationsException);
    expect(raised!['messageKey']).toBe(`${'x'.repeat(500)}…`);
  });
});

describe('messages of many schemas that nobody knows', () => {
  it('are asked for together, so that a batch of them waits once', async () => {
    const asked: ((result: DecodeResult) => void)[] = [];
    const unknown = { ok: false, code: 'UNKNOWN_SCHEMA', message: 'nobody knows it' } as const;
    const codec: EventCodec = {
      encode: (event) => jsonCodec.encode(event),
      // Answers nothing before every message of the batch has asked.
      decode: () =>
        new Promise((resolve) => {
          asked.push(resolve);
          if (asked.length === 20) for (const answer of asked) answer(unknown);
        }),
    };
    const { database } = service;
    const clock = { now: () => service.now };
    const outbox = new Outbox(codec, clock, 'test');
    const registry = new HandlerRegistry([service.book]);
    const parts = { consumer: 'test', database, outbox, codec, registry, clock, log: silentLog, metrics: noMetrics };
    const pipeline = new MessagePipeline(parts);
    const records = Array.from({ length: 20 }, (_, index) => service.record(`k${index}`, 'x'));
    expect(records[0]!.value!.toString()).toContain(ConsumptionAccepted.fullName);
    await pipeline.process(records, await pipeline.claim(Topic.InventoryConsumption, 0));
    expect(await database.query('SELECT DISTINCT code, state FROM delivery.parked')).toEqual([
      { code: 'UNKNOWN_SCHEMA', state: 'parked' },
    ]);
  });
});
