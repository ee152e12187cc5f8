import { describe, expect, it } from 'vitest';
import { percentile, spreadOf } from './statistics.ts';

describe('figures of a benchmark', () => {
  it('names the value that a share of the samples does not exceed', () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0.5, 0.9, 0.99, 1].map((share) => percentile(samples, share))).toEqual([50, 90, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('names the middle of the rounds and how far they lie apart', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
    expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5);
  });
});
