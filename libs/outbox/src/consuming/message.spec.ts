import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Topic } from '@wardline/event-contracts';
import { isEventId, type InboundRecord } from '@wardline/event-handling';
import { testCodec } from '@wardline/testing';
import { exceptionIdOf, exceptionRaised } from './exception-events.js';
import { HandlerRegistry } from './handler-registry.js';
import { indexedKey, keyName, toMessage } from './message.js';
import { Outbox } from '../outbox.js';
import { unreadable } from './verdict.js';

const now = new Date('2026-11-21T08:15:30Z');
const bytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength, size: 'max' }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'binary', maxLength: 200 });

/** Bytes that begin with the schema id of a record of ours, and bytes that are not framed. */
const value = fc.oneof(
  fc.constant(null),
  bytes(300).map((rest) => Buffer.concat([Buffer.of(1), rest])),
  fc.tuple(fc.integer({ min: 1, max: 15 }), bytes(300)).map(([id, rest]) => {
    return Buffer.concat([Buffer.of(0, 0, 0, 0, id), rest]);
  }),
);

const record: fc.Arbitrary<InboundRecord> = fc.record({
  topic: fc.constantFrom(Topic.ClinicalConsumption, Topic.InventoryStock, Topic.MasterdataProduct),
  partition: fc.nat(100),
  offset: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  key: fc.option(bytes(3_000)),
  value,
  headers: fc.dictionary(text, text, { maxKeys: 20 }),
  timestamp: fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
});

describe('a message that nobody can read', () => {
  it('has an identity, the same each time, and its exception can be told, whatever is in it and around it', async () => {
    const codec = await testCodec();
    const outbox = new Outbox(codec, { now: () => now }, 'test');
    const registry = new HandlerRegistry([]);
    await fc.assert(
      fc.asyncProperty(record, async (given) => {
        const result = await codec.decode(given.topic, given.value);
        const message = toMessage(given, result, registry, now);
        expect(toMessage(given, result, registry, now)).toEqual(message);
        expect(isEventId(message.eventId) && isEventId(message.correlationId)).toBe(true);
        if (message.content.kind !== 'unreadable') return;
        const failure = unreadable(message.content.code, message.content.message, 1);
        const id = exceptionIdOf('test', message, now);
        expect(() => outbox.check([exceptionRaised('test', id, message, failure, 1, now)])).not.toThrow();
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a key as it is compared', () => {
  it('fits an index, and tells two keys apart as the keys themselves do', () => {
    const [long, other] = [Buffer.alloc(900_000, 'a'), Buffer.alloc(900_000, 'a').fill('b', 899_999)];
    for (const key of [long, other]) expect(indexedKey(key).length).toBeLessThan(1_000);
    expect(keyName('t', long)).not.toBe(keyName('t', other));
    expect(keyName('t', indexedKey(long))).toBe(keyName('t', long));
    fc.assert(
      fc.property(bytes(2_000), bytes(2_000), (a, b) => {
        expect(keyName('t', a) === keyName('t', b)).toBe(a.equals(b));
      }),
    );
  });
});
