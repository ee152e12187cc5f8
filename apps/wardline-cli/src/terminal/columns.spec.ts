import { describe, expect, it } from 'vitest';
import { table } from './columns.js';
import { duration, localTime } from './local-time.js';

describe('a table for a person', () => {
  it('aligns names at the left and numbers at the right, with no blanks at the ends of lines', () => {
    const rows = [
      { name: 'master-data', count: 7 },
      { name: 'über', count: 1200 },
    ];
    const columns = [
      { title: 'count', value: (row: (typeof rows)[number]) => String(row.count), align: 'right' as const },
      { title: 'owner', value: (row: (typeof rows)[number]) => row.name },
    ];
    expect(table(columns, rows)).toEqual(['count  owner', '    7  master-data', ' 1200  über']);
  });

  it('lets no message move the cursor or break its line', () => {
    const [, line] = table([{ title: 'message', value: (text: string) => text }], ['one\ntwo\u001b[2Jthree']);
    expect(line).toBe('one two [2Jthree');
  });

  it('says nothing when there is nothing to say', () => {
    expect(table([{ title: 'owner', value: String }], [])).toEqual([]);
  });
});

describe('times for a person', () => {
  it.each([
    [0, '0 s'],
    [42.4, '42 ms'],
    [1_260, '1.3 s'],
    [59_499, '59 s'],
    [60_000, '1 min 0 s'],
    [7_830_000, '2 h 10 min'],
    [266_400_000, '3 d 2 h'],
    [-1_500, '-1.5 s'],
  ])('%d milliseconds are %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it('stand to the millisecond in the local zone, or as a dash', () => {
    const time = new Date(2026, 10, 21, 8, 5, 3, 7);
    expect(localTime(time)).toBe('2026-11-21 08:05:03.007');
    expect(localTime(time.toISOString())).toBe('2026-11-21 08:05:03.007');
    expect(localTime(null)).toBe('-');
    expect(localTime('soon')).toBe('-');
  });
});
