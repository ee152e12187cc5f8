import { randomUUID } from 'node:crypto';
import { ConsumptionRecorded, StockMoved } from '@wardline/event-contracts';
import {
  bytesOf,
  framed,
  partsOf,
  twosComplement,
  type Part,
  type Plain,
  type Role,
  type SchemaNode,
} from './avro-parts.ts';
import { grown } from './contract-versions.ts';

type Fields = Readonly<Record<string, Plain>>;

/** The contract as it is. */
export const recordedSchema = JSON.parse(ConsumptionRecorded.schema) as SchemaNode;

/**
 * Schemas that somebody may have put into the registry, by name: the contract, versions of it that are to come or that
 * nobody should write, records of other topics, and what is no record at all.
 */
export const schemaTexts: Readonly<Record<string, string>> = {
  recorded: ConsumptionRecorded.schema,
  moved: StockMoved.schema,
  grown: JSON.stringify(grown(recordedSchema)),
  otherScale: changed('quantity', { type: 'bytes', logicalType: 'decimal', precision: 18, scale: 3 }),
  doubleQuantity: changed('quantity', 'double'),
  withoutUnit: withFields(recordedSchema.fields!.filter(({ name }) => name !== 'unit')),
  chained: withFields([
    ...recordedSchema.fields!,
    {
      name: 'chain',
      type: ['null', { type: 'record', name: 'Link', fields: [{ name: 'next', type: ['null', 'Link'] }] }],
      default: null,
    },
  ]),
  nothings: withFields([
    ...recordedSchema.fields!,
    { name: 'nothings', type: { type: 'array', items: 'null' }, default: [] },
  ]),
  withDouble: withFields([...recordedSchema.fields!, { name: 'share', type: ['null', 'double'], default: null }]),
  withPrototype: withFields([
    ...recordedSchema.fields!,
    { name: '__proto__', type: ['null', 'string'], default: null },
  ]),
  withConstructor: withFields([
    ...recordedSchema.fields!,
    { name: 'constructor', type: ['null', 'string'], default: null },
  ]),
  withLabels: withFields([
    ...recordedSchema.fields!,
    { name: 'labels', type: { type: 'map', values: 'string' }, default: {} },
  ]),
  text: '"string"',
  nothing: 'null',
  nameless: '{"type":"record"}',
  undefinedName: changed('unit', 'NobodyKnowsThisType'),
  endless: `${'{"type":"array","items":'.repeat(20_000)}"string"${'}'.repeat(20_000)}`,
};

/** A record that nothing is wrong with, with some of its fields changed. Times are milliseconds. */
export function goodFields(changes: Fields = {}): Fields {
  const eventId = randomUUID();
  return {
    ...{ eventId, occurredAt: 1_795_248_930_000n, recordedAt: null, source: 'cabinet-7', correlationId: eventId },
    ...{ causationId: null, sequence: null, kind: 'USED', reverses: null },
    product: { scheme: 'INTERNAL', value: 'GLOVE-M', supplierCode: null },
    location: { scheme: 'CODE', value: 'NORTH-ICU' },
    ...{ lotNumber: null, serialNumber: null, expiryDate: null, quantity: twosComplement(2_000_000n), unit: 'EA' },
    ...{ encounterRef: null, performerRef: null, reason: 'dropped' },
    // What only other versions have.
    ...{ laterTexts: [], laterLines: [], laterMap: {}, laterText: null, laterNumber: 0n, chain: null, nothings: [] },
    ...{ share: null, ['__proto__']: null, constructor: null as unknown as Plain, labels: {} },
    ...changes,
  };
}

/** The parts of a good record by one of the schemas above. */
export function goodParts(schema: string, changes: Fields = {}): Part[] {
  return partsOf(JSON.parse(schemaTexts[schema]!) as SchemaNode, goodFields(changes));
}

/** A framed record by one of the schemas, as the registry numbers it. */
export function recordBytes(ids: SchemaIds, schema: string, changes: Fields = {}): Buffer {
  return framed(ids[schema]!, bytesOf(goodParts(schema, changes)));
}

/** A framed record in which the `nth` part of a role holds other bytes. */
export function lie(ids: SchemaIds, schema: string, role: Role, nth: number, bytes: Buffer | string): Buffer {
  const parts = goodParts(schema);
  const places = parts.flatMap((part, index) => (part.role === role ? [index] : []));
  const other = { role, bytes: typeof bytes === 'string' ? Buffer.from(bytes, 'hex') : bytes };
  return framed(ids[schema]!, bytesOf(parts.with(places.at(nth)!, other)));
}

/** Ids of {@link schemaTexts} in a registry, and `unknown`, which it does not have. */
export type SchemaIds = Readonly<Record<string, number>>;

function changed(field: string, type: SchemaNode['type']): string {
  return withFields(recordedSchema.fields!.map((one) => (one.name === field ? { ...one, type } : one)));
}

function withFields(fields: SchemaNode['fields']): string {
  return JSON.stringify({ ...recordedSchema, fields });
}
