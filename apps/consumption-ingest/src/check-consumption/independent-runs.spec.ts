import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRecord, anEventId } from '../../test/builders.js';
import { independentRuns } from './independent-runs.js';

const ids = Array.from({ length: 4 }, anEventId);

const records = fc.array(
  fc.record({
    eventId: fc.constantFrom(...ids),
    sequence: fc.option(fc.bigInt({ min: 1n, max: 3n })),
    source: fc.constantFrom('cabinet-7', 'cabinet-8'),
    reverses: fc.option(fc.constantFrom(...ids)),
    serialNumber: fc.option(fc.constantFrom('S1', ' S1 ', 'S2', '')),
  }),
  { maxLength: 12 },
);

describe('records that are decided side by side', () => {
  it('are all there, in their order, and share nothing that one of them could change for another', () => {
    fc.assert(
      fc.property(records, (overrides) => {
        const sent = overrides.map((override) => aRecord(override));
        const runs = independentRuns(sent, (record) => record);
        expect(runs.flat()).toEqual(sent);
        for (const run of runs) {
          const touched = run.flatMap(({ eventId, reverses, source, sequence, serialNumber }) => [
            ...new Set([eventId, reverses ?? eventId]),
            ...(sequence === null ? [] : [`${source}/${sequence}`]),
            ...(serialNumber?.trim() ? [serialNumber.trim()] : []),
          ]);
          expect(new Set(touched).size).toBe(touched.length);
        }
      }),
    );
  });

  it('are as many as can be: plain use of different things is one run', () => {
    const plain = Array.from({ length: 50 }, (_, n) => aRecord({ sequence: BigInt(n) }));
    expect(independentRuns(plain, (record) => record)).toHaveLength(1);
  });
});
