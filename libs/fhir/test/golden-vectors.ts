import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFhirSources } from '../src/source/example-sources.js';
import { fhirSource, type FhirSource } from '../src/source/fhir-source.js';
import type { Reading } from '../src/read/reading.js';
import type { FhirResource, FhirVersion } from '../src/resource/parse.js';

/** A resource, where it is from, what stands with it in its bundle, and what it must become. */
export interface Golden {
  readonly file: string;
  readonly title: string;
  readonly source: string;
  readonly version: FhirVersion;
  readonly mapping: string;
  readonly around?: readonly FhirResource[];
  readonly resource: FhirResource;
  readonly expected: Pick<Reading, 'enteredInError' | 'items' | 'issues'>;
}

const folder = join(import.meta.dirname, 'golden');

/** Every golden resource. */
export const goldens: readonly Golden[] = readdirSync(folder)
  .sort()
  .map((file) => ({ ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Golden, 'file'>), file }));

const specification = join(import.meta.dirname, 'specification-source.json');
const mappings = [...exampleFhirSources, fhirSource.parse(JSON.parse(readFileSync(specification, 'utf8')))];

/** The mapping by which a golden resource is read. */
export function mappingOf({ mapping }: Golden): FhirSource {
  return mappings.find(({ name }) => name === mapping)!;
}
