import { Decimal } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';
import { hospitalDay } from './hospital-day.ts';
import { senders } from './senders.ts';

const options = { seed: 7, end: new Date('2026-11-21T12:00:00Z'), records: 2_000 };
const day = hospitalDay(options);

describe('a hospital day', () => {
  it('is the same day for the same seed, and another one for another', () => {
    expect(hospitalDay(options)).toEqual(day);
    expect(hospitalDay({ ...options, seed: 8 }).records).not.toEqual(day.records);
  });

  it('has every system in it, and about as many records as were asked for', () => {
    expect(new Set(day.records.map(({ sender }) => sender))).toEqual(new Set(senders.map(({ name }) => name)));
    expect(day.records.length).toBeGreaterThanOrEqual(2_000);
    expect(day.records.length).toBeLessThan(2_010);
  });

  it('is mostly right: four of five records are accepted, and each other end comes too', () => {
    const ends = Map.groupBy(day.records, ({ expect: { end } }) => end);
    expect(ends.get('accepted')!.length / day.records.length).toBeGreaterThan(0.8);
    for (const end of ['refused', 'waiting', 'repeated', 'unreadable'] as const)
      expect(ends.get(end)?.length, end).toBeGreaterThan(0);
  });

  it('has nothing wrong in it when it is a clean one', () => {
    const clean = hospitalDay({ ...options, clean: true });
    expect(new Set(clean.records.map(({ expect: { end } }) => end))).toEqual(new Set(['accepted', 'noted']));
  });

  it('tells no two records of a system of the same moment, so that each can be found again', () => {
    const told = day.records.filter(({ repeats }) => repeats === null);
    const moments = told.map(({ sender, at }) => `${sender} ${at.getTime()}`);
    expect(new Set(moments).size).toBe(moments.length);
  });

  it('takes back what it told before, by the same system, and moves the stock back', () => {
    for (const { reverses, id, sender, effects } of day.records) {
      if (reverses === null) continue;
      expect(reverses.id < id && reverses.sender === sender).toBe(true);
      const sum = [...reverses.effects, ...effects].reduce((all, { quantity }) => all.plus(quantity), new Decimal(0));
      if (effects.length > 0) expect(sum.toNumber()).toBe(0);
    }
  });

  it('leaves no shelf of the demo hospital empty', () => {
    const shelves = new Map<string, number>();
    for (const { place, product, piece, quantity } of hospitalDay({ ...options, records: 20_000 }).records.flatMap(
      ({ effects }) => effects,
    ))
      shelves.set(
        `${place} ${product} ${piece}`,
        (shelves.get(`${place} ${product} ${piece}`) ?? 0) + Number(quantity),
      );
    const least = Math.min(...shelves.values());
    expect(least).toBeGreaterThan(-2_000);
  });
});
