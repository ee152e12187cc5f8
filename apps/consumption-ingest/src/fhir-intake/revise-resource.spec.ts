import type { EventId } from '@wardline/event-contracts';
import { exampleFhirSources, readResource, type Reading } from '@wardline/fhir';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anEventId } from '../../test/builders.js';
import { administration, implantation } from '../../test/fhir-resources.js';
import { meaningOf, revise, saidOf, type KnownResource, type Revision, type StandingItem } from './revise-resource.js';

const source = exampleFhirSources[0]!;

function reading(version: string | null, tablets: number, lastUpdated?: string, status = 'completed'): Reading {
  const meta = {
    ...(version === null ? {} : { versionId: version }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
  };
  return readResource(
    source,
    'R4',
    administration('', { meta, status, dosage: { dose: { value: tablets, unit: 'TAB' } } }),
  );
}

const nothing: KnownResource = { latest: null, sameVersion: null, standing: [] };

const standingOf = ({ items }: Reading): StandingItem[] =>
  items.map((item) => ({ eventId: anEventId(), said: saidOf(item) }));

const after = (taken: Reading, sameVersion: Buffer | null = null): KnownResource => ({
  latest: { ...taken.mark, meaning: meaningOf(taken) },
  sameVersion,
  standing: standingOf(taken),
});

const size = (revision: Revision): unknown =>
  revision.kind === 'change' ? [revision.takeBack.length, revision.record.length] : revision.kind;

describe('a version of a resource', () => {
  it('is recorded when nothing is known of it', () => {
    expect(size(revise(nothing, reading('1', 2)))).toEqual([0, 1]);
  });

  it('changes nothing when it was taken before, and is a contradiction when it says something else', () => {
    const first = reading('1', 2);
    expect(size(revise(after(first, meaningOf(first)), reading('1', 2)))).toBe('repeat');
    expect(size(revise(after(first, meaningOf(first)), reading('1', 3)))).toBe('conflict');
  });

  it('without a versionId is a repeat when it says the same, and a correction when it does not', () => {
    expect(size(revise(after(reading(null, 2)), reading(null, 2)))).toBe('repeat');
    expect(size(revise(after(reading(null, 2)), reading(null, 3)))).toEqual([1, 1]);
  });

  it.each([
    ['a lower number', reading('10', 2), reading('9', 3)],
    ['an earlier time', reading('b', 2, '2026-11-21T09:00:00Z'), reading('z', 3, '2026-11-21T08:00:00Z')],
    [
      'an earlier time, whatever its number',
      reading('1', 2, '2026-11-21T09:00:00Z'),
      reading('2', 3, '2026-11-21T09:00:00+01:00'),
    ],
  ])('of %s than the latest is passed over', (_what, latest, late) => {
    expect(size(revise(after(latest), late))).toBe('superseded');
  });

  it('that comes after one entered in error, and is older, is passed over although nothing stood', () => {
    expect(size(revise(after(reading('2', 2, undefined, 'entered-in-error')), reading('1', 2)))).toBe('superseded');
  });

  it('entered in error takes back all that stands', () => {
    expect(size(revise(after(reading('1', 2)), reading('2', 2, undefined, 'entered-in-error')))).toEqual([1, 0]);
  });

  it('takes back what it says no more and records what it says anew; the rest stands, in whatever order', () => {
    const device = (value: string): unknown => ({ coding: [{ system: 'urn:example:north:items', code: value }] });
    const used = (...codes: string[]): Reading => {
      const bundle = implantation('op') as unknown as { entry: { resource: Record<string, unknown> }[] };
      const { focalDevice: _focal, meta: _meta, ...procedure } = bundle.entry[0]!.resource;
      const used = codes.map((code) => ({ concept: device(code) }));
      return readResource(source, 'R5', { ...procedure, resourceType: 'Procedure', used });
    };
    expect(size(revise(after(used('A', 'B', 'B')), used('B', 'C', 'A')))).toEqual([1, 1]);
    expect(size(revise(after(used('A', 'B', 'B')), used('B', 'A', 'B')))).toEqual([0, 0]);
  });

  it('leaves standing exactly what the latest says, whatever versions came in whatever order and how often', () => {
    const versions = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
    const arrivals = versions.chain((all) => fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 20 }));
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 9 }), (order, mistakenFrom) => {
        const said = (version: number): Reading =>
          reading(
            `${version}`,
            version % 3 === 0 ? 7 : version,
            undefined,
            version === mistakenFrom ? 'entered-in-error' : 'completed',
          );
        expect(standingAfter(order.map(said)).map(({ said: { quantity } }) => quantity)).toEqual(
          said(Math.max(...order)).items.map(({ quantity }) => quantity),
        );
      }),
      { numRuns: 300 },
    );
  });
});

function standingAfter(arrivals: readonly Reading[]): readonly StandingItem[] {
  const seen = new Map<string, Buffer>();
  let known = nothing;
  for (const arrival of arrivals) {
    const version = arrival.mark.versionId!;
    const revision = revise({ ...known, sameVersion: seen.get(version) ?? null }, arrival);
    seen.set(version, meaningOf(arrival));
    if (revision.kind !== 'change') continue;
    const gone = new Set<EventId>(revision.takeBack.map(({ eventId }) => eventId));
    const stays = known.standing.filter(({ eventId }) => !gone.has(eventId));
    const fresh = revision.record.map((item) => ({ eventId: anEventId(), said: saidOf(item) }));
    known = {
      latest: { ...arrival.mark, meaning: meaningOf(arrival) },
      sameVersion: null,
      standing: [...stays, ...fresh],
    };
  }
  return known.standing;
}
