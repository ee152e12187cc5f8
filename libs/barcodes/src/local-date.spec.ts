import { describe, expect, it } from 'vitest';
import { dateOf, dateOfDay, lastDayOf, timeOf, yearInWindow, yearOf } from './local-date.js';

describe('a year of two digits', () => {
  it('is from 49 years before to 50 years after the year of the scan', () => {
    expect(yearInWindow(76, 2026)).toBe(2076);
    expect(yearInWindow(77, 2026)).toBe(1977);
    expect(yearInWindow(26, 2026)).toBe(2026);
    expect(yearInWindow(0, 2026)).toBe(2000);
  });

  it('is found across a turn of the century in both directions', () => {
    expect(yearInWindow(5, 2080)).toBe(2105);
    expect(yearInWindow(30, 2080)).toBe(2130);
    expect(yearInWindow(31, 2080)).toBe(2031);
    expect(yearInWindow(99, 2003)).toBe(1999);
    expect(yearInWindow(53, 2003)).toBe(2053);
    expect(yearInWindow(54, 2003)).toBe(1954);
  });

  it('always lies in the window, for any year of reference', () => {
    for (let reference = 1990; reference <= 2110; reference++) {
      for (let digits = 0; digits < 100; digits++) {
        const year = yearInWindow(digits, reference);
        expect(year % 100).toBe(digits);
        expect(year - reference).toBeGreaterThanOrEqual(-49);
        expect(year - reference).toBeLessThanOrEqual(50);
      }
    }
  });
});

describe('a local date', () => {
  it('is a day of the calendar or none', () => {
    expect(dateOf(2024, 2, 29)).toBe('2024-02-29');
    expect(dateOf(2100, 2, 29)).toBeUndefined();
    expect(dateOf(2000, 2, 29)).toBe('2000-02-29');
    expect(dateOf(2026, 4, 31)).toBeUndefined();
    expect(dateOf(2026, 0, 1)).toBeUndefined();
  });

  it('without a day is the last of its month', () => {
    expect(lastDayOf(2026, 2)).toBe('2026-02-28');
    expect(lastDayOf(2026, 12)).toBe('2026-12-31');
    expect(lastDayOf(2026, 13)).toBeUndefined();
  });

  it('by the day of the year knows leap years', () => {
    expect(dateOfDay(2024, 60)).toBe('2024-02-29');
    expect(dateOfDay(2023, 60)).toBe('2023-03-01');
    expect(dateOfDay(2024, 366)).toBe('2024-12-31');
    expect(dateOfDay(2023, 366)).toBeUndefined();
    expect(dateOfDay(2023, 0)).toBeUndefined();
  });

  it('has a time of day or none', () => {
    expect(timeOf('21')).toBe('21:00');
    expect(timeOf('2359')).toBe('23:59');
    expect(timeOf('235959')).toBe('23:59:59');
    expect(timeOf('2400')).toBeUndefined();
    expect(timeOf('')).toBeUndefined();
  });

  it('of reference must be whole', () => {
    expect(yearOf('2026-11-22')).toBe(2026);
    expect(yearOf('2026-02-30')).toBeUndefined();
    expect(yearOf('22.11.2026')).toBeUndefined();
  });
});
