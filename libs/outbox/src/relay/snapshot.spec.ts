import { describe, expect, it } from 'vitest';
import { parseSnapshot, wentBack } from './snapshot.js';

describe('a Postgres snapshot', () => {
  it('is read from its text, with and without transactions under way', () => {
    expect(parseSnapshot('729:735:729,731')).toEqual({ text: '729:735:729,731', xmax: 735n, inProgress: [729n, 731n] });
    expect(parseSnapshot('740:740:')).toEqual({ text: '740:740:', xmax: 740n, inProgress: [] });
    expect(() => parseSnapshot('nonsense')).toThrow('not a pg_snapshot: nonsense');
  });

  it('notices that a database went back to an earlier state', () => {
    expect(wentBack(parseSnapshot('900:900:'), parseSnapshot('740:741:740'))).toBe(true);
    expect(wentBack(parseSnapshot('740:741:740'), parseSnapshot('740:741:740'))).toBe(false);
  });
});
