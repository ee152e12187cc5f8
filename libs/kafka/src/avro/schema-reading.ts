import avsc from 'avsc';
import { fullNameOf, type AvroNode, type AvroSchema } from './avro-schema.js';
import { frameLength, magicByte } from './confluent-frame.js';
import { onePassOf, type OnePass } from './one-pass.js';
import { structureOf } from './avro-structure.js';
import type { ValueCodec } from './logical-types.js';
import { shapeOf } from './record-shape.js';

/** avsc's 64-bit integers as bigint; its own are doubles and lose digits. */
const bigintLong = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: (value: number | string) => BigInt(value),
  toJSON: (value: bigint) => value.toString(),
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

/** The avsc type of a schema, without logical types: those are ours (record-shape.ts). */
function avscTypeOf(schema: AvroSchema): avsc.Type {
  return avsc.Type.forSchema(physical(schema) as avsc.Schema, {
    registry: { long: bigintLong },
    wrapUnions: 'never',
  });
}

/** A schema without the annotations of primitives: avsc finds `long` in its registry only when it stands by itself. */
function physical(schema: AvroSchema): AvroSchema {
  if (typeof schema === 'string') return schema;
  if (Array.isArray(schema)) return (schema as readonly AvroSchema[]).map(physical);
  const node = schema as AvroNode;
  if (typeof node.type !== 'string') return physical(node.type);
  if (primitiveNames.has(node.type)) return node.type;
  return {
    ...node,
    ...(node.fields ? { fields: node.fields.map((field) => ({ ...field, type: physical(field.type) })) } : {}),
    ...(node.items === undefined ? {} : { items: physical(node.items) }),
    ...(node.values === undefined ? {} : { values: physical(node.values) }),
  };
}

const primitiveNames: ReadonlySet<string> = new Set([
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
]);

/** Reads the body of a message by its writer's schema into the data of the reader's record. */
export type BodyReader = (body: Buffer) => Record<string, unknown>;

/** How the records of one schema of ours are read and written. */
export interface RecordForm {
  readonly schema: AvroSchema;
  readonly type: avsc.Type;
  readonly shape: ValueCodec;
  /** For what is usual; what it does not take goes the thorough way, which says what is wrong with it. */
  readonly onePass: OnePass | undefined;
}

/** The form of a schema of ours. */
export function recordFormOf(schema: AvroSchema): RecordForm {
  return { schema, type: avscTypeOf(schema), shape: shapeOf(schema), onePass: onePassOf(schema) };
}

/** Builds the reader for one writer schema once; throws when the two do not resolve. */
export function bodyReader(writer: AvroSchema, reader: RecordForm): BodyReader {
  const mismatch = logicalMismatch(writer, reader.schema, fullNameOf(reader.schema as AvroNode));
  if (mismatch !== undefined) throw new Error(mismatch);
  const writerType = avscTypeOf(writer);
  const thorough = thoroughReader(writer, writerType, reader);
  const { onePass, type } = reader;
  if (onePass === undefined || !writerType.equals(type)) return thorough;
  return (body) => {
    try {
      return onePass.read(body);
    } catch {
      return thorough(body);
    }
  };
}

function thoroughReader(writer: AvroSchema, writerType: avsc.Type, { type, shape }: RecordForm): BodyReader {
  const resolver = type.createResolver(writerType);
  const checkStructure = structureOf(writer);
  return (body) => {
    checkStructure(body);
    return shape.decode(type.fromBuffer(body, resolver)) as Record<string, unknown>;
  };
}

/** A record behind byte 0 and the id of its schema; throws the reason when the data does not fit. */
export function framedRecord(schemaId: number, data: unknown, { type, shape, onePass }: RecordForm): Buffer {
  try {
    if (onePass !== undefined) return onePass.write(schemaId, data);
  } catch {
    // The thorough way writes it, or says what is wrong.
  }
  const header = Buffer.alloc(frameLength, magicByte);
  header.writeInt32BE(schemaId, 1);
  return Buffer.concat([header, type.toBuffer(shape.encode(data))]);
}

/**
 * The first field whose logical type differs between writer and reader. Avro's own resolution compares the physical
 * types only, and a decimal of another scale would be read a thousandfold wrong.
 */
function logicalMismatch(writer: AvroSchema, reader: AvroSchema, path: string): string | undefined {
  const [wrote, reads] = [unwrapped(writer), unwrapped(reader)];
  if (wrote === undefined || reads === undefined) return undefined;
  if (wrote.logicalType !== undefined && reads.logicalType !== undefined) {
    const [a, b] = [logicalText(wrote), logicalText(reads)];
    if (a !== b) return `${path} was written as ${a} and is read as ${b}`;
  }
  if (wrote.items !== undefined && reads.items !== undefined) return logicalMismatch(wrote.items, reads.items, path);
  for (const field of reads.fields ?? []) {
    const other = wrote.fields?.find((candidate) => candidate.name === field.name);
    const found = other && logicalMismatch(other.type, field.type, `${path}.${field.name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unwrapped(schema: AvroSchema): AvroNode | undefined {
  if (typeof schema === 'string') return undefined;
  if (Array.isArray(schema)) {
    return (schema as readonly AvroSchema[]).map(unwrapped).find((branch) => branch !== undefined);
  }
  const node = schema as AvroNode;
  return typeof node.type === 'object' ? unwrapped(node.type) : node;
}

function logicalText(node: AvroNode): string {
  if (node.logicalType !== 'decimal') return node.logicalType ?? '';
  return `decimal with ${node.scale ?? 0} fraction digits`;
}
