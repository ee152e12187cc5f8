import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whereabouts, type EncounterMovement } from './ward-of-encounter.js';

const hour = (of: number): Date => new Date(Date.UTC(2026, 10, 21, of));

/** An event at an hour, recorded at that hour or later. */
function told(event: string, at: number, ward: string | null, recorded = at): EncounterMovement {
  return { event, ward, occurredAt: hour(at), recordedAt: hour(recorded) };
}
const wards = (movements: readonly EncounterMovement[], ...hours: number[]): (string | null)[] =>
  hours.map((at) => whereabouts(movements, hour(at)).ward);

const stay = [told('A01', 8, 'ED'), told('A02', 10, 'ICU'), told('A03', 14, 'ICU')];

describe('An encounter', () => {
  it('is at the ward that it was admitted or moved to, until it is discharged', () => {
    expect(wards(stay, 7, 8, 9, 10, 13, 14, 15)).toEqual([null, 'ED', 'ED', 'ICU', 'ICU', null, null]);
    expect(whereabouts(stay, hour(12))).toEqual({ ward: 'ICU', by: 'A02', since: hour(10) });
  });

  it.each([
    ['before anything was heard of it', 7, 'nothing was heard of it before that time'],
    ['after its discharge', 15, 'it had been discharged (ADT^A03 of 2026-11-21T14:00:00.000Z)'],
  ])('is at no ward %s, and it is said why', (_, at, because) => {
    expect(whereabouts(stay, hour(at))).toEqual({ ward: null, because });
  });

  it('never was where a cancelled transfer had it, also before the cancellation was told', () => {
    const undone = [...stay.slice(0, 2), told('A12', 10, 'ED', 12)];
    expect(wards(undone, 9, 10, 11, 13)).toEqual(['ED', 'ED', 'ED', 'ED']);
  });

  it('is where a cancellation says it is, when that only tells when it was recorded', () => {
    const undone = [...stay.slice(0, 2), told('A12', 12, 'WARD-3', 12)];
    expect(wards(undone, 9, 11, 12)).toEqual(['ED', 'ED', 'WARD-3']);
  });

  it('is still there when its discharge was cancelled, and nowhere when its admission was', () => {
    expect(wards([...stay, told('A13', 14, 'ICU', 16)], 13, 15)).toEqual(['ICU', 'ICU']);
    expect(wards([told('A01', 8, 'ED'), told('A11', 8, 'ED', 9)], 8, 10)).toEqual([null, null]);
  });

  it('may be moved again after a cancellation, by a transfer that was recorded later', () => {
    const again = [...stay.slice(0, 2), told('A12', 10, 'ED', 11), told('A02', 10, 'CCU', 12)];
    expect(wards(again, 9, 10)).toEqual(['ED', 'CCU']);
  });

  it('is not brought back by information after its discharge, and not there while only expected', () => {
    expect(wards([...stay, told('A08', 16, 'ICU')], 17)).toEqual([null]);
    expect(wards([told('A05', 6, 'ED'), told('A08', 7, 'ED'), told('A01', 8, 'ED')], 6, 7, 8)).toEqual([
      null,
      null,
      'ED',
    ]);
    expect(wards([told('A08', 9, 'ICU')], 9)).toEqual(['ICU']);
  });

  it('is at the same ward whatever order its movements came in', () => {
    const event = fc.constantFrom('A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'A11', 'A12', 'A13');
    const movement = fc
      .tuple(event, fc.nat(12), fc.constantFrom('ED', 'ICU', 'CCU', null), fc.nat(6))
      .map(([name, at, ward, late]) => told(name, at, ward, at + late));
    const history = fc.uniqueArray(movement, { maxLength: 9, selector: (one) => JSON.stringify(one) });
    const shuffled = history.chain((one) =>
      fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.nat(20), ([given, other], at) => {
        expect(whereabouts(other, hour(at))).toEqual(whereabouts(given, hour(at)));
      }),
    );
  });
});
