import { describe, expect, it } from 'vitest';
import { comparison, orBroken, type LaneRound } from './comparison.ts';

const round = (lane: string, number: number, value: number, ...objections: string[]): LaneRound => ({
  lane,
  round: number,
  value,
  objections,
});
const options = { title: 'Events a second', ours: 'ours', digits: 0 };

describe('lanes beside each other', () => {
  it('tells the ratio of each round, not of the medians', () => {
    const { rows } = comparison(
      [round('ours', 1, 100), round('peer', 1, 50), round('ours', 2, 300), round('peer', 2, 100)],
      options,
    );
    expect(rows[1]).toEqual(['peer', '75', '50', '100', '2.50 times', '2.00 to 3.00', '2']);
  });

  it('turns the ratio round where less is better', () => {
    const { rows } = comparison([round('ours', 1, 2), round('peer', 1, 20)], { ...options, lessIsBetter: true });
    expect(rows[1]![4]).toBe('10.00 times');
  });

  it('leaves out a round that does not count, and says why', () => {
    const { rows } = comparison([round('ours', 1, 10), round('ours', 2, 99, '3 events are missing')], options);
    expect(rows[0]).toEqual(['ours', '10', '10', '10', '', '', '1 of 2: 3 events are missing']);
  });

  it('puts a lane into brackets when no round of it counts', () => {
    const { rows } = comparison([round('ours', 1, 10), round('peer', 1, 5, 'out of order')], options);
    expect(rows[1]!.slice(0, 5)).toEqual(['peer', '(5)', '(5)', '(5)', '(2.00 times)']);
  });

  it('goes on without a lane that breaks', async () => {
    const broken = await orBroken('peer', 1, async () => {
      throw new Error('no such slot\n  at once');
    });
    const { rows } = comparison([round('ours', 1, 10), broken], options);
    expect(rows[1]).toEqual(['peer', '', '', '', '', '', '0 of 1: broke: no such slot']);
  });
});
