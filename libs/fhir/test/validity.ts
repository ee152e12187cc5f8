import { beforeAll, describe, expect, it } from 'vitest';
import { capabilityStatement } from '../src/answer/capability-statement.js';
import { operationOutcome, responseBundle } from '../src/answer/operation-outcome.js';
import { readResource } from '../src/read/read-resource.js';
import type { FhirResource, FhirVersion } from '../src/resource/parse.js';
import { goldens, mappingOf } from './golden-vectors.js';
import { type Validate, officialValidator } from './official-definitions.js';

/** A resource that is made invalid: what is wrong with it, and how. */
export interface Spoilt {
  readonly file: string;
  readonly what: string;
  readonly with: Readonly<Record<string, unknown>>;
}

/** That the golden resources and our answers are valid FHIR of a release, and that a spoilt one is found by both. */
export function describeValidity(version: FhirVersion, spoilt: readonly Spoilt[]): void {
  let validate: Validate;
  beforeAll(async () => {
    validate = await officialValidator(version);
  });
  const own = goldens.filter((golden) => golden.version === version);

  describe(`By the official definitions of ${version}`, () => {
    it.each(own.map((golden) => [golden.title, golden] as const))(
      'is valid: %s',
      (_title, { resource, around = [] }) => {
        for (const one of [resource, ...around]) expect(validate(one)).toEqual([]);
      },
    );

    it.each(spoilt.map((one) => [one.what, one] as const))(
      'is invalid, and not taken here either: %s',
      (_what, one) => {
        const golden = own.find(({ file }) => file === one.file)!;
        const resource: FhirResource = { ...golden.resource, ...one.with };
        expect(readResource(mappingOf(golden), version, golden.resource).items.length).toBeGreaterThan(0);
        expect(validate(resource)).not.toEqual([]);
        const reading = readResource(mappingOf(golden), version, resource);
        expect(reading.items).toEqual([]);
        expect(reading.issues.filter(({ severity }) => severity === 'error')).not.toEqual([]);
      },
    );

    it('are valid what is answered: outcome, response bundle, capability statement', () => {
      const issues = own.flatMap(({ expected }) => expected.issues);
      const answers = [
        { status: '422 Unprocessable Entity', issues },
        { status: '201 Created', location: '/fhir/R4/ehr/Procedure/1/_history/1', issues: [] },
      ];
      expect(validate(operationOutcome(issues))).toEqual([]);
      expect(validate(responseBundle('transaction', answers))).toEqual([]);
      expect(validate(capabilityStatement(version, '2026-11-22', ['ehr']))).toEqual([]);
    });
  });
}
