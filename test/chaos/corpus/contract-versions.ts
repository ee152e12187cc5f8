import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { catalogue, type RecordType, type TopicName } from '@wardline/event-contracts';
import type { Schema, SchemaNode } from './avro-parts.ts';

/** A version of a record that somebody may publish with, and a topic that carries it. */
export interface ContractVersion {
  /** Id under which the schema is served. */
  readonly id: number;
  readonly what: string;
  readonly topic: TopicName;
  /** The record as this program reads it. */
  readonly record: RecordType<unknown>;
  readonly schema: SchemaNode;
}

type Field = NonNullable<SchemaNode['fields']>[number];

const repository = join(import.meta.dirname, '..', '..', '..');

/**
 * Every released version of every record, and of each one a version that is still to come: with fields that today's
 * readers do not know and have to step over, and without the optional ones.
 */
export function contractVersions(): ContractVersion[] {
  const files = globSync('schemas/released/*/*.avsc', { cwd: repository }).sort();
  const released = files.map((file) => ({
    what: `${basename(dirname(file))} version ${basename(file, '.avsc')}`,
    schema: JSON.parse(readFileSync(join(repository, file), 'utf8')) as SchemaNode,
  }));
  const later = released.map(({ what, schema }) => ({ what: `${what}, grown`, schema: grown(schema) }));
  return [...released, ...later].map((version, index) => ({ id: index + 1, ...version, ...carrierOf(version.schema) }));
}

function carrierOf({ namespace, name }: SchemaNode): Pick<ContractVersion, 'topic' | 'record'> {
  const fullName = `${namespace}.${name}`;
  for (const { name: topic, records } of catalogue) {
    const record = records.find((one) => one.fullName === fullName);
    if (record !== undefined) return { topic, record };
  }
  throw new Error(`no topic of schemas/catalogue.yaml carries ${fullName}`);
}

/** A version to come of a schema. */
export function grown(schema: SchemaNode): SchemaNode {
  const line: Schema = { type: 'record', name: 'LaterLine', fields: [{ name: 'text', type: 'string' }] };
  const later: Field[] = [
    { name: 'laterTexts', type: { type: 'array', items: 'string' }, default: [] },
    { name: 'laterLines', type: { type: 'array', items: line }, default: [] },
    { name: 'laterMap', type: { type: 'map', values: 'string' }, default: {} },
    { name: 'laterText', type: ['null', 'string'], default: null },
    { name: 'laterNumber', type: 'long', default: 0 },
  ];
  const kept = schema.fields!.filter((field, index) => field.default === undefined || index % 2 === 0);
  // In the middle, so that what is read follows what is stepped over.
  const middle = kept.length >> 1;
  return { ...schema, fields: [...kept.slice(0, middle), ...later, ...kept.slice(middle)] };
}
