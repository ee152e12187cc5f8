import { describe, expect, it } from 'vitest';
import { readResource } from '../src/read/read-resource.js';
import { Surroundings } from '../src/read/surroundings.js';
import { type Golden, goldens, mappingOf } from './golden-vectors.js';

function read(golden: Golden) {
  const around = (golden.around ?? []).map((resource) => ({ fullUrl: undefined, resource }));
  return readResource(mappingOf(golden), golden.version, golden.resource, new Surroundings(around));
}

describe('A resource of FHIR becomes what its mapping says', () => {
  it.each(goldens.map((golden) => [golden.title, golden] as const))('%s', (_title, golden) => {
    const { enteredInError, items, issues } = read(golden);
    expect({ enteredInError, items, issues }).toEqual(golden.expected);
  });
});

describe('The golden resources', () => {
  it('number at least forty, of both releases, and at least forty of them are the specification’s own', () => {
    expect(goldens.filter(({ version }) => version === 'R4').length).toBeGreaterThanOrEqual(40);
    expect(goldens.filter(({ version }) => version === 'R5').length).toBeGreaterThanOrEqual(40);
    const official = goldens.filter(({ source }) => source.includes('hl7.fhir.'));
    expect(official.length).toBeGreaterThanOrEqual(40);
  });

  it('each say where they come from, and hold every type that is taken in each release', () => {
    for (const { source } of goldens) expect(source.length).toBeGreaterThan(20);
    const types = (version: string): Set<string> =>
      new Set(goldens.filter((golden) => golden.version === version).map(({ resource }) => resource.resourceType));
    expect(types('R4').size).toBe(5);
    expect(types('R5').size).toBe(6);
  });

  it('name no patient in what they become', () => {
    for (const golden of goldens) expect(JSON.stringify(read(golden))).not.toMatch(/Patient\/|Donald Duck/);
  });

  it('lead to nothing and never to a crash when any element of them has another form', () => {
    for (const golden of goldens)
      for (const name of Object.keys(golden.resource).filter((key) => key !== 'resourceType'))
        for (const wrong of [null, 7, 'x', [], [7], {}, [{}], { reference: 7, coding: 'x' }]) {
          const reading = read({ ...golden, resource: { ...golden.resource, [name]: wrong } });
          const errors = reading.issues.filter(({ severity }) => severity === 'error');
          expect(reading.items.length === 0 || errors.length === 0).toBe(true);
        }
  });
});
