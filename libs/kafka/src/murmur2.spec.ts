import { describe, expect, it } from 'vitest';
import { murmur2, partitionOf } from './murmur2.js';

describe('the partition of a key', () => {
  // Golden vectors of org.apache.kafka.common.utils.UtilsTest#testMurmur2.
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as the Java client does', (key, hash) => {
    expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  it('is never negative and never outside of the topic', () => {
    for (const key of ['', 'NORTH-ICU/GLOVE-M', 'Küche/Ärmel', '21']) {
      expect(partitionOf(key, 6)).toBeGreaterThanOrEqual(0);
      expect(partitionOf(key, 6)).toBeLessThan(6);
    }
  });
});
