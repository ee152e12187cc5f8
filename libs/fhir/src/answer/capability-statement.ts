import { stockTypes } from '../read/read-resource.js';
import type { FhirResource, FhirVersion } from '../resource/parse.js';

const releases: Readonly<Record<FhirVersion, string>> = { R4: '4.0.1', R5: '5.0.0' };

/** What the endpoint of a release takes. `date` is the day it was published; `sources` are the names of the mappings. */
export function capabilityStatement(version: FhirVersion, date: string, sources: readonly string[]): FhirResource {
  const documentation =
    'Takes what says something of stock and answers after it is kept. Nothing can be read or searched.';
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date,
    kind: 'instance',
    ...(version === 'R5' ? { name: 'WardlineIntake', title: 'Wardline FHIR intake' } : { name: 'WardlineIntake' }),
    description: `Endpoints: ${sources.map((source) => `/fhir/${version}/${source}`).join(', ') || 'none is set up'}.`,
    implementation: { description: 'Wardline FHIR intake' },
    fhirVersion: releases[version],
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation,
        resource: stockTypes(version).map((type) => ({
          type,
          interaction: [{ code: 'create' }, { code: 'update' }],
          versioning: 'versioned',
          updateCreate: true,
        })),
        interaction: [{ code: 'transaction' }, { code: 'batch' }],
      },
    ],
  };
}
