import { describe, expect, it } from 'vitest';
import { fuzzCodec } from './fuzzing.ts';
import { openedCodec } from './opened-codec.ts';

describe('The codec', () => {
  it('answers 200,000 valid, damaged and lying messages, each in time, and none of them with a throw', async () => {
    const report = await fuzzCodec({ cases: 200_000, seed: 20_261_121, codec: await openedCodec() });
    expect(report.violations).toEqual([]);
    expect(report.answers['ok']).toBeGreaterThan(20_000);
    expect(report.answers['UNDECODABLE']).toBeGreaterThan(50_000);
    expect(report.grownBytes).toBeLessThan(4_000_000);
  }, 120_000);
});
