import type { AvroObject, AvroType, RecordSchema } from './record-schema.ts';

/** TypeScript text of an example record, and what it needs from the contracts. */
export interface Example {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly imports: readonly string[];
}

/** Filled in by the test builder, whatever the record. */
const header = ['eventId', 'recordedAt', 'source', 'correlationId', 'causationId'];
const id = `'0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01' as EventId`;
const logical: Readonly<Record<string, string>> = {
  uuid: id,
  decimal: `new Decimal('1')`,
  'timestamp-millis': `new Date('2026-11-21T08:15:30Z')`,
  date: `localDate('2026-11-21')`,
};
const plain: Readonly<Record<string, string>> = {
  string: `'example'`,
  boolean: 'true',
  int: '1',
  long: '1n',
  float: '1',
  double: '1',
  bytes: 'Buffer.alloc(0)',
};

/** An example of a record by its schema: nothing where null is allowed, else the first that fits. */
export function exampleOf(schema: RecordSchema): Example {
  const named = new Map<string, AvroObject>();
  const fields = schema.fields
    .map(({ name, type }) => ({ name, value: valueOf(type, named) }))
    .filter(({ name }) => !header.includes(name));
  const text = fields.map(({ value }) => value).join();
  return { fields, imports: ['Decimal', 'localDate', 'EventId'].filter((name) => text.includes(name)) };
}

function valueOf(type: AvroType, named: Map<string, AvroObject>): string {
  if (Array.isArray(type)) return type[0] === 'null' ? 'null' : valueOf(type[0] as AvroType, named);
  if (typeof type === 'string') return plain[type] ?? valueOf(named.get(type.split('.').at(-1)!)!, named);
  const object = type as AvroObject;
  if (object.name !== undefined) named.set(object.name, object);
  if (object.type === 'enum') return `'${object.symbols!.find((symbol) => symbol !== 'UNKNOWN')}'`;
  if (object.type === 'array') return '[]';
  if (object.type === 'record') return `{ ${members(object, named)} }`;
  return logical[object.logicalType ?? ''] ?? plain[object.type]!;
}

function members(record: AvroObject, named: Map<string, AvroObject>): string {
  return record.fields!.map(({ name, type }) => `${name}: ${valueOf(type, named)}`).join(', ');
}
