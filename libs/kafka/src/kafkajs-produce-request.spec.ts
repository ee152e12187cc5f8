import { createRequire } from 'node:module';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unreplaced } from '../test/unreplaced.js';
import { frame, produce } from './kafkajs-produce-request.js';

const require = createRequire(import.meta.url);
const paths = {
  produce: 'kafkajs/src/protocol/requests/produce/v3/request.js',
  frame: 'kafkajs/src/protocol/request.js',
};

const now = 1_763_712_000_000;
const text = fc.string({ unit: 'binary', maxLength: 90 });
const message = fc.record(
  {
    key: fc.option(text),
    value: fc.option(fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array))),
    headers: fc.dictionary(text, text, { maxKeys: 9 }),
    timestamp: fc.oneof(fc.constant(null), fc.nat({ max: 2 * now }), fc.nat({ max: 2 * now }).map(String)),
  },
  { requiredKeys: ['key', 'value'] },
);
const partition = fc.record({
  partition: fc.nat({ max: 50 }),
  messages: fc.array(message, { minLength: 1, maxLength: 6 }),
  firstSequence: fc.nat(),
});
const topic = fc.record({ topic: text, partitions: fc.array(partition, { maxLength: 4 }) });
const request = fc.record(
  {
    ...{ acks: fc.constantFrom(-1, 0, 1), timeout: fc.nat(), topicData: fc.array(topic, { maxLength: 3 }) },
    ...{ transactionalId: fc.option(text), producerId: fc.bigInt({ min: -1n, max: 2n ** 62n }) },
    producerEpoch: fc.nat({ max: 32_767 }),
  },
  { requiredKeys: ['acks', 'timeout', 'topicData'] },
);

describe('a request to the broker', () => {
  beforeEach(() => void vi.useFakeTimers({ now, toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('is byte for byte what kafkajs writes, whatever is produced, and in the same frame', async () => {
    const [theirs, theirFrame] = [unreplaced<typeof produce>(paths.produce), unreplaced<typeof frame>(paths.frame)];
    const Long = require('kafkajs/src/utils/long.js') as { fromValue(value: string): object };
    await fc.assert(
      fc.asyncProperty(request, fc.option(text), async (given, clientId) => {
        const id = given.producerId === undefined ? {} : { producerId: Long.fromValue(String(given.producerId)) };
        const asked = { ...given, ...id };
        const [ours, kafkajs] = [produce(asked), theirs(asked)];
        expect({ ...ours, encode: null, expectResponse: ours.expectResponse() }).toEqual({
          ...{ ...kafkajs, encode: null, expectResponse: kafkajs.expectResponse() },
        });
        const written = await frame({ correlationId: 7, clientId, request: ours });
        const expected = (await theirFrame({ correlationId: 7, clientId, request: kafkajs })) as unknown as {
          readonly buffer: Buffer;
        };
        expect(Buffer.compare(written.buf.subarray(0, written.offset), expected.buffer)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('is put together by these functions: kafkajs found them when it was loaded', async () => {
    await import('./kafka-client.js');
    expect([require(paths.produce), require(paths.frame)]).toEqual([produce, frame]);
  });
});
