import { describe, expect, it } from 'vitest';
import { comparableHours, silenceOf, spanText, type Expectation, type FeedHeard } from './silence.js';

/** A Saturday. */
const now = new Date('2026-11-28T08:00:00Z');
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);
const often: Expectation = { everyMinutes: 2, silentAfterMinutes: null, hours: [], timeZone: 'Europe/Berlin' };
const heard = (over: Partial<FeedHeard>): FeedHeard => ({
  ...{ lastHeardAt: ago(20), expectation: null, usual: null, listeningSince: ago(10_000) },
  ...over,
});
const day = { days: [1, 2, 3, 4, 5, 6], from: '08:30', until: '17:00' };
const night = { days: [5], from: '22:00', until: '09:30' };

describe('a feed that a person expects', () => {
  it('is silent after three times its interval, five minutes at least, or after what the person says', () => {
    const silence = silenceOf(heard({ expectation: often }), now);
    expect(silence).toEqual({ isSilent: true, seconds: 1_200, afterSeconds: 360, everySeconds: 120 });
    expect(silenceOf(heard({ expectation: { ...often, silentAfterMinutes: 25 } }), now).isSilent).toBe(false);
    expect(silenceOf(heard({ expectation: { ...often, everyMinutes: 1 } }), now).afterSeconds).toBe(300);
  });

  it('is not expected outside its hours, and its silence counts from their beginning', () => {
    const expectation = { ...often, silentAfterMinutes: 15 };
    const at = (hours: Expectation['hours']) =>
      silenceOf(heard({ lastHeardAt: ago(900), expectation: { ...expectation, hours } }), now);
    expect(at([{ ...day, days: [1] }])).toMatchObject({ isSilent: false, afterSeconds: null });
    expect(at([day])).toMatchObject({ isSilent: true, seconds: 30 * 60 });
    expect(at([{ ...day, from: '08:50' }])).toMatchObject({ isSilent: false, seconds: 10 * 60 });
    expect(at([night])).toMatchObject({ isSilent: true, seconds: 11 * 3_600 });
    expect(at([{ ...night, until: '08:30' }])).toMatchObject({ isSilent: false, afterSeconds: null });
  });

  it('that never spoke is silent from when it was expected', () => {
    const silence = silenceOf(heard({ lastHeardAt: null, expectation: often, listeningSince: ago(7) }), now);
    expect(silence).toMatchObject({ isSilent: true, seconds: 420 });
  });
});

describe('a feed of which nobody said anything', () => {
  it('is silent when it is so for half as long again as it usually is at this hour', () => {
    const usual = { longestSeconds: 900, everySeconds: 120 };
    expect(silenceOf(heard({ usual }), now)).toMatchObject({ isSilent: false, afterSeconds: 1_350 });
    expect(silenceOf(heard({ usual, lastHeardAt: ago(23) }), now)).toMatchObject({ isSilent: true, everySeconds: 120 });
  });

  it('is never told before ten minutes, nor later than after a day; not at all while too little is known of it', () => {
    expect(silenceOf(heard({ usual: { longestSeconds: 5, everySeconds: 1 } }), now).afterSeconds).toBe(600);
    expect(silenceOf(heard({ usual: { longestSeconds: 200_000, everySeconds: null } }), now).afterSeconds).toBe(86_400);
    const unknown = { longestSeconds: null, everySeconds: null };
    expect(silenceOf(heard({ lastHeardAt: ago(1_441), usual: unknown }), now).isSilent).toBe(true);
    expect(silenceOf(heard({ lastHeardAt: ago(1_441) }), now)).toMatchObject({ isSilent: false, afterSeconds: null });
  });

  it('is not silent for what was not listened to', () => {
    const usual = { longestSeconds: 60, everySeconds: 30 };
    expect(silenceOf(heard({ usual, lastHeardAt: ago(5_000), listeningSince: ago(3) }), now).isSilent).toBe(false);
  });
});

it('what is usual is read from the same hour of seven days and of four weeks, and the hours beside it', () => {
  const hours = comparableHours(new Date('2026-11-28T08:47:00Z')).map(({ hour }) => hour.toISOString().slice(0, 13));
  expect(hours).toHaveLength(30);
  expect(hours.slice(0, 3)).toEqual(['2026-11-27T07', '2026-11-27T08', '2026-11-27T09']);
  expect(hours.at(-2)).toBe('2026-10-31T08');
});

it('spans are said as people say them', () => {
  expect([20 * 60, 119, 7_300, 200_000, 1].map(spanText)).toEqual([
    '20 minutes',
    '119 seconds',
    '2 hours',
    '2 days',
    '1 second',
  ]);
});
