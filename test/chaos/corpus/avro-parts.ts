/*
 * An Avro writer that shares no code with libs/kafka and keeps what it writes in parts, so that a test can put a lie in
 * the place of one of them: a length, a count of elements, the branch of a union.
 */

/** An Avro schema as JSON, as far as contracts use it. */
export type Schema = string | readonly Schema[] | SchemaNode;

/** An Avro schema object. */
export interface SchemaNode {
  readonly type: Schema;
  readonly name?: string;
  readonly namespace?: string;
  readonly fields?: readonly { readonly name: string; readonly type: Schema; readonly default?: unknown }[];
  readonly symbols?: readonly string[];
  readonly items?: Schema;
  readonly values?: Schema;
  readonly logicalType?: string;
  readonly precision?: number;
  readonly scale?: number;
}

/** What a part of a message stands for. Bytes of `content` follow their `length`. */
export type Role = 'number' | 'length' | 'content' | 'count' | 'branch' | 'symbol' | 'boolean';

/** A few bytes of a message and what they stand for. */
export interface Part {
  readonly role: Role;
  readonly bytes: Buffer;
}

/** A value as Avro has it, without logical types: bigint for int and long, Buffer for bytes and doubles, the name of a symbol. */
export type Plain = null | boolean | bigint | string | Buffer | readonly Plain[] | { readonly [field: string]: Plain };

type Names = Map<string, SchemaNode>;

/** Writes a value in parts; throws where it does not fit the schema. */
export function partsOf(schema: Schema, value: Plain): Part[] {
  const parts: Part[] = [];
  write(schema, value, parts, new Map());
  return parts;
}

/** The bytes of parts, one after another. */
export function bytesOf(parts: readonly Part[]): Buffer {
  return Buffer.concat(parts.map(({ bytes }) => bytes));
}

/** Confluent's framing: byte 0 (`magic`), the schema id in four bytes, the record. */
export function framed(id: number, body: Buffer, magic = 0): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(magic);
  header.writeInt32BE(id, 1);
  return Buffer.concat([header, body]);
}

/** An integer as Avro writes it: zigzag, then seven bits a byte, the lowest first. */
export function varint(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Buffer.from(bytes);
}

/** Big-endian two's complement in the fewest bytes: the physical form of a decimal, from its unscaled number. */
export function twosComplement(unscaled: bigint): Buffer {
  let length = 1;
  while (BigInt.asIntN(length * 8, unscaled) !== unscaled) length += 1;
  return Buffer.from(
    BigInt.asUintN(length * 8, unscaled)
      .toString(16)
      .padStart(length * 2, '0'),
    'hex',
  );
}

function write(schema: Schema, value: Plain, parts: Part[], names: Names): void {
  if (Array.isArray(schema)) return writeUnion(schema as readonly Schema[], value, parts, names);
  const node = nodeOf(schema as string | SchemaNode, names);
  switch (node.type) {
    case 'null':
      return;
    case 'record':
      for (const { name, type } of node.fields!) write(type, (value as Record<string, Plain>)[name]!, parts, names);
      return;
    case 'array':
      return writeArray(node.items!, value as readonly Plain[], parts, names);
    case 'map':
      return writeMap(node.values!, Object.entries(value as Record<string, Plain>), parts, names);
    case 'double':
      parts.push({ role: 'content', bytes: value as Buffer });
      return;
    case 'enum':
      parts.push({ role: 'symbol', bytes: varint(BigInt(node.symbols!.indexOf(value as string))) });
      return;
    case 'boolean':
      parts.push({ role: 'boolean', bytes: Buffer.from([value === true ? 1 : 0]) });
      return;
    case 'int':
    case 'long':
      parts.push({ role: 'number', bytes: varint(value as bigint) });
      return;
    case 'string':
    case 'bytes':
      return writeContent(Buffer.from(value as string), parts);
    default:
      if (typeof node.type === 'string') throw new Error(`contracts do not use the type ${node.type}`);
      write(node.type, value, parts, names);
  }
}

/** The definition behind a schema; a name stands for what was defined under it before. */
export function nodeOf(schema: string | SchemaNode, names: Names): SchemaNode {
  const node = typeof schema === 'string' ? (names.get(schema) ?? { type: schema }) : schema;
  if (node.name !== undefined) names.set(node.name, node);
  return node;
}

function writeUnion(branches: readonly Schema[], value: Plain, parts: Part[], names: Names): void {
  const branch = branches.findIndex((one) => (one === 'null') === (value === null));
  parts.push({ role: 'branch', bytes: varint(BigInt(branch)) });
  write(branches[branch]!, value, parts, names);
}

function writeArray(items: Schema, values: readonly Plain[], parts: Part[], names: Names): void {
  if (values.length > 0) parts.push({ role: 'count', bytes: varint(BigInt(values.length)) });
  for (const value of values) write(items, value, parts, names);
  parts.push({ role: 'count', bytes: varint(0n) });
}

function writeMap(values: Schema, entries: readonly [string, Plain][], parts: Part[], names: Names): void {
  if (entries.length > 0) parts.push({ role: 'count', bytes: varint(BigInt(entries.length)) });
  for (const [key, value] of entries) {
    writeContent(Buffer.from(key), parts);
    write(values, value, parts, names);
  }
  parts.push({ role: 'count', bytes: varint(0n) });
}

function writeContent(content: Buffer, parts: Part[]): void {
  parts.push({ role: 'length', bytes: varint(BigInt(content.length)) }, { role: 'content', bytes: content });
}
