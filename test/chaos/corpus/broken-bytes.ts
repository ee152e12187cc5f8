import type { BadInput, Becomes } from './bad-input.ts';
import { framed, varint } from './avro-parts.ts';
import { goodParts, lie, recordBytes, type SchemaIds } from './good-record.ts';

const undecodable: Becomes = { unreadable: 'UNDECODABLE' };
const entry = (name: string, becomes: Becomes, value: (ids: SchemaIds) => Buffer | null): BadInput => ({
  name,
  becomes,
  message: (ids) => ({ value: value(ids) }),
});
const good = (ids: SchemaIds): Buffer => recordBytes(ids, 'recorded');
const withId = (id: number) => (ids: SchemaIds) => framed(id, good(ids).subarray(5));
const by = (schema: string) => (ids: SchemaIds) => framed(ids[schema]!, good(ids).subarray(5));
const overlong = (value: Buffer, times: number): Buffer =>
  Buffer.concat([value.map((byte) => byte | 0x80), Buffer.alloc(times - 1, 0x80), Buffer.of(0)]);

/** Frames, ids and schemas that are wrong. */
const frames: readonly BadInput[] = [
  entry('an empty value', { unreadable: 'EMPTY_VALUE' }, () => Buffer.alloc(0)),
  entry('a tombstone', { unreadable: 'EMPTY_VALUE' }, () => null),
  entry('another magic byte', undecodable, (ids) => framed(ids['recorded']!, good(ids).subarray(5), 1)),
  entry('JSON', undecodable, () => Buffer.from('{"product":"GLOVE-M","quantity":1}')),
  entry('less than a frame', undecodable, () => Buffer.from([0, 0, 0, 1])),
  entry('a frame without a record', undecodable, (ids) => framed(ids['recorded']!, Buffer.alloc(0))),
  entry('a schema id that nobody registered', { unreadable: 'UNKNOWN_SCHEMA' }, (ids) => withId(ids['unknown']!)(ids)),
  ...[0, -1, 2 ** 31 - 1, -(2 ** 31)].map((id) =>
    entry(`the schema id ${id}`, { unreadable: 'UNKNOWN_SCHEMA' }, withId(id)),
  ),
  entry('the schema of another topic', { unreadable: 'UNKNOWN_TYPE' }, by('moved')),
  entry('a schema that is no record', { unreadable: 'UNKNOWN_TYPE' }, by('text')),
  entry('a schema that is null', { unreadable: 'UNKNOWN_TYPE' }, by('nothing')),
  entry('a schema without a name', { unreadable: 'UNKNOWN_TYPE' }, by('nameless')),
  entry('a schema that nests 20,000 lists', { unreadable: 'UNKNOWN_TYPE' }, by('endless')),
  entry('a schema that names a type without defining it', undecodable, by('undefinedName')),
  entry('a decimal of another scale', undecodable, (ids) => recordBytes(ids, 'otherScale')),
  entry('a double where a decimal is due', undecodable, (ids) =>
    recordBytes(ids, 'doubleQuantity', { quantity: Buffer.alloc(8) }),
  ),
  entry('a schema without a field that is due', undecodable, (ids) => recordBytes(ids, 'withoutUnit')),
];

const hugeList = Array.from({ length: 500_000 }, () => '');

/** Lengths, counts and branches that lie. */
const lies: readonly BadInput[] = [
  entry('a byte too many', undecodable, (ids) => Buffer.concat([good(ids), Buffer.of(0)])),
  entry('two records in one value', undecodable, (ids) => Buffer.concat([good(ids), good(ids)])),
  entry('a text of a gigabyte', undecodable, (ids) => lie(ids, 'recorded', 'length', 1, varint(1n << 30n))),
  entry('a text of negative length', undecodable, (ids) => lie(ids, 'recorded', 'length', 1, varint(-1n))),
  entry('a text of 2^63 bytes', undecodable, (ids) => lie(ids, 'recorded', 'length', 1, varint((1n << 63n) - 1n))),
  entry('a number of eleven bytes', undecodable, (ids) => lie(ids, 'recorded', 'number', 0, `${'ff'.repeat(10)}01`)),
  entry('a number that never ends', undecodable, (ids) => lie(ids, 'recorded', 'number', 0, 'ff'.repeat(200))),
  entry('a number of more than 64 bits', undecodable, (ids) =>
    lie(ids, 'recorded', 'number', 0, `${'ff'.repeat(9)}02`),
  ),
  entry('a number that is written too long', 'read', (ids) =>
    lie(ids, 'recorded', 'number', 0, overlong(varint(1_795_248_930_000n), 3)),
  ),
  entry('a branch that the union lacks', undecodable, (ids) => lie(ids, 'recorded', 'branch', 0, varint(2n))),
  entry('a negative branch', undecodable, (ids) => lie(ids, 'recorded', 'branch', 0, varint(-1n))),
  entry('a branch without its value', undecodable, (ids) =>
    lie(ids, 'recorded', 'branch', -1, varint(1n)).subarray(0, -1),
  ),
  entry('a symbol that the enum lacks', undecodable, (ids) => lie(ids, 'recorded', 'symbol', 0, varint(5n))),
  entry('a negative symbol', undecodable, (ids) => lie(ids, 'recorded', 'symbol', 0, varint(-1n))),
  ...[-1n, 1n << 31n, (1n << 63n) - 1n, -(1n << 63n)].map((count) =>
    entry(`a list of ${count} elements`, undecodable, (ids) => lie(ids, 'grown', 'count', 0, varint(count))),
  ),
  ...['0107', '0104', '01ffffffff0f', '01feffffffffffffffff01'].map((block) =>
    entry(`a block whose size is a lie (${block})`, undecodable, (ids) =>
      lie(ids, 'grown', 'count', 0, `${block}0000`),
    ),
  ),
  entry('a list of elements that take no bytes', undecodable, (ids) =>
    lie(ids, 'nothings', 'count', -1, Buffer.concat([varint(1_000n), Buffer.alloc(2_000)])),
  ),
  entry('half a million empty texts', undecodable, (ids) => recordBytes(ids, 'grown', { laterTexts: hugeList })),
  entry('records nested 10,000 deep', undecodable, (ids) =>
    framed(ids['chained']!, Buffer.concat([bodyWithout(ids, 'chained', 1), Buffer.alloc(10_000, 2), Buffer.of(0)])),
  ),
  ...[6, 40, 100, -1].map((length) =>
    entry(`a record cut off at byte ${length}`, undecodable, (ids) => good(ids).subarray(0, length)),
  ),
];

function bodyWithout(ids: SchemaIds, schema: string, last: number): Buffer {
  return framed(ids[schema]!, Buffer.concat(goodParts(schema).map(({ bytes }) => bytes))).subarray(5, -last);
}

/** What is wrong before a field is looked at. */
export const brokenBytes: readonly BadInput[] = [...frames, ...lies];
