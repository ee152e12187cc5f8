import { describe, expect, it } from 'vitest';
import { protocol, type Rules } from './rules.ts';
import { simulate, type Episode } from './simulation.ts';

describe('The protocol of relay, inbox and parking, killed at every await', () => {
  it('keeps its promises for a million steps', () => {
    const episodes: Episode[] = [];
    for (let seed = 1, steps = 0; steps < 1_000_000; seed += 1) {
      episodes.push(simulate(seed, protocol));
      steps += episodes.at(-1)!.steps;
    }
    const sum = (of: keyof Episode): number => episodes.reduce((total, episode) => total + episode[of], 0);
    expect(sum('applied')).toBe(sum('committed'));
    expect(sum('committed')).toBeGreaterThan(10_000);
    expect(sum('crashes')).toBeGreaterThan(4_000);
  }, 180_000);

  const broken: readonly [Partial<Rules>, RegExp][] = [
    [{ reads: 'xmin watermark' }, /published before|never published/],
    [{ reads: 'highest id' }, /never published|published before/],
    [{ cursorMoves: 'before the ack' }, /never published|published before/],
    [{ locksKeys: false }, /published before/],
    [{ provesEpoch: false }, /the cursor goes back/],
    [{ remembersEvents: false }, /applied twice/],
    [{ positionMoves: 'before the effect' }, /never applied|applied before/],
    [{ holdsKeys: false }, /applied before/],
    [{ drainsInOrder: false }, /applied before/],
  ];
  it.each(broken)('would not keep them with %o', (rule, complaint) => {
    const run = (): void => {
      for (let seed = 1; seed <= 200; seed += 1) simulate(seed, { ...protocol, ...rule });
    };
    expect(run).toThrow(complaint);
  });
});
