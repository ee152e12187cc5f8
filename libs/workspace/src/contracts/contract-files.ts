import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parse } from 'yaml';
import type { AvroRecord } from './avro-schema.ts';

/** One `.avsc` file. */
export interface SchemaFile {
  /** Path from the workspace root, with forward slashes. */
  readonly path: string;
  readonly domain: string;
  readonly schema: AvroRecord;
}

/** One topic as `schemas/catalogue.yaml` states it. */
export interface CatalogueTopic {
  readonly name: string;
  readonly owner: string;
  readonly purpose: string;
  readonly key: string;
  readonly partitions: number;
  readonly retention: string;
  readonly records: readonly string[];
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  readonly dataClass: string;
  readonly target: string;
  /** Of `records`, those whose edit needs a second person's approval; none when absent. */
  readonly editApproval?: readonly string[];
}

/** Every schema and the catalogue of a workspace. */
export interface Contracts {
  readonly schemas: readonly SchemaFile[];
  readonly topics: readonly CatalogueTopic[];
}

/** Where released versions are kept, below `schemas/`; not a domain. */
export const releasedFolder = 'released';

/** Reads the contracts below `<root>/schemas`; throws with the file's name when one is not readable. */
export function readContracts(root: string): Contracts {
  const folder = join(root, 'schemas');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.avsc') && !file.startsWith(releasedFolder))
    .sort();
  return {
    schemas: files.map((file) => readSchemaFile(root, join(folder, file))),
    topics: readCatalogue(join(folder, 'catalogue.yaml')),
  };
}

/** Reads one `.avsc` file. */
export function readSchemaFile(root: string, file: string): SchemaFile {
  const path = relative(root, file).replaceAll('\\', '/');
  return {
    path,
    domain: basename(dirname(file)),
    schema: parsed(path, () => JSON.parse(readFileSync(file, 'utf8')) as AvroRecord),
  };
}

function readCatalogue(file: string): CatalogueTopic[] {
  const content = parsed(file, () => parse(readFileSync(file, 'utf8')) as { topics?: CatalogueTopic[] } | null);
  if (!Array.isArray(content?.topics)) throw new Error(`${file}: has no list named "topics"`);
  return content.topics;
}

function parsed<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Full name of a schema file's record, such as `org.wardline.clinical.ConsumptionAccepted`. */
export function fullName(file: SchemaFile): string {
  return `${file.schema.namespace ?? ''}.${file.schema.name}`;
}
