import { NamedTypes, type AvroField, type AvroNode, type AvroSchema } from './avro-schema.js';
import { decimal } from './logical-types.js';
import { ByteReader, type DecimalForm } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

/**
 * Reads and writes the records of one schema in a single pass between bytes and the values of TypeScript. Throws for what
 * it does not take, without saying why.
 */
export interface OnePass {
  read(body: Buffer): Record<string, unknown>;
  /** The record behind byte 0 and the id of its schema. */
  write(schemaId: number, data: unknown): Buffer;
}

/**
 * Compiles the two functions of a record, as avsc does with its own: an object literal and calls in a row are what V8 is
 * best at (npm run bench -- avro). Undefined for a schema with a type that no contract has: maps, fixed and floating point
 * numbers, records within themselves.
 */
export function onePassOf(schema: AvroSchema): OnePass | undefined {
  const program = new Program();
  const root = program.typeOf(schema, new NamedTypes<Source>());
  if (root === undefined) return undefined;
  const { read, write } = program.compiled(root);
  const reader = new ByteReader();
  const writer = new ByteWriter();
  return {
    read: (body) => reader.whole(body, read),
    write: (schemaId, data) => writer.framed(schemaId, data, write),
  };
}

/** JavaScript that reads a value from `r`, and that writes the expression it is given to `w`. */
interface Source {
  readonly read: string;
  readonly write: (value: string) => string;
}

interface Compiled {
  readonly read: (reader: ByteReader) => Record<string, unknown>;
  readonly write: (writer: ByteWriter, value: unknown) => void;
}

const plain = (method: string): Source => ({ read: `r.${method}()`, write: (value) => `w.${method}(${value});` });

const primitives: Readonly<Record<string, Source | undefined>> = {
  string: plain('string'),
  long: plain('long'),
  int: plain('int'),
  boolean: plain('boolean'),
};

const logical: Readonly<Record<string, Source | undefined>> = {
  uuid: plain('uuid'),
  'timestamp-millis': plain('timestamp'),
  date: plain('day'),
};

/** The functions of a schema in the making. Only names and symbols of our own contracts get into it, always as JSON. */
class Program {
  readonly #lines: string[] = [];
  readonly #constants: unknown[] = [];

  typeOf(schema: AvroSchema, names: NamedTypes<Source>): Source | undefined {
    if (typeof schema === 'string') return primitives[schema] ?? named(schema, names);
    if (Array.isArray(schema)) return this.#nullable(schema as readonly AvroSchema[], names);
    const node = schema as AvroNode;
    if (node.type === 'record') return this.#record(node, names);
    if (node.type === 'enum') return this.#enum(node, names);
    if (node.type === 'array') return this.#array(node, names);
    if (node.logicalType === 'decimal') return this.#decimal(node);
    return (node.logicalType === undefined ? undefined : logical[node.logicalType]) ?? this.typeOf(node.type, names);
  }

  compiled(root: Source): Compiled {
    const body = [...this.#lines, `return { read: (r) => ${root.read}, write: (w, v) => { ${root.write('v')} } };`];
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only our own contracts become code (ADR 15)
    const program = new Function('c', `'use strict';\n${body.join('\n')}`) as (constants: unknown[]) => Compiled;
    return program(this.#constants);
  }

  #record(node: AvroNode, names: NamedTypes<Source>): Source | undefined {
    const inside = names.define(node, recursive);
    const fields = (node.fields ?? []).map((field) => ({ field, type: this.typeOf(field.type, inside) }));
    if (fields.some(({ field, type }) => type === undefined || type === recursive || field.name === '__proto__'))
      return undefined;
    const reads = fields.map(({ field, type }) => `${JSON.stringify(field.name)}: ${type!.read}`);
    const writes = fields.map(({ field, type }) => writeField(field, type!));
    const name = `record${this.#lines.length}`;
    this.#lines.push(
      `function read_${name}(r) { return { ${reads.join(', ')} }; }`,
      `function write_${name}(w, v) {\n  w.record(v);\n  let x;\n  ${writes.join('\n  ')}\n}`,
    );
    const source = { read: `read_${name}(r)`, write: (value: string) => `write_${name}(w, ${value});` };
    names.define(node, source);
    return source;
  }

  #enum(node: AvroNode, names: NamedTypes<Source>): Source {
    const symbols = this.#constant(node.symbols);
    const ordinals = this.#constant(new Map(node.symbols?.map((symbol, ordinal) => [symbol, ordinal])));
    const source = {
      read: `${symbols}[r.symbol(${node.symbols?.length ?? 0})]`,
      write: (value: string) => `w.symbol(${value}, ${ordinals});`,
    };
    names.define(node, source);
    return source;
  }

  #array(node: AvroNode, names: NamedTypes<Source>): Source | undefined {
    const items = this.typeOf(node.items!, names);
    if (items === undefined || items === recursive) return undefined;
    const name = `items${this.#lines.length}`;
    this.#lines.push(
      `function read_${name}(r) { return ${items.read}; }`,
      `function write_${name}(w, v) { ${items.write('v')} }`,
    );
    return { read: `r.list(read_${name})`, write: (value) => `w.list(${value}, write_${name});` };
  }

  #decimal({ precision = 0, scale = 0 }: AvroNode): Source {
    const form: DecimalForm = { scale, factor: 10 ** scale, limit: 10 ** precision, exact: decimal(precision, scale) };
    const constant = this.#constant(form);
    return { read: `r.decimal(${constant})`, write: (value) => `w.decimal(${value}, ${constant});` };
  }

  #nullable(union: readonly AvroSchema[], names: NamedTypes<Source>): Source | undefined {
    const nullAt = union.indexOf('null');
    const type = union.length === 2 && nullAt >= 0 ? this.typeOf(union[1 - nullAt]!, names) : undefined;
    if (type === undefined || type === recursive) return undefined;
    return {
      read: `(r.branch() === ${nullAt} ? null : ${type.read})`,
      write: (value) =>
        `if (${value} === null) w.number(${nullAt}); else { w.number(${1 - nullAt}); ${type.write(value)} }`,
    };
  }

  #constant(value: unknown): string {
    this.#constants.push(value);
    return `c[${this.#constants.length - 1}]`;
  }
}

/** Stands for a record inside of itself. */
const recursive: Source = { read: '', write: () => '' };

function named(name: string, names: NamedTypes<Source>): Source | undefined {
  return ['null', 'bytes', 'float', 'double'].includes(name) ? undefined : names.find(name);
}

/** A field that is left out is null when that is its default; other defaults go the thorough way. */
function writeField({ name, default: standard }: AvroField, type: Source): string {
  const value = `v[${JSON.stringify(name)}]`;
  const orDefault = standard === null ? `if (x === undefined) x = null; ` : '';
  return `x = ${value}; ${orDefault}${type.write('x')}`;
}
