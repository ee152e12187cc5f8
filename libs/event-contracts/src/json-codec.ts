import { arrayOf, enumOf, logicalTypes, nullable, primitives, type JsonCodec, type Objection } from './json-values.js';

export { type JsonCodec } from './json-values.js';

interface Node {
  readonly type: Schema;
  readonly name?: string;
  readonly namespace?: string;
  readonly fields?: readonly { readonly name: string; readonly type: Schema; readonly default?: unknown }[];
  readonly symbols?: readonly string[];
  readonly items?: Schema;
  readonly logicalType?: string;
  readonly precision?: number;
  readonly scale?: number;
}
type Schema = string | readonly Schema[] | Node;

type Names = Map<string, JsonCodec>;

/** The JSON form of an Avro schema as contracts use it: records, enums, lists, `["null", T]` and the logical types. */
export function fieldCodec(schema: unknown): JsonCodec {
  return codecOf(schema as Schema, new Map(), '');
}

function codecOf(schema: Schema, names: Names, namespace: string): JsonCodec {
  if (typeof schema === 'string') return primitives[schema] ?? named(schema, names, namespace);
  if (Array.isArray(schema)) {
    const branch = (schema as readonly Schema[]).find((one) => one !== 'null');
    return nullable(codecOf(branch ?? 'null', names, namespace));
  }
  const node = schema as Node;
  if (node.type === 'record') return recordCodec(node, names, node.namespace ?? namespace);
  if (node.type === 'enum') return define(node, names, namespace, enumOf(node.symbols ?? []));
  if (node.type === 'array') return arrayOf(codecOf(node.items ?? 'null', names, namespace));
  return logicalTypes[node.logicalType ?? '']?.(node) ?? codecOf(node.type, names, namespace);
}

function named(name: string, names: Names, namespace: string): JsonCodec {
  const found = names.get(name.includes('.') ? name : `${namespace}.${name}`);
  if (found === undefined) throw new Error(`the schema uses the type ${name} without defining it`);
  return found;
}

function define(node: Node, names: Names, namespace: string, codec: JsonCodec): JsonCodec {
  names.set(`${node.namespace ?? namespace}.${node.name}`, codec);
  return codec;
}

function recordCodec(node: Node, names: Names, namespace: string): JsonCodec {
  const fields = (node.fields ?? []).map((field) => ({ ...field, codec: codecOf(field.type, names, namespace) }));
  const known = new Set(fields.map(({ name }) => name));
  return define(node, names, namespace, {
    toJson: (value) =>
      Object.fromEntries(
        fields.map(({ name, codec }) => [name, codec.toJson((value as Record<string, unknown>)[name])]),
      ),
    fromJson(json, path, object) {
      if (!isObject(json)) return void object(path || String(node.name), `${shown(json)} is no JSON object`);
      for (const name of Object.keys(json).filter((one) => !known.has(one)))
        object(under(path, name), 'is no field of the contract');
      return Object.fromEntries(
        fields.map(({ codec, ...field }) => [field.name, read(field, codec, json[field.name], path, object)]),
      );
    },
  });
}

function read(
  field: { readonly name: string; readonly default?: unknown },
  codec: JsonCodec,
  json: unknown,
  path: string,
  object: Objection,
): unknown {
  const at = under(path, field.name);
  if (json !== undefined) return codec.fromJson(json, at, object);
  if ('default' in field) return codec.fromJson(field.default, at, object);
  return void object(at, 'is missing');
}

function under(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function shown(json: unknown): string {
  return (JSON.stringify(json) ?? 'nothing').slice(0, 80);
}
