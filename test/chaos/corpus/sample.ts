import { nodeOf, twosComplement, type Plain, type Schema, type SchemaNode } from './avro-parts.ts';

/** A stream of numbers from 0 to below 1. */
export type Random = () => number;

/** One of several, each as likely. */
export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

const texts = [
  ...['', 'EA', 'NORTH-ICU', 'GLOVE-M', 'cabinet-7', 'dropped', 'x'.repeat(70), 'x'.repeat(300)],
  ...['Küche ✓', '😀😀😀', '\u202egnirts\u202c', 'a\u200bb', 'a\0b', '=cmd|x', '<b>', '__proto__', 'é'.repeat(100)],
];

/** A value that fits the schema, logical types and all: what a careful publisher could have sent. */
export function sampleOf(schema: Schema, random: Random): Plain {
  return sample(schema, random, new Map());
}

function sample(schema: Schema, random: Random, names: Map<string, SchemaNode>): Plain {
  if (Array.isArray(schema)) {
    const branches = schema as readonly Schema[];
    return random() < 0.5
      ? null
      : sample(
          branches.find((branch) => branch !== 'null')!,
          random,
          names,
        );
  }
  const node = nodeOf(schema as string | SchemaNode, names);
  switch (node.type) {
    case 'record':
      return Object.fromEntries(node.fields!.map(({ name, type }) => [name, sample(type, random, names)]));
    case 'array':
      return Array.from({ length: Math.floor(random() * 4) }, () => sample(node.items!, random, names));
    case 'map':
      return random() < 0.5 ? {} : { [pick(random, texts)]: sample(node.values!, random, names) };
    case 'enum':
      return pick(random, node.symbols!);
    case 'boolean':
      return random() < 0.5;
    default:
      return typeof node.type === 'string' ? scalar(node, random) : sample(node.type, random, names);
  }
}

function scalar({ type, logicalType, precision = 0 }: SchemaNode, random: Random): Plain {
  switch (logicalType ?? type) {
    case 'uuid':
      return uuid(random);
    case 'timestamp-millis':
      return BigInt(Math.floor(random() * 4e12));
    case 'date':
      return BigInt(Math.floor(random() * 40_000));
    case 'decimal':
      return twosComplement(BigInt.asIntN(64, bits(random, 64)) % 10n ** BigInt(precision));
    case 'int':
      return BigInt.asIntN(32, bits(random, 32));
    case 'long':
      return BigInt.asIntN(64, bits(random, 64));
    case 'string':
      return pick(random, texts);
    default:
      throw new Error(`contracts do not use ${logicalType ?? JSON.stringify(type)}`);
  }
}

function bits(random: Random, count: number): bigint {
  // As many small numbers as large ones: most real ones are small.
  const wanted = BigInt(Math.floor(random() * (count + 1)));
  const all = (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(Math.floor(random() * 2 ** 32));
  return BigInt.asUintN(Number(wanted), all);
}

function uuid(random: Random): string {
  const hex = [0, 0].map(() => bits64(random)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function bits64(random: Random): string {
  const halves = [random(), random()].map((number) =>
    Math.floor(number * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  return halves.join('');
}
