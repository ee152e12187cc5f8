import { Decimal, recordTypes } from '@wardline/event-contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AvroNode, AvroSchema } from './avro-schema.js';
import { bodyReader, framedRecord, recordFormOf, type RecordForm } from './schema-reading.js';
import { onePassOf } from './one-pass.js';

const schemaId = 4711;
const forms = [...recordTypes].map(([name, type]) => ({
  name,
  form: recordFormOf(JSON.parse(type.schema) as AvroSchema),
}));
const odd = recordFormOf({
  type: 'record',
  name: 'org.wardline.test.Odd',
  fields: [
    { name: 'money', type: { type: 'bytes', logicalType: 'decimal', precision: 30, scale: 2 } },
    { name: 'measure', type: { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 9 } },
    { name: 'position', type: 'long' },
    { name: 'count', type: 'int' },
    { name: 'isUrgent', type: 'boolean' },
    { name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } },
    { name: 'day', type: ['null', { type: 'int', logicalType: 'date' }], default: null },
    { name: 'texts', type: { type: 'array', items: ['string', 'null'] } },
    {
      name: 'inner',
      type: { type: 'record', name: 'Inner', fields: [{ name: 'grade', type: enumOf('A', 'B', 'C') }] },
    },
    { name: 'inners', type: { type: 'array', items: 'Inner' } },
    { name: 'note', type: 'string', default: 'none' },
  ],
});
const every = [...forms, { name: 'a record of odd fields', form: odd }];

function enumOf(...symbols: string[]): AvroSchema {
  return { type: 'enum', name: 'Grade', symbols };
}

/** The same record read and written only the thorough way. */
const thorough = (form: RecordForm): RecordForm => ({ ...form, onePass: undefined });
const read = (form: RecordForm, framed: Buffer): unknown => bodyReader(form.schema, form)(framed.subarray(5));

describe('One pass over the bytes of a record', () => {
  it.each(forms)('is compiled for $name', ({ form }) => {
    expect(form.onePass).toBeDefined();
  });

  it.each(every)('writes the bytes of the thorough way and reads its values: $name', ({ form }) => {
    fc.assert(
      fc.property(dataOf(form.schema), (data) => {
        const framed = framedRecord(schemaId, data, form);
        expect(framed.toString('hex')).toBe(framedRecord(schemaId, data, thorough(form)).toString('hex'));
        expect(read(form, framed)).toStrictEqual(read(thorough(form), framed));
      }),
      { numRuns: 60 },
    );
  });

  it.each(every)('takes no damaged bytes that the thorough way refuses: $name', ({ form }) => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(dataOf(form.schema), damage, fc.integer({ min: -3, max: 3 }), (data, changes, more) => {
        const body = resized(framedRecord(schemaId, data, form).subarray(5), more);
        for (const [at, byte] of changes) body[at % body.length] = byte;
        const [quick, slow] = [
          attempt(() => form.onePass!.read(body)),
          attempt(() => bodyReader(form.schema, thorough(form))(body)),
        ];
        if (quick !== refused) expect(quick).toStrictEqual(slow);
      }),
      { numRuns: 120 },
    );
  });

  it('takes no data that the thorough way refuses, and says what is wrong with it', () => {
    const good = {
      position: 1n,
      count: 1,
      isUrgent: true,
      at: new Date(0),
      texts: [],
      inner: { grade: 'A' },
      inners: [],
    };
    const decimals = { money: new Decimal('1.25'), measure: new Decimal('0.5') };
    const wrong: [object, string][] = [
      [{ money: new Decimal('1.255') }, 'money: 1.255 has more than 2 fraction digits'],
      [{ money: new Decimal(NaN) }, 'money: NaN is not a finite Decimal'],
      [{ money: 1.25 }, 'money: 1.25 is not a finite Decimal'],
      [{ count: 2 ** 31 }, 'count: 2147483648 is not a 32-bit integer'],
      [{ count: 1.5 }, 'count: 1.5 is not a 32-bit integer'],
      [{ position: 1 }, 'position: 1 is not a 64-bit bigint'],
      [{ position: 2n ** 63n }, 'position: 9223372036854775808 is not a 64-bit bigint'],
      [{ isUrgent: undefined }, 'isUrgent: is missing'],
      [{ at: new Date(NaN) }, 'at: Invalid Date is not a Date'],
      [{ day: '2026-02-30' }, 'day: "2026-02-30" is not a day'],
      [{ texts: ['a', '\ud800'] }, 'texts[1]'],
      [{ inner: null }, 'inner: null is not a Inner'],
      [{ inner: { grade: 'D' } }, 'inner.grade: "D" is none of A, B, C'],
      [{ note: null }, 'note: null is not a text'],
    ];
    expect(read(odd, framedRecord(schemaId, { ...good, ...decimals }, odd))).toMatchObject({ day: null, note: 'none' });
    for (const [change, reason] of wrong)
      expect(() => framedRecord(schemaId, { ...good, ...decimals, ...change }, odd)).toThrow(reason);
  });

  it('takes what is usual by itself: every type of field, both ways', () => {
    const usual = {
      money: new Decimal('-1250.75'),
      measure: new Decimal('0'),
      position: 1027n,
      count: -70,
      isUrgent: true,
      at: new Date('2026-11-21T08:15:30.000Z'),
      day: '2027-03-31',
      texts: ['NORTH-ICU', null, 'Größe M'],
      inner: { grade: 'B' },
      inners: [{ grade: 'A' }, { grade: 'C' }],
      note: 'x'.repeat(100),
    };
    expect(odd.onePass!.read(odd.onePass!.write(schemaId, usual).subarray(5))).toStrictEqual(usual);
    const ids = { a: '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01', b: '0193F1A2-7C3E-7D11-8A55-0D2F6A1B9C01' };
    const uuid = { type: 'string', logicalType: 'uuid' } as const;
    const pair = onePassOf({
      type: 'record',
      name: 'Pair',
      fields: [
        { name: 'a', type: uuid },
        { name: 'b', type: uuid },
      ],
    });
    expect(pair!.read(pair!.write(schemaId, ids).subarray(5))).toEqual({ a: ids.a, b: ids.a });
  });

  it('leaves alone what no contract has', () => {
    expect(onePassOf({ type: 'record', name: 'R', fields: [{ name: 'f', type: 'double' }] })).toBeUndefined();
    expect(onePassOf({ type: 'record', name: 'R', fields: [{ name: 'f', type: ['null', 'R'] }] })).toBeUndefined();
    expect(onePassOf({ type: 'record', name: 'R', fields: [{ name: '__proto__', type: 'string' }] })).toBeUndefined();
  });

  it('reads what an older version wrote the thorough way', () => {
    const older = {
      type: 'record',
      name: 'org.wardline.test.V',
      fields: [{ name: 'a', type: 'string' }],
    } as AvroSchema;
    const newer = recordFormOf({
      ...(older as AvroNode),
      fields: [
        { name: 'b', type: ['null', 'string'], default: null },
        { name: 'a', type: 'string' },
      ],
    });
    const framed = framedRecord(schemaId, { a: 'x' }, recordFormOf(older));
    expect(bodyReader(older, newer)(framed.subarray(5))).toEqual({ a: 'x', b: null });
  });
});

const refused = Symbol('refused');

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch {
    return refused;
  }
}

function resized(body: Buffer, more: number): Buffer {
  return Buffer.concat([body, Buffer.alloc(Math.max(more, 0))]).subarray(0, Math.max(body.length + more, 1));
}

/** Data of a record as a handler gives it, with what is rare about it. */
function dataOf(schema: AvroSchema, named = new Map<string, fc.Arbitrary<unknown>>()): fc.Arbitrary<unknown> {
  if (typeof schema === 'string') return primitives[schema] ?? named.get(schema.slice(schema.lastIndexOf('.') + 1))!;
  if (Array.isArray(schema)) {
    const type = (schema as readonly AvroSchema[]).find((branch) => branch !== 'null')!;
    return fc.option(dataOf(type, named));
  }
  const node = schema as AvroNode;
  const arbitrary = ofNode(node, named);
  if (node.name !== undefined) named.set(node.name, arbitrary);
  return arbitrary;
}

function ofNode(node: AvroNode, named: Map<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  const { logicalType, precision = 0, scale = 0 } = node;
  if (node.type === 'record') {
    const fields = (node.fields ?? []).map((field) => {
      const value = dataOf(field.type, named);
      return [field.name, 'default' in field ? fc.option(value, { nil: undefined, freq: 8 }) : value] as const;
    });
    return fc.record(Object.fromEntries(fields));
  }
  if (node.type === 'enum') return fc.constantFrom(...node.symbols!);
  if (node.type === 'array') return fc.array(dataOf(node.items!, named), { maxLength: 4 });
  if (logicalType === 'decimal') {
    const most = 10n ** BigInt(precision) - 1n;
    const unscaled = fc.oneof(
      fc.bigInt(-most, most),
      fc.bigInt(-1_000_000n, 1_000_000n),
      fc.bigInt(-99n, 99n).map((n) => n * 10n ** BigInt(scale)),
    );
    return unscaled.map((n) => new Decimal(`${n}e-${scale}`));
  }
  if (logicalType === 'uuid')
    return fc.oneof(
      fc.uuid(),
      fc.uuid().map((id) => id.toUpperCase()),
    );
  if (logicalType === 'timestamp-millis')
    return fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date(8.64e15), noInvalidDate: true });
  if (logicalType === 'date')
    return fc
      .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
  return dataOf(node.type, named);
}

const primitives: Readonly<Record<string, fc.Arbitrary<unknown> | undefined>> = {
  boolean: fc.boolean(),
  int: fc.oneof(fc.integer(), fc.integer({ min: -70, max: 70 })),
  long: fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.bigInt(-200n, 200n)),
  string: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 45, maxLength: 70 })),
};
