import { describe, expect, it } from 'vitest';
import { objectionsTo, Tally } from './arrival.ts';
import { eventId } from './contenders/contender.ts';

function arrivalOf(events: number, ...messages: [ordinal: number, key: string][]): ReturnType<Tally['result']> {
  const tally = new Tally(events);
  messages.forEach(([ordinal, key], index) =>
    tally.take({
      key: Buffer.from(key),
      headers: { ce_id: Buffer.from(eventId(ordinal)) },
      timestamp: String(1000 + index),
    }),
  );
  return tally.result();
}

describe('what a round must show to count', () => {
  it('has nothing against every event once, each key in order', () => {
    expect(objectionsTo(arrivalOf(3, [0, 'a'], [1, 'b'], [2, 'a']))).toEqual([]);
  });

  it('allows repeats behind the first copy, and tells them', () => {
    const arrival = arrivalOf(2, [0, 'a'], [1, 'a'], [0, 'a'], [1, 'a']);
    expect(objectionsTo(arrival)).toEqual([]);
    expect(arrival.repeats).toBe(2);
  });

  it('misses an event that was committed', () => {
    expect(objectionsTo(arrivalOf(2, [0, 'a']))).toEqual(['1 committed events are missing']);
  });

  it('finds an event of a transaction that was rolled back', () => {
    expect(objectionsTo(arrivalOf(1, [0, 'a'], [1_000_000_000, 'a']))).toEqual(['1 events were never committed']);
  });

  it('finds a message without the id of an event', () => {
    const tally = new Tally(0);
    tally.take({ key: null, headers: {}, timestamp: '1' });
    expect(objectionsTo(tally.result())).toEqual(['1 events were never committed']);
  });

  it('finds two events of one key the wrong way round, whatever other keys do', () => {
    expect(objectionsTo(arrivalOf(3, [2, 'a'], [1, 'b'], [0, 'a']))).toEqual([
      '1 events out of the order of their key',
    ]);
  });
});
