import { describe, expect, it } from 'vitest';
import { dayIn, instantIn, isTimeFormat } from './row-time.js';

const zone = 'Europe/Berlin';

describe('a time in a file', () => {
  it.each([
    ['21.11.2026 08:15', 'dd.MM.yyyy HH:mm', '2026-11-21T07:15:00.000Z'],
    ['1/2/26 9:05 pm', 'M/d/yy h:mm a', '2026-01-02T20:05:00.000Z'],
    ['12/31/2026 12:00 AM', 'MM/dd/yyyy hh:mm a', '2026-12-30T23:00:00.000Z'],
    ['20261121T081530.250', "yyyyMMdd'T'HHmmss.SSS", '2026-11-21T07:15:30.250Z'],
    ['2026-11-21 08:15 +02:00', 'yyyy-MM-dd HH:mm XXX', '2026-11-21T06:15:00.000Z'],
    ['2026-11-21', 'iso', '2026-11-20T23:00:00.000Z'],
    ['2026-11-21T08:15:30,5Z', 'iso', '2026-11-21T08:15:30.500Z'],
    ['1795245330', 'epoch-seconds', '2026-11-21T07:15:30.000Z'],
    ['1795245330250', 'epoch-milliseconds', '2026-11-21T07:15:30.250Z'],
    ['25.10.2026 02:30', 'dd.MM.yyyy HH:mm', '2026-10-25T00:30:00.000Z'],
    ['29.03.2026 02:30', 'dd.MM.yyyy HH:mm', '2026-03-29T01:30:00.000Z'],
  ])('%s as %s is %s', (text, format, instant) => {
    expect(instantIn(text, format, zone)?.toISOString()).toBe(instant);
  });

  it.each([
    ['31.02.2026 08:15', 'dd.MM.yyyy HH:mm'],
    ['21.11.2026', 'dd.MM.yyyy HH:mm'],
    ['21.11.2026 24:00', 'dd.MM.yyyy HH:mm'],
    ['1/2/26 13:05 pm', 'M/d/yy h:mm a'],
    ['2026-11-21T08:15:30+25:00', 'iso'],
    ['11/2026', 'MM/yyyy'],
    ['now', 'epoch-seconds'],
    ['', 'iso'],
  ])('%s is no time of the form %s', (text, format) => {
    expect(instantIn(text, format, zone)).toBeNull();
  });
});

describe('a day in a file', () => {
  it.each([
    ['03/2027', 'MM/yyyy', '2027-03-31'],
    ['02/2028', 'MM/yyyy', '2028-02-29'],
    ['270200', 'yyMMdd', '2027-02-28'],
    ['31.03.2027', 'dd.MM.yyyy', '2027-03-31'],
    ['2027-03-31T23:30:00Z', 'iso', '2027-03-31'],
    ['1795302000', 'epoch-seconds', '2026-11-22'],
  ])('%s as %s is %s', (text, format, day) => {
    expect(dayIn(text, format, zone)).toBe(day);
  });

  it('that is on no calendar is none', () => {
    expect([dayIn('13/2027', 'MM/yyyy', zone), dayIn('31.04.2027', 'dd.MM.yyyy', zone)]).toEqual([null, null]);
  });
});

it('a pattern needs a year and a month, and knows its letters', () => {
  for (const good of ['iso', 'yyMMdd', "dd.MM.yyyy' um 'H:mm"])
    expect([good, isTimeFormat(good)]).toEqual([good, true]);
  for (const bad of ['', 'HH:mm', 'dd.MM', 'TT.MM.JJJJ', 'yyyy-MM-dd MM', 'ISO'])
    expect([bad, isTimeFormat(bad)]).toEqual([bad, false]);
});
