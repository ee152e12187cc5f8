import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSchemaFile, releasedFolder } from './contract-files.ts';
import type { AvroRecord } from './avro-schema.ts';

/** A version of a record that somebody may have published with: it stays readable forever. */
export interface ReleasedVersion {
  readonly record: string;
  readonly version: number;
  readonly schema: AvroRecord;
}

/** Every released version below `<root>/schemas/released`, by record and version. */
export function releasedVersions(root: string): ReleasedVersion[] {
  const folder = join(root, 'schemas', releasedFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((record) => versionsOf(root, join(folder, record)));
}

/** Keeps a schema as a released version; answers the file's path from the root. */
export function writeReleasedVersion(root: string, { record, version, schema }: ReleasedVersion): string {
  const path = `schemas/${releasedFolder}/${record}/${version}.avsc`;
  mkdirSync(join(root, 'schemas', releasedFolder, record), { recursive: true });
  writeFileSync(join(root, path), `${JSON.stringify(schema, null, 2)}\n`);
  return path;
}

function versionsOf(root: string, folder: string): ReleasedVersion[] {
  return readdirSync(folder)
    .filter((file) => /^\d+\.avsc$/.test(file))
    .map((file) => ({
      record: basename(folder),
      version: Number.parseInt(file, 10),
      schema: readSchemaFile(root, join(folder, file)).schema,
    }))
    .sort((a, b) => a.version - b.version);
}
