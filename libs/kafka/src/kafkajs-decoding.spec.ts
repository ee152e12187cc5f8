import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRecord, type BatchContext } from './kafkajs-decoding.js';
import { encodeRecord } from './kafkajs-encoding.js';

const require = createRequire(import.meta.url);
const path = require.resolve('kafkajs/src/protocol/recordBatch/record/v0/decoder.js');
const Decoder = require('kafkajs/src/protocol/decoder.js') as new (bytes: Buffer) => {
  readVarInt(): number;
} & Parameters<typeof decodeRecord>[0];

const batch: BatchContext = { firstOffset: '41', firstTimestamp: '1795248930000', magicByte: 2 };
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const name = fc.string({ unit: 'grapheme' }).filter((text) => !(text in {}));
const record = fc.record({
  offsetDelta: fc.nat(),
  timestampDelta: fc.integer({ min: -1_000_000, max: 1_000_000_000 }),
  key: fc.option(bytes),
  value: fc.option(bytes),
  headers: fc.dictionary(name, fc.oneof(bytes, fc.array(bytes, { minLength: 2, maxLength: 4 })), { maxKeys: 6 }),
});

type Encodable = Parameters<typeof encodeRecord>[0];

function opened(given: Encodable): InstanceType<typeof Decoder> {
  const decoder = new Decoder(encodeRecord(given).buf);
  decoder.readVarInt(); // its length
  return decoder;
}

describe('what kafkajs reads from the wire', () => {
  it('is the same record as before, whatever its key, value and headers', () => {
    const replaced = require.cache[path];
    delete require.cache[path];
    const original = require(path) as typeof decodeRecord;
    require.cache[path] = replaced;
    fc.assert(
      fc.property(record, fc.constantFrom(0, 1), (given, timestampType) => {
        const context = { ...batch, timestampType, maxTimestamp: '1795248999999', isControlBatch: false };
        expect(decodeRecord(opened(given), context)).toEqual(original(opened(given), context));
      }),
      { numRuns: 1_000 },
    );
  });

  it('has headers named like properties of every object, with the values that they came with', () => {
    const headers = Object.fromEntries(
      ['__proto__', 'constructor', 'toString'].map((one) => [one, Buffer.from(one)] as const),
    );
    const read = decodeRecord(opened({ key: null, value: null, headers }), batch)['headers'] as typeof headers;
    expect(Object.entries(read)).toEqual(Object.entries(headers));
  });

  it('takes ten thousand headers in their stride', () => {
    const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`header-${index}`, 'x']));
    const started = performance.now();
    for (let times = 0; times < 5; times += 1) decodeRecord(opened({ headers }), batch);
    // kafkajs' own way takes 5 s for one.
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
