import { describe, expect, it } from 'vitest';
import { SharedTurns } from './shared-turns.js';

/** Turns that end when the test says so. */
function turns(most = 100, atOnce = 1) {
  const seen: string[][] = [];
  const open: (() => void)[] = [];
  const shared = new SharedTurns<string, string>(
    async (runs) => {
      seen.push([...runs]);
      await new Promise<void>((resolve) => open.push(resolve));
      if (runs.includes('bad')) throw new Error('bad run');
      return runs.map((run) => run.toUpperCase());
    },
    { most, atOnce, sizeOf: (run) => run.length },
  );
  const endAll = async (): Promise<void> => {
    for (let quiet = 0; quiet < 5; quiet++) {
      if (open.length > 0) quiet = 0;
      for (const end of open.splice(0)) end();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { shared, seen, endAll };
}

describe('shared turns', () => {
  it('start at once when none is under way, and those who come meanwhile have the next one together', async () => {
    const { shared, seen, endAll } = turns();
    const results = Promise.all(['a', 'b', 'c', 'd', 'e'].map((run) => shared.take(run)));
    await endAll();
    expect(seen).toEqual([['a'], ['b', 'c', 'd', 'e']]);
    expect(await results).toEqual(['A', 'B', 'C', 'D', 'E']);
  });

  it('take no further run when they are full, and at least one however large', async () => {
    const { shared, seen, endAll } = turns(4);
    const results = Promise.all(['first', 'aa', 'bb', 'cc', 'dddddd', 'e'].map((run) => shared.take(run)));
    await endAll();
    expect(seen).toEqual([['first'], ['aa', 'bb'], ['cc', 'dddddd'], ['e']]);
    expect(await results).toHaveLength(6);
  });

  it('are several at once while enough waits to fill them, and one when little does', async () => {
    const { shared, seen, endAll } = turns(4, 2);
    const results = Promise.all(['a', 'b', 'c'].map((run) => shared.take(run)));
    expect(seen).toEqual([['a']]);
    const more = Promise.all(['d', 'eeee', 'ffff', 'g'].map((run) => shared.take(run)));
    expect(seen).toEqual([['a'], ['b', 'c', 'd', 'eeee']]);
    await endAll();
    expect(seen).toEqual([['a'], ['b', 'c', 'd', 'eeee'], ['ffff'], ['g']]);
    expect([await results, await more].flat()).toEqual(['A', 'B', 'C', 'D', 'EEEE', 'FFFF', 'G']);
  });

  it('are repeated run by run when they fail: only the bad run fails', async () => {
    const { shared, seen, endAll } = turns();
    const results = Promise.allSettled(['a', 'b', 'bad', 'c'].map((run) => shared.take(run)));
    await endAll();
    expect(seen).toEqual([['a'], ['b', 'bad', 'c'], ['b'], ['bad'], ['c']]);
    expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('go on after a failure', async () => {
    const { shared, endAll } = turns();
    const failed = shared.take('bad').catch((error: unknown) => (error as Error).message);
    await endAll();
    expect(await failed).toBe('bad run');
    const next = shared.take('good');
    await endAll();
    expect(await next).toBe('GOOD');
  });
});
