import { isUtf8 } from 'node:buffer';
import { NamedTypes, type AvroNode, type AvroSchema } from './avro-schema.js';

/**
 * Steps over one value from `position` and answers the position after it; throws when the bytes do not hold it.
 * Nothing is allocated, so a message that announces a gigabyte costs no more than one that does not.
 */
type Step = (bytes: Buffer, position: number, depth: number) => number;

const maxDepth = 64;
/** Elements that all lists of a message may have together. */
export const maxElements = 50_000;

/** Elements of lists that a message may still have: each takes time, and a megabyte holds half a million empty texts. */
interface Allowance {
  elements: number;
}

/**
 * Checks that bytes hold exactly one value of a writer's schema: no lying length, broken text, or byte too many, and no more
 * than 50,000 elements in all its lists.
 */
export function structureOf(schema: AvroSchema): (bytes: Buffer) => void {
  const allowance: Allowance = { elements: 0 };
  const step = stepOf(schema, new NamedTypes<{ step: Step }>(), allowance);
  return (bytes) => {
    allowance.elements = maxElements;
    const end = step(bytes, 0, 0);
    if (end < bytes.length) throw new Error(`${bytes.length - end} bytes too many after the record`);
  };
}

function stepOf(schema: AvroSchema, names: NamedTypes<{ step: Step }>, allowance: Allowance): Step {
  if (typeof schema === 'string') return primitives[schema] ?? named(names.find(schema));
  if (Array.isArray(schema)) return unionStep(schema.map((branch: AvroSchema) => stepOf(branch, names, allowance)));
  const node = schema as AvroNode;
  switch (node.type) {
    case 'record':
    case 'error':
      return recordStep(node, names, allowance);
    case 'enum':
      names.define(node, { step: enumStep(node.symbols?.length ?? 0) });
      return enumStep(node.symbols?.length ?? 0);
    case 'fixed':
      names.define(node, { step: fixedStep(node.size ?? 0) });
      return fixedStep(node.size ?? 0);
    case 'array':
      return blocksStep(stepOf(node.items!, names, allowance), allowance);
    case 'map':
      return blocksStep(mapEntryStep(stepOf(node.values!, names, allowance)), allowance);
    default:
      return stepOf(node.type, names, allowance);
  }
}

function named(target: { step: Step }): Step {
  return (bytes, position, depth) => target.step(bytes, position, depth);
}

function recordStep(node: AvroNode, names: NamedTypes<{ step: Step }>, allowance: Allowance): Step {
  const self: { step: Step } = { step: skipNothing };
  const inside = names.define(node, self);
  const fields = (node.fields ?? []).map((field) => stepOf(field.type, inside, allowance));
  self.step = (bytes, position, depth) => {
    if (depth >= maxDepth) throw new Error(`records nested deeper than ${maxDepth}`);
    let at = position;
    for (const field of fields) at = field(bytes, at, depth + 1);
    return at;
  };
  return self.step;
}

function unionStep(branches: readonly Step[]): Step {
  return (bytes, position, depth) => {
    const { value, end } = readLong(bytes, position);
    const branch = branches[Number(value)];
    if (branch === undefined) throw new Error(`branch ${value} of a union that has ${branches.length}`);
    return branch(bytes, end, depth);
  };
}

function enumStep(symbols: number): Step {
  return (bytes, position) => {
    const { value, end } = readLong(bytes, position);
    if (value < 0n || value >= BigInt(symbols)) throw new Error(`symbol ${value} of an enum that has ${symbols}`);
    return end;
  };
}

function fixedStep(size: number): Step {
  return (bytes, position) => within(bytes, position, BigInt(size));
}

function mapEntryStep(values: Step): Step {
  return (bytes, position, depth) => values(bytes, stringStep(bytes, position), depth);
}

function blocksStep(item: Step, allowance: Allowance): Step {
  return (bytes, position, depth) => {
    let at = position;
    for (;;) {
      const { value, end } = readLong(bytes, at);
      at = end;
      if (value === 0n) return at;
      const size = value < 0n ? readLong(bytes, at) : undefined;
      const from = size?.end ?? at;
      at = itemsStep(item, value < 0n ? -value : value, allowance)(bytes, from, depth);
      // avsc believes the size when it steps over a list that the reader does not have, even backwards.
      if (size !== undefined && size.value !== BigInt(at - from))
        throw new Error(`a block of ${size.value} bytes that has ${at - from}`);
    }
  };
}

function itemsStep(item: Step, count: bigint, allowance: Allowance): Step {
  return (bytes, position, depth) => {
    if (count > BigInt(bytes.length - position))
      throw new Error(`a list of ${count} elements in ${bytes.length - position} bytes`);
    allowance.elements -= Number(count);
    if (allowance.elements < 0) throw new Error(`more than ${maxElements} elements in its lists`);
    let at = position;
    for (let left = Number(count); left > 0; left--) {
      const end = item(bytes, at, depth + 1);
      // Each block may announce as many as there are bytes left: of elements that take none, a message could hold billions.
      if (end === at) throw new Error('a list of elements without a byte');
      at = end;
    }
    return at;
  };
}

function bytesStep(bytes: Buffer, position: number): number {
  const { value, end } = readLong(bytes, position);
  return within(bytes, end, value);
}

function stringStep(bytes: Buffer, position: number): number {
  const { value, end } = readLong(bytes, position);
  const after = within(bytes, end, value);
  // Most texts are short codes in ASCII, for which a view of the buffer costs more than the look.
  if (!isAscii(bytes, end, after) && !isUtf8(bytes.subarray(end, after))) throw new Error('a text that is not UTF-8');
  return after;
}

function isAscii(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > 64) return false;
  for (let i = from; i < to; i++) if (bytes[i]! >= 0x80) return false;
  return true;
}

function intStep(bytes: Buffer, position: number): number {
  const { value, end } = readLong(bytes, position);
  if (value < -(2n ** 31n) || value >= 2n ** 31n) throw new Error(`${value} does not fit an int`);
  return end;
}

function booleanStep(bytes: Buffer, position: number): number {
  const after = within(bytes, position, 1n);
  if (bytes[position]! > 1) throw new Error(`${bytes[position]} as a boolean`);
  return after;
}

function skipNothing(_bytes: Buffer, position: number): number {
  return position;
}

function within(bytes: Buffer, position: number, length: bigint): number {
  const left = bytes.length - position;
  if (length < 0n) throw new Error(`a length of ${length}`);
  if (length > BigInt(left)) throw new Error(`${length} bytes announced where ${left} are left`);
  return position + Number(length);
}

function readLong(bytes: Buffer, position: number): { value: bigint; end: number } {
  const first = bytes[position];
  if (first !== undefined && first < 0x80) return { value: BigInt((first >>> 1) ^ -(first & 1)), end: position + 1 };
  let raw = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[position + i];
    if (byte === undefined) throw new Error('the bytes end in the middle of the record');
    raw |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte < 0x80) {
      if (raw >= 2n ** 64n) break;
      return { value: (raw >> 1n) ^ -(raw & 1n), end: position + i + 1 };
    }
  }
  throw new Error('a number longer than 64 bits');
}

const primitives: Readonly<Record<string, Step | undefined>> = {
  null: skipNothing,
  boolean: booleanStep,
  int: intStep,
  long: (bytes, position) => readLong(bytes, position).end,
  float: fixedStep(4),
  double: fixedStep(8),
  bytes: bytesStep,
  string: stringStep,
};
