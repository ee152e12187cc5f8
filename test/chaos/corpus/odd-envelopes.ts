import { randomBytes, randomUUID } from 'node:crypto';
import type { BadInput, Becomes, RawMessage } from './bad-input.ts';
import { recordBytes } from './good-record.ts';

type Envelope = Omit<RawMessage, 'value'>;

function entry(name: string, envelope: Envelope, becomes: Becomes = 'read', reason = 'dropped'): BadInput {
  return { name, becomes, message: (ids) => ({ value: recordBytes(ids, 'recorded', { reason }), ...envelope }) };
}

function headers(...pairs: readonly (readonly [name: string | Buffer, value: string | Buffer | null])[]): Envelope {
  return {
    headers: pairs.map(([name, value]) => [Buffer.from(name), value === null ? null : Buffer.from(value)] as const),
  };
}

const many = Array.from({ length: 10_000 }, (_, index) => [`header-${index}`, 'x'] as const);
const held: Becomes = { held: 'SHELF_EMPTY' };
const rejected = (name: string, envelope: Envelope): BadInput => entry(name, envelope, held, 'reject');
const repeated = randomUUID();

/** Keys, headers and times around a record that is good; with `reject` its handler refuses it. */
export const oddEnvelopes: readonly BadInput[] = [
  entry('no key', { key: null }),
  entry('no key, and its handler refuses it', { key: null }, held, 'reject'),
  entry('an empty key', { key: Buffer.alloc(0) }),
  rejected('an empty key, and its handler refuses it', { key: Buffer.alloc(0) }),
  rejected('a key that is not UTF-8', { key: Buffer.from('ff00c328eda080', 'hex') }),
  rejected('a key of 5,000 random bytes', { key: randomBytes(5_000) }),
  rejected('a key of almost a megabyte', { key: randomBytes(900_000) }),
  {
    name: 'a key of almost a megabyte before what cannot be read',
    becomes: { unreadable: 'UNDECODABLE' },
    message: () => ({ value: Buffer.from('?'), key: randomBytes(900_000) }),
  },
  entry('a header without a value', headers(['empty', null])),
  entry('a header that is given twice', headers(['ce_id', 'first'], ['ce_id', 'second'])),
  entry('headers that are not UTF-8', headers([Buffer.from('ff', 'hex'), Buffer.from('c328', 'hex')])),
  entry('a header without a name', headers(['', 'x'])),
  rejected('headers named like properties', headers(['__proto__', 'a'], ['constructor', 'b'], ['toString', 'c'])),
  rejected('a NUL in a header', headers(['a\0b', 'c\0d'])),
  rejected('10,000 headers', headers(...many)),
  entry('a traceparent that is none', headers(['traceparent', '00-xyz-1-99'])),
  entry('a claim to be another record', headers(['ce_type', 'org.wardline.inventory.StockMoved'])),
  rejected('a message time before 1970', { timestamp: -1_000n }),
  rejected('a message time before all calendars', { timestamp: -8_640_000_000_000_000n }),
  rejected('a message time beyond all dates', { timestamp: -9_000_000_000_000_000n }),
  rejected('a message time in the year 1', { timestamp: -62_135_596_800_000n }),
  ...(['gzip', 'snappy', 'lz4', 'zstd'] as const).map((compression) =>
    entry(`packed with ${compression}`, { compression }),
  ),
  {
    name: 'an event id',
    becomes: 'read',
    message: (ids) => ({ value: recordBytes(ids, 'recorded', { eventId: repeated }) }),
  },
  {
    name: 'the same event id with another content',
    becomes: 'repeat',
    message: (ids) => ({ value: recordBytes(ids, 'recorded', { eventId: repeated, reason: 'another' }) }),
  },
  entry('an event that is too large to be published', {}, { held: 'TECHNICAL_FAULT' }, 'oversize'),
];
