import { describe, expect, it } from 'vitest';
import type { Answer } from '../edges/answer.ts';
import { hospitalDay } from '../generator/hospital-day.ts';
import { endsOf } from './ends.ts';
import { Evidence } from './evidence.ts';

const { records } = hospitalDay({ seed: 3, end: new Date('2026-11-21T12:00:00Z'), records: 200, clean: true });
const use = records.find(({ edge, kind }) => edge === 'scan' && kind === 'use')!;
const again = { ...use, id: 'again', repeats: use };
const [event, movement] = ['0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c01', '0193f1a2-7c3e-7d11-8a55-0d2f6a1b9c02'];
const known: Answer = { outcome: 'repeated', eventId: event };

/** On the topics stands what a use leads to. */
function booked(): Evidence {
  const evidence = new Evidence();
  evidence.add('ConsumptionAccepted', { eventId: `${event}-receipt`, recordEventId: event });
  evidence.add('StockMoved', { eventId: movement, correlationId: event, fromLocation: 'A', toLocation: 'B' });
  evidence.add('PostingSucceeded', { eventId: `${movement}-posted`, sourceEventId: movement, reference: 'WH/1' });
  return evidence;
}

describe('what became of a record', () => {
  it('is that it is known, when its sender sends it twice', () => {
    const answers = new Map([[use.id, known]]);
    const [end] = endsOf([use], { answers, evidence: booked(), parked: new Set(), isAgain: false });
    expect(end?.actual.end).toBe('repeated');
    expect(end?.objections).toEqual(['expected accepted, is repeated']);
  });

  it('is what became of it the first time, when the whole day is sent again', () => {
    const answers = new Map([use, again].map(({ id }) => [id, known]));
    const expected = { ...again, expect: { end: 'repeated' as const } };
    const ends = endsOf([use, expected], { answers, evidence: booked(), parked: new Set(), isAgain: true });
    expect(ends.map(({ actual }) => actual.end)).toEqual(['accepted', 'repeated']);
    expect(ends.flatMap(({ objections }) => objections)).toEqual([]);
  });
});
