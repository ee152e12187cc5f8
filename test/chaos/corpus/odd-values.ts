import type { Plain } from './avro-parts.ts';
import { twosComplement } from './avro-parts.ts';
import type { BadInput, Becomes } from './bad-input.ts';
import { lie, recordBytes } from './good-record.ts';

const undecodable: Becomes = { unreadable: 'UNDECODABLE' };

function entry(
  name: string,
  becomes: Becomes,
  changes: Readonly<Record<string, Plain>>,
  schema = 'recorded',
): BadInput {
  return { name, becomes, message: (ids) => ({ value: recordBytes(ids, schema, changes) }) };
}

/** Content behind a true length, in place of the source. */
function sourceOf(name: string, hex: string): BadInput {
  return { name, becomes: undecodable, message: (ids) => ({ value: lie(ids, 'recorded', 'content', 1, hex) }) };
}

const units = (number: bigint): Buffer => twosComplement(number * 1_000_000n);
const milliseconds = (year: string): bigint => BigInt(Date.parse(`${year}-01-01T00:00:00Z`));
const prototypeKeys = JSON.parse('{"__proto__":"a","constructor":"b"}') as Plain;
const unknownProduct = (value: string): Plain => ({ scheme: 'INTERNAL', value, supplierCode: null });

/** Values that are no value of their field. */
const impossible: readonly BadInput[] = [
  sourceOf('a text that is not UTF-8', 'c328c328c328c328c3'),
  sourceOf('a text with half a surrogate pair, as CESU-8', 'eda080eda080eda080'),
  sourceOf('a text in a character of five bytes', 'f888808080616161ff'),
  entry('an id that is no UUID', undecodable, { eventId: 'cabinet-7/48213' }),
  entry('an id of 79 letters and faces', undecodable, { eventId: `${'x'.repeat(78)}😀😀` }),
  entry('an empty id', undecodable, { correlationId: '' }),
  entry('a decimal without a byte', undecodable, { quantity: Buffer.alloc(0) }),
  entry('a decimal of 38 digits', undecodable, { quantity: twosComplement(10n ** 38n - 1n) }),
  entry('a decimal of a thousand bytes', undecodable, { quantity: Buffer.alloc(1_000, 0x7f) }),
  entry('a quantity of 1e15', undecodable, { quantity: units(10n ** 15n) }),
  entry('a time beyond all dates', undecodable, { occurredAt: 8_640_000_000_000_001n }),
  entry('a time before all calendars', undecodable, { occurredAt: -8_640_000_000_000_000n }),
  entry('a time of 2^63 milliseconds', undecodable, { occurredAt: 9_223_372_036_854_775_807n }),
  entry('a day beyond the year 9999', undecodable, { expiryDate: 2_932_897n }),
  entry('a day before the year 0', undecodable, { expiryDate: -2_147_483_648n }),
];

/** Values that are unusual and as valid as any: what they mean is not the codec's business. */
const unusual: readonly BadInput[] = [
  entry('a quantity of zero', 'read', { quantity: units(0n) }),
  entry('a negative quantity', 'read', { quantity: units(-3n) }),
  entry('the largest quantity', 'read', { quantity: twosComplement(10n ** 18n - 1n) }),
  entry('a decimal with leading zeros', 'read', { quantity: Buffer.from('0000000000001e8480', 'hex') }),
  entry('a number beyond 2^53', 'read', { sequence: 9_007_199_254_740_993n }),
  entry('the smallest number', 'read', { sequence: -(1n << 63n) }),
  entry('a time before 1970', 'read', { occurredAt: -1n }),
  entry('the year 0', 'read', { occurredAt: milliseconds('0000') }),
  entry('the year 9999', 'read', { occurredAt: milliseconds('9999') }),
  entry('the last time that exists', 'read', { occurredAt: 8_640_000_000_000_000n }),
  entry('a NUL in a text, which Postgres refuses', { held: 'TECHNICAL_FAULT' }, { reason: 'a\0b' }),
  entry(
    'a record of a version to come',
    'read',
    { laterTexts: ['a', 'b'], laterMap: { a: 'b' }, laterNumber: 7n },
    'grown',
  ),
  entry('a record of the old version after it', 'read', {}),
  entry('a double that is not a number', 'read', { share: double(NaN) }, 'withDouble'),
  entry('a double that is endless', 'read', { share: double(-Infinity) }, 'withDouble'),
  entry('a double of minus zero', 'read', { share: double(-0) }, 'withDouble'),
  // avsc cannot resolve a writer with such fields; what counts is that nobody's prototype changes.
  entry('a field called __proto__', undecodable, {}, 'withPrototype'),
  entry('a field called constructor', undecodable, {}, 'withConstructor'),
  entry('keys called like properties', 'read', { labels: prototypeKeys }, 'withLabels'),
];

/** Texts that mean something to a spreadsheet, a browser, a database or a reader's eye; they are kept as they are. */
const dangerous: readonly BadInput[] = [
  ['a formula', "=cmd|'/C calc'!A0"],
  ['HTML and QWeb', '<script>alert(1)</script><t t-esc="env"/>'],
  ['SQL', "'; DROP TABLE delivery.parked; --"],
  ['an Odoo domain', "[('id','!=',0)]"],
  ['an external id with dots and spaces', 'wardline.a.b c'],
  ['text from right to left', '\u202eM-EVOLG\u202c'],
  ['a text that looks empty', '\u200b\u2060\ufeff'],
  ['a name like a property', '__proto__'],
  ['a million letters', 'x'.repeat(1_000_000)],
  ['a character beyond the basic plane', '😀'.repeat(100)],
].map(([name, text]) => entry(name!, 'read', { reason: text!, product: unknownProduct(text!.slice(0, 200)) }));

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

/** What is in a record. */
export const oddValues: readonly BadInput[] = [...impossible, ...unusual, ...dangerous];
