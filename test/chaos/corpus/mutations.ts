import { bytesOf, framed, varint, type Part, type Role } from './avro-parts.ts';
import type { ContractVersion } from './contract-versions.ts';
import { pick, type Random } from './sample.ts';

/** A valid message in parts, and the version that it was written with. */
export interface Specimen {
  readonly version: ContractVersion;
  readonly parts: readonly Part[];
}

type PartsMutation = (parts: readonly Part[], random: Random, other: Specimen) => readonly Part[];
type BytesMutation = (value: Buffer, random: Random, other: Specimen) => Buffer | null;

/**
 * A message after one to three changes: lies in the places where Avro says how much follows and which branch it is, texts
 * that are none, parts and whole stretches lost, doubled or taken from another message, and plain damage.
 */
export function mutated(specimen: Specimen, other: Specimen, random: Random): Buffer | null {
  let { parts } = specimen;
  let value: Buffer | null = null;
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes -= 1) {
    if (value === null && random() < 0.7) parts = pick(random, partsMutations)(parts, random, other);
    else value = pick(random, bytesMutations)(value ?? valueOf({ ...specimen, parts }), random, other);
    if (value === null && random() < 0.05) return null;
  }
  return value ?? valueOf({ ...specimen, parts });
}

/** The framed bytes of a message. */
export function valueOf({ version, parts }: Specimen): Buffer {
  return framed(version.id, bytesOf(parts));
}

const liars = [
  ...[-1n, 0n, 1n, 2n, 3n, -2n, 63n, 64n, 127n, 128n, 300n, 65_536n, 1_000_000n, 1n << 30n],
  ...[(1n << 31n) - 1n, 1n << 31n, -(1n << 31n), (1n << 53n) + 1n, (1n << 63n) - 1n, -(1n << 63n)],
].map(varint);
const overlong = [
  '8000',
  '80808000',
  'ff'.repeat(9) + '01',
  'ff'.repeat(10) + '01',
  '80'.repeat(9) + '02',
  'ff'.repeat(40),
];
const numbers = [...liars, ...overlong.map((hex) => Buffer.from(hex, 'hex'))];
const contents = [
  ...['c328', 'eda080', 'f8888080', 'ff', '00', 'efbfbe', 'e280ae', '8000000000000000', 'de0b6b3a7640000f'],
].map((hex) => Buffer.from(hex, 'hex'));
const hostileTexts = [
  ...[
    'x'.repeat(79) + '😀',
    '😀'.repeat(60),
    '__proto__',
    'constructor',
    '',
    'not-a-uuid',
    '\u2028',
    '"\\',
    'x'.repeat(5000),
  ],
].map((text) => Buffer.from(text));

const whereNumbersStand: ReadonlySet<Role> = new Set(['number', 'length', 'count', 'branch', 'symbol']);

const partsMutations: readonly PartsMutation[] = [
  (parts, random) =>
    replaced(
      parts,
      random,
      ({ role }) => whereNumbersStand.has(role),
      () => pick(random, numbers),
    ),
  (parts, random) =>
    replaced(
      parts,
      random,
      ({ role }) => role === 'count',
      () => blockWithSize(random),
    ),
  (parts, random) =>
    replaced(
      parts,
      random,
      ({ role }) => role === 'content',
      () => pick(random, contents),
    ),
  honestly((random) => pick(random, contents)),
  honestly((random) => pick(random, hostileTexts)),
  (parts, random) =>
    replaced(
      parts,
      random,
      ({ role }) => role === 'boolean',
      () => Buffer.from([2 + random() * 254]),
    ),
  (parts, random) => without(parts, Math.floor(random() * parts.length), 1 + Math.floor(random() * 3)),
  (parts, random) => {
    const at = Math.floor(random() * parts.length);
    return [...parts.slice(0, at), ...parts.slice(at, at + 3), ...parts.slice(at)];
  },
  (parts, random, other) => {
    const from = Math.floor(random() * other.parts.length);
    const at = Math.floor(random() * parts.length);
    return [...parts.slice(0, at), ...other.parts.slice(from, from + 4), ...parts.slice(at + 4)];
  },
];

/** Puts other content behind a length that is true, so that what is inside is looked at. */
function honestly(content: (random: Random) => Buffer): PartsMutation {
  return (parts, random) => {
    const at = placeOf(parts, random, ({ role }) => role === 'length');
    if (at < 0) return parts;
    const bytes = content(random);
    const pair: Part[] = [
      { role: 'length', bytes: varint(BigInt(bytes.length)) },
      { role: 'content', bytes },
    ];
    return [...parts.slice(0, at), ...pair, ...parts.slice(at + 2)];
  };
}

/** A block of a list that also says how many bytes it has, truly or not. */
function blockWithSize(random: Random): Buffer {
  return Buffer.concat([varint(-1n - BigInt(Math.floor(random() * 3))), pick(random, numbers)]);
}

function replaced(
  parts: readonly Part[],
  random: Random,
  fits: (part: Part) => boolean,
  bytes: () => Buffer,
): readonly Part[] {
  const at = placeOf(parts, random, fits);
  return at < 0 ? parts : parts.with(at, { role: parts[at]!.role, bytes: bytes() });
}

function placeOf(parts: readonly Part[], random: Random, fits: (part: Part) => boolean): number {
  const from = Math.floor(random() * parts.length);
  const behind = parts.findIndex((part, index) => index >= from && fits(part));
  return behind < 0 ? parts.findIndex(fits) : behind;
}

function without(parts: readonly Part[], at: number, count: number): readonly Part[] {
  return [...parts.slice(0, at), ...parts.slice(at + count)];
}

const bytesMutations: readonly BytesMutation[] = [
  (value, random) => value.subarray(0, Math.floor(random() * value.length)),
  (value, random) => Buffer.concat([value, noise(random)]),
  (value, random) => {
    const from = Math.floor(random() * value.length);
    return Buffer.concat([value.subarray(0, from), value.subarray(from + 1 + random() * 8)]);
  },
  (value, random) => {
    const at = Math.floor(random() * value.length);
    return Buffer.concat([value.subarray(0, at), noise(random), value.subarray(at)]);
  },
  ...[0, 1, 2].map(
    () => (value: Buffer, random: Random) => changedAt(value, random, (byte) => byte ^ (1 << Math.floor(random() * 8))),
  ),
  (value, random) => changedAt(value, random, () => pick(random, [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff])),
  (value, random, other) => {
    const donor = valueOf(other);
    return Buffer.concat([
      value.subarray(0, Math.floor(random() * value.length)),
      donor.subarray(Math.floor(random() * donor.length)),
    ]);
  },
  (value, _random, other) => reframed(value, other.version.id),
  (value, random) => reframed(value, pick(random, [0, -1, 99, 2 ** 31 - 1, -(2 ** 31)])),
  (value, random) => changedAt(value.subarray(), random, (byte) => byte + 1, 0),
  (_value, random) => pick(random, [null, Buffer.alloc(0), Buffer.alloc(4), Buffer.from('{"a":1}'), noise(random)]),
];

function noise(random: Random): Buffer {
  return Buffer.from(Array.from({ length: 1 + Math.floor(random() * 24) }, () => Math.floor(random() * 256)));
}

function changedAt(value: Buffer, random: Random, change: (byte: number) => number, place?: number): Buffer {
  if (value.length === 0) return value;
  const at = place ?? Math.floor(random() * value.length);
  const copy = Buffer.from(value);
  copy[at] = change(copy[at]!);
  return copy;
}

function reframed(value: Buffer, id: number): Buffer {
  return value.length < 5 ? value : framed(id, value.subarray(5));
}
