import avsc from 'avsc';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AvroSchema } from './avro-schema.js';
import { structureOf } from './avro-structure.js';

const record = (fields: object[]): AvroSchema => ({ type: 'record', name: 'org.wardline.test.R', fields }) as never;
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('the structure of a message', () => {
  const shapes: [string, AvroSchema, string, string][] = [
    ['a text of a gigabyte', 'string', '8080808008 61', '1073741824 bytes announced where 1 are left'],
    ['a text of negative length', 'string', '01', 'a length of -1'],
    ['a text that is not UTF-8', 'string', '04 c328', 'not UTF-8'],
    ['a text with an encoded surrogate', 'string', '06 eda080', 'not UTF-8'],
    ['a number of eleven bytes', 'long', 'ffffffffffffffffffff01', 'longer than 64 bits'],
    ['a number that does not end', 'long', 'ff', 'end in the middle'],
    ['an int beyond 32 bits', 'int', '8080808010', 'does not fit an int'],
    ['a boolean of 2', 'boolean', '02', '2 as a boolean'],
    ['a branch that the union lacks', ['null', 'string'], '04', 'branch 2 of a union that has 2'],
    ['a negative branch', ['null', 'string'], '01', 'branch -1'],
    [
      'a symbol that the enum lacks',
      { type: 'enum', name: 'E', symbols: ['A'] },
      '02',
      'symbol 1 of an enum that has 1',
    ],
    [
      'a list of two billion',
      { type: 'array', items: 'string' },
      'feffffff0f',
      'a list of 2147483647 elements in 0 bytes',
    ],
    [
      'a list of 2^63 nulls',
      { type: 'array', items: 'null' },
      'ffffffffffffffffff01 00',
      'a list of 9223372036854775808',
    ],
    ['a byte too many', 'boolean', '01 00', '1 bytes too many'],
    // avsc steps over a field that the reader lacks by the size that the block claims: backwards, for ever, or beyond the end.
    ['a block of negative size', { type: 'array', items: 'long' }, '01 07 02 00', 'a block of -4 bytes that has 1'],
    [
      'a block that says it is longer',
      { type: 'array', items: 'long' },
      '01 04 02 00',
      'a block of 2 bytes that has 1',
    ],
    ['a block without end', { type: 'array', items: 'long' }, '01 ff', 'end in the middle'],
    ['a list of elements that take no bytes', { type: 'array', items: 'null' }, '02 00', 'elements without a byte'],
    [
      'nothing where a fixed is due',
      { type: 'fixed', name: 'F', size: 4 },
      '0000',
      '4 bytes announced where 2 are left',
    ],
  ];
  it.each(shapes)('does not allow %s', (_what, schema, bytes, reason) => {
    expect(() => structureOf(schema)(hex(bytes))).toThrow(reason);
  });

  it('does not go through more elements than a message is worth', () => {
    const check = structureOf({ type: 'array', items: { type: 'array', items: 'string' } });
    const texts = Buffer.concat([hex('80c002'), Buffer.alloc(20_480), hex('00')]);
    expect(() => check(Buffer.concat([hex('04'), texts, texts, hex('00')]))).not.toThrow();
    expect(() => check(Buffer.concat([hex('06'), texts, texts, texts, hex('00')]))).toThrow('more than 50000 elements');
    expect(() => check(Buffer.concat([hex('04'), texts, texts, hex('00')]))).not.toThrow();
  });

  it('does not follow records nested without end', () => {
    const list = { type: 'record', name: 'Node', fields: [{ name: 'next', type: ['null', 'Node'] }] } as AvroSchema;
    const check = structureOf(list);
    expect(() => check(Buffer.concat([Buffer.alloc(20, 2), hex('00')]))).not.toThrow();
    expect(() => check(Buffer.alloc(100_000, 2))).toThrow('nested deeper than 64');
  });

  it('allows whatever avsc writes, in blocks and with names of another namespace', () => {
    const schema = record([
      { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['A', 'B'] } },
      { name: 'again', type: 'Kind' },
      { name: 'qualified', type: 'org.wardline.test.Kind' },
      { name: 'lot', type: ['null', 'string'], default: null },
      {
        name: 'lines',
        type: { type: 'array', items: { type: 'record', name: 'Line', fields: [{ name: 'n', type: 'long' }] } },
      },
      { name: 'tags', type: { type: 'map', values: 'double' } },
      { name: 'raw', type: 'bytes' },
    ]);
    const type = avsc.Type.forSchema(structuredClone(schema) as avsc.Schema, { wrapUnions: 'never' });
    const check = structureOf(schema);
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom('A', 'B'),
          again: fc.constantFrom('A', 'B'),
          qualified: fc.constantFrom('A', 'B'),
          lot: fc.option(fc.string({ unit: 'grapheme' })),
          lines: fc.array(fc.record({ n: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }) })),
          tags: fc.dictionary(fc.string({ minLength: 1 }), fc.double({ noNaN: true })),
          raw: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        }),
        (value) => check(type.toBuffer(value)),
      ),
    );
    // A block that also gives its size in bytes, as Java writes them.
    expect(() => structureOf({ type: 'array', items: 'long' })(hex('03 04 02 04 00'))).not.toThrow();
  });
});
