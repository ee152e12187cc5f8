import { resolve } from 'node:path';
import avsc from 'avsc';
import type { AvroRecord } from './avro-schema.ts';
import { fullName, readContracts } from './contract-files.ts';
import type { CatalogueTopic, Contracts } from './contract-files.ts';
import { releasedVersions } from './released-versions.ts';
import type { ReleasedVersion } from './released-versions.ts';
import { breaches } from './schema-resolution.ts';
import type { Breach } from './schema-resolution.ts';

interface Version {
  /** As a sentence names it: `version 2` or `the current version`. */
  readonly label: string;
  readonly schema: AvroRecord;
}

/**
 * FULL_TRANSITIVE, offline: every released version against the current one and against each other, both ways. Answers
 * one sentence per breach with the record, the field, the version that it breaks and the consumers that it hurts.
 */
export function incompatibilities(contracts: Contracts, released: readonly ReleasedVersion[]): string[] {
  const current = new Map(contracts.schemas.map((file) => [file.schema.name, file]));
  const gone = [...new Set(released.map((version) => version.record))].filter((record) => !current.has(record));
  const broken = contracts.schemas.flatMap((file) => {
    const versions = released
      .filter((version) => version.record === file.schema.name)
      .map(({ version, schema }) => ({ label: `version ${version}`, schema }));
    const all = [...versions, { label: 'the current version', schema: file.schema }];
    const hurt = consumersOf(fullName(file), contracts.topics);
    return pairs(all).flatMap(([reader, writer]) => sentences(reader, writer, hurt));
  });
  return [
    ...gone.map((record) => `${record}: was released and has no .avsc any more; what is published stays`),
    ...broken,
  ];
}

/** Services and outside readers of the topics that carry a record. */
export function consumersOf(record: string, topics: readonly CatalogueTopic[]): string[] {
  const readers = topics.filter((topic) => topic.records.includes(record)).flatMap((topic) => topic.readers);
  return [...new Set(readers)].sort();
}

function sentences(reader: Version, writer: Version, hurt: readonly string[]): string[] {
  return allBreaches(reader.schema, writer.schema).map(({ field, reason }) => {
    const where = `${reader.schema.namespace}.${reader.schema.name}${field === '' ? '' : `.${field}`}`;
    return (
      `${where}: ${reason}; readers with ${reader.label} cannot read what ${writer.label} wrote. ` +
      `Hurt: ${hurt.join(', ') || 'nobody in the catalogue'}. ` +
      'Make the field optional with a default, or publish a new record beside this one.'
    );
  });
}

/** Our rules name the field; avsc, which does the reading, has the last word. */
function allBreaches(reader: AvroRecord, writer: AvroRecord): Breach[] {
  const found = breaches(reader, writer);
  if (found.length > 0) return found;
  try {
    avscType(reader).createResolver(avscType(writer));
    return [];
  } catch (error) {
    return [{ field: '', reason: error instanceof Error ? error.message : String(error) }];
  }
}

function avscType(schema: AvroRecord): avsc.Type {
  return avsc.Type.forSchema(structuredClone(schema) as avsc.Schema, { wrapUnions: 'never' });
}

function pairs(versions: readonly Version[]): [Version, Version][] {
  return versions.flatMap((reader) =>
    versions.filter((writer) => writer !== reader).map((writer): [Version, Version] => [reader, writer]),
  );
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '../../../..');
  const found = incompatibilities(readContracts(root), releasedVersions(root));
  if (found.length > 0) {
    process.stderr.write(`The contracts are not FULL_TRANSITIVE:\n  ${found.join('\n  ')}\n`);
    process.exitCode = 1;
  }
}
