import hospitalEhr from '../example-sources/hospital-ehr.json' with { type: 'json' };
import storeroom from '../example-sources/storeroom.json' with { type: 'json' };
import { fhirSource, type FhirSource } from './fhir-source.js';

/** Examples to start a mapping from, none of them of a real product: what a source really sends is agreed with it. */
export const exampleFhirSources: readonly FhirSource[] = [hospitalEhr, storeroom].map((data) => fhirSource.parse(data));
