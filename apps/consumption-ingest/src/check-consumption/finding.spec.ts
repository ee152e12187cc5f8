import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { combine, hold, holdAdvice, refusalAdvice, refuse, waitsBehind } from './finding.js';

describe('several findings about one record', () => {
  it('are one refusal where there is one, since waiting would not help', () => {
    const refusal = refuse('LOT_REQUIRED', 'No lot.');
    expect(combine([hold('UNKNOWN_LOCATION', 'No place.', ['a']), refusal])).toBe(refusal);
  });

  it('are otherwise one hold that names and awaits everything once', () => {
    const both = combine([
      hold('UNKNOWN_LOCATION', 'No place.', ['a', 'b']),
      hold('UNKNOWN_UNIT', 'No unit.', ['b', 'c']),
    ]);
    expect(both).toMatchObject({
      outcome: 'held',
      code: 'UNKNOWN_LOCATION',
      message: 'No place. No unit.',
      awaits: ['a', 'b', 'c'],
    });
  });
});

describe('the list of codes in the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const advice = { ...refusalAdvice, ...holdAdvice };

  it.each(Object.entries(advice))('has %s with its owner and remedy', (code, { owner, remedy }) => {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${code}\``));
    expect(row?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      `\`${code}\``,
      expect.any(String),
      owner,
      remedy,
      '',
    ]);
  });

  it('has no code that is never given', () => {
    const listed = [
      ...readme.matchAll(/^\| `([A-Z_]+)` +\|.*\| (?:source-system|master-data|that of the earlier record) +\|/gm),
    ].map(([, code]) => code!);
    expect(listed.sort()).toEqual([...Object.keys(advice), waitsBehind].sort());
  });
});
