import { describe, expect, it } from 'vitest';
import { ndcCode } from './national-drug-code.js';

describe('an NDC', () => {
  it.each([
    ['0002-1433-80', '00002143380'],
    ['50242-040-62', '50242004062'],
    ['60575-4112-1', '60575411201'],
    ['00002-1433-80', '00002143380'],
    ['00002143380', '00002143380'],
    ['0002143380', '0002143380'],
  ])('%s is compared as %s', (text, expected) => {
    expect(ndcCode(text)).toBe(expected);
  });

  it.each(['', '1-2-3', '0002-143-80', '0002-1433-8', '000214338', '0002*1433*80'])('is not "%s"', (text) => {
    expect(ndcCode(text)).toBeNull();
  });
});
