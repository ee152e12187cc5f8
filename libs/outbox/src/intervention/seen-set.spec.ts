import { describe, expect, it } from 'vitest';
import { readSeenSet, writeSeenSet, type SeenSet } from './seen-set.js';

const seen: SeenSet = {
  criteria: { state: ['parked'], owner: 'stores', key: 'ICU/Ä' },
  after: '12',
  through: null,
  at: '100:120:101,119',
};

describe('the text that names what a person saw', () => {
  it('comes back as what was written', () => {
    expect(readSeenSet(writeSeenSet(seen))).toEqual(seen);
  });

  it.each([
    ['no text of ours', 'hello'],
    ['nothing', ''],
    ['another moment than Postgres writes', writeSeenSet({ ...seen, at: 'now' })],
    ['a bound that is no row', writeSeenSet({ ...seen, after: '1 OR true' })],
    ['criteria that are no texts', writeSeenSet({ ...seen, criteria: { owner: 7 } as never })],
    ['states that are no list', writeSeenSet({ ...seen, criteria: { state: 'parked' } as never })],
  ])('is refused when it is %s', (_, text) => {
    expect(readSeenSet(text)).toBeNull();
  });
});
