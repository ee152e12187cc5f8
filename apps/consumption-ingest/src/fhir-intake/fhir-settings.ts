import type { FhirSource } from '@wardline/fhir';

/** How FHIR resources are taken in. */
export interface FhirSettings {
  readonly sources: readonly FhirSource[];
  /** Key of the pseudonyms of stays and staff; at least 32 characters. */
  readonly pseudonymKey: string;
}

/** Injects {@link FhirSettings}; null where FHIR is not taken in. */
export const FHIR_SETTINGS = Symbol('fhir-settings');
