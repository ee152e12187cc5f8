import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreplaced } from '../test/unreplaced.js';
import { encodeRecord, groupMessagesPerPartition, type RecordToEncode } from './kafkajs-encoding.js';

const require = createRequire(import.meta.url);
const paths = {
  record: 'kafkajs/src/protocol/recordBatch/record/v0/index.js',
  sum: 'kafkajs/src/protocol/recordBatch/crc32C/index.js',
  groups: 'kafkajs/src/producer/groupMessagesPerPartition.js',
};

interface KafkajsBatches {
  RecordBatch(batch: { readonly records: readonly unknown[] }): Promise<{ readonly buffer: Buffer }>;
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 60, maxLength: 300 }), fc.constant(''));
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const field = fc.oneof(text, bytes, fc.constant(null));
const header = fc.oneof(text, bytes, fc.array(fc.oneof(text, bytes), { maxLength: 3 }));
const record: fc.Arbitrary<RecordToEncode> = fc.record({
  offsetDelta: fc.nat(),
  timestampDelta: fc.oneof(fc.constant(0), fc.integer({ min: -1_000_000, max: 1_000_000_000 })),
  key: field,
  value: field,
  headers: fc.dictionary(text, header, { maxKeys: 12 }),
});

describe('what kafkajs writes on the wire', () => {
  it('is byte for byte the same record, whatever its key, value and headers', () => {
    const original = unreplaced<(record: RecordToEncode) => { buffer: Buffer }>(paths.record);
    fc.assert(
      fc.property(record, (given) => {
        const encoded = encodeRecord(given) as unknown as { buffer: Buffer };
        expect(encoded.buffer.equals(original(given).buffer)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(encodeRecord({}).buf).toEqual(original({}).buffer);
  });

  it('has the same check sum', () => {
    const original = unreplaced<(bytes: Buffer) => number>(paths.sum);
    const faster = require(paths.sum) as typeof original;
    fc.assert(
      fc.property(bytes, (given) => {
        expect(faster(given)).toBe(original(given));
      }),
    );
    expect(faster(Buffer.from('123456789'))).toBe(0xe3069283); // RFC 3720, B.4
  });

  it('has the messages of each partition in their order', () => {
    const original = unreplaced<typeof groupMessagesPerPartition<number>>(paths.groups);
    const asked = (messages: number[], partitions: number) => ({
      topic: 'a',
      partitionMetadata: Array.from({ length: partitions }),
      messages,
      partitioner: ({ message }: { message: number }) => message % partitions,
    });
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat({ max: 7 }), (messages, partitions) => {
        expect(groupMessagesPerPartition(asked(messages, partitions))).toEqual(original(asked(messages, partitions)));
      }),
    );
  });

  it('is written by these functions: kafkajs found them when it was loaded', async () => {
    await import('./kafka-client.js');
    const { RecordBatch } = require('kafkajs/src/protocol/recordBatch/v0/index.js') as KafkajsBatches;
    const { buffer } = await RecordBatch({ records: [encodeRecord({ key: 'k', value: 'v' })] });
    const sum = require(paths.sum) as (bytes: Buffer) => number;
    expect(buffer.readUInt32BE(17)).toBe(sum(buffer.subarray(21)));
    expect(require(paths.record)).toBe(encodeRecord);
    expect(require(paths.groups)).toBe(groupMessagesPerPartition);
  });
});
