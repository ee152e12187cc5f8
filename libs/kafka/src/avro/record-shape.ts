import { NamedTypes, type AvroField, type AvroNode, type AvroSchema } from './avro-schema.js';
import { date, decimal, shown, timestampMillis, uuid, type ValueCodec } from './logical-types.js';

/** A value that does not fit its field; the message names the field. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(`${field}: ${reason}`);
  }
}

/** The codec between the data of a record in TypeScript and the plain values that avsc reads and writes. */
export function shapeOf(schema: AvroSchema): ValueCodec {
  return codecOf(schema, new NamedTypes<ValueCodec>());
}

function codecOf(schema: AvroSchema, names: NamedTypes<ValueCodec>): ValueCodec {
  if (typeof schema === 'string') return primitives[schema] ?? names.find(schema);
  if (Array.isArray(schema)) return nullable(schema as readonly AvroSchema[], names);
  const node = schema as AvroNode;
  if (node.type === 'record') return recordCodec(node, names);
  if (node.type === 'enum') {
    const codec = enumCodec(node);
    names.define(node, codec);
    return codec;
  }
  if (node.type === 'array') return arrayCodec(codecOf(node.items!, names));
  return logicalCodec(node) ?? codecOf(node.type, names);
}

function logicalCodec(node: AvroNode): ValueCodec | undefined {
  switch (node.logicalType) {
    case 'uuid':
      return uuid;
    case 'timestamp-millis':
      return timestampMillis;
    case 'date':
      return date;
    case 'decimal':
      return decimal(node.precision ?? 0, node.scale ?? 0);
    default:
      return undefined;
  }
}

function recordCodec(node: AvroNode, names: NamedTypes<ValueCodec>): ValueCodec {
  const codec: ValueCodec = { encode: (value) => value, decode: (plain) => plain };
  const inside = names.define(node, codec);
  const fields = (node.fields ?? []).map((field) => ({ field, codec: codecOf(field.type, inside) }));
  codec.encode = (value) => {
    if (typeof value !== 'object' || value === null) throw new Error(`${shown(value)} is not a ${node.name}`);
    return mapFields(fields, value as Values, encodeField);
  };
  codec.decode = (plain) => mapFields(fields, plain as Values, decodeField);
  return codec;
}

type Values = Readonly<Record<string, unknown>>;
type Convert = (field: AvroField, codec: ValueCodec, value: unknown) => unknown;

function mapFields(
  fields: readonly { readonly field: AvroField; readonly codec: ValueCodec }[],
  values: Values,
  convert: Convert,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  let current = '';
  try {
    for (const { field, codec } of fields) {
      current = field.name;
      result[current] = convert(field, codec, values[current]);
    }
  } catch (error) {
    throw located(current, error);
  }
  return result;
}

function decodeField(_field: AvroField, codec: ValueCodec, value: unknown): unknown {
  return codec.decode(value);
}

function encodeField(field: AvroField, codec: ValueCodec, value: unknown): unknown {
  if (value !== undefined) return codec.encode(value);
  if (!('default' in field)) throw new Error('is missing');
  // Defaults of our contracts are null, empty lists and plain scalars; avsc takes them as they stand.
  return typeof field.default === 'number' && codec === primitives.long ? BigInt(field.default) : field.default;
}

function located(name: string, error: unknown): FieldError {
  if (error instanceof FieldError) {
    const joint = error.field.startsWith('[') ? '' : '.';
    return new FieldError(`${name}${joint}${error.field}`, error.reason);
  }
  return new FieldError(name, error instanceof Error ? error.message : String(error));
}

function enumCodec(node: AvroNode): ValueCodec {
  const symbols = new Set<unknown>(node.symbols);
  return {
    encode(value) {
      if (symbols.has(value)) return value;
      throw new Error(`${shown(value)} is none of ${[...symbols].join(', ')}`);
    },
    decode: (plain) => plain,
  };
}

function arrayCodec(items: ValueCodec): ValueCodec {
  return {
    encode(value) {
      if (!Array.isArray(value)) throw new Error(`${shown(value)} is not a list`);
      return mapItems(value, (item) => items.encode(item));
    },
    decode: (plain) => mapItems(plain as unknown[], (item) => items.decode(item)),
  };
}

function mapItems(values: readonly unknown[], convert: (item: unknown) => unknown): unknown[] {
  return values.map((item, index) => {
    try {
      return convert(item);
    } catch (error) {
      throw located(`[${index}]`, error);
    }
  });
}

function nullable(union: readonly AvroSchema[], names: NamedTypes<ValueCodec>): ValueCodec {
  const branches = union.filter((branch) => branch !== 'null');
  if (branches.length !== 1) throw new Error('a union other than ["null", T] is not used in contracts');
  const codec = codecOf(branches[0]!, names);
  return {
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (plain) => (plain === null ? null : codec.decode(plain)),
  };
}

function scalar(name: string, fits: (value: unknown) => boolean): ValueCodec {
  return {
    encode(value) {
      if (fits(value)) return value;
      throw new Error(`${shown(value)} is not ${name}`);
    },
    decode: (plain) => plain,
  };
}

const primitives: Readonly<Record<string, ValueCodec>> = {
  null: scalar('null', (value) => value === null),
  boolean: scalar('a boolean', (value) => typeof value === 'boolean'),
  int: scalar('a 32-bit integer', (value) => Number.isInteger(value) && (value as number) === ((value as number) | 0)),
  long: scalar('a 64-bit bigint', (value) => typeof value === 'bigint' && BigInt.asIntN(64, value) === value),
  float: scalar('a number', (value) => typeof value === 'number'),
  double: scalar('a number', (value) => typeof value === 'number'),
  bytes: scalar('a Buffer', (value) => Buffer.isBuffer(value)),
  string: scalar('a text without lone surrogates', (value) => typeof value === 'string' && value.isWellFormed()),
};
