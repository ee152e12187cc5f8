import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the command line of the benchmarks', () => {
  it('takes scenarios, rounds and several values of one dimension', () => {
    const options = readOptions(['drain', '--rounds', '7', '--backlog', '10000,100000', '--only', 'Debezium']);
    expect(options).toMatchObject({ scenarios: ['drain'], rounds: 7, backlog: [10_000, 100_000], only: ['Debezium'] });
  });

  it('keeps no result of a quick run', () => {
    expect(readOptions(['--quick']).keep).toBe(true);
  });

  it('lets an inbox be empty, but no backlog', () => {
    expect(readOptions(['--inbox', '0,1000']).inbox).toEqual([0, 1000]);
    expect(() => readOptions(['--backlog', '0'])).toThrow('--backlog 0');
  });

  it('names every wrong number at once', () => {
    expect(() => readOptions(['--rounds', 'x', '--keys', '1,many'])).toThrow(/--keys 1,many.*\n.*--rounds x/);
  });
});
