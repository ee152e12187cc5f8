import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bisect } from './bisect.js';

class Bad extends Error {}

const batches = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), isBad: fc.boolean() }), {
  maxLength: 60,
});

it('every good item is done once, the bad ones alone are blamed, and nothing of a key is done after a bad one', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (items) => {
      const done: number[] = [];
      const blamed: number[] = [];
      const blocked = new Set<string>();
      const numbered = items.map((item, at) => ({ ...item, at }));
      await bisect(numbered, {
        attempt: async (part) => {
          if (part.some(({ isBad }) => isBad)) throw new Bad();
          done.push(...part.map(({ at }) => at));
        },
        isAboutItems: (error) => error instanceof Bad,
        blame: async ({ key, at }) => void (blamed.push(at), blocked.add(key)),
        isSettled: ({ key, at }) => done.includes(at) || blocked.has(key),
      });
      const firstBad = (key: string): number => numbered.find((item) => item.key === key && item.isBad)?.at ?? Infinity;
      expect(done).toEqual(numbered.filter(({ key, at }) => at < firstBad(key)).map(({ at }) => at));
      expect(blamed).toEqual(numbered.filter(({ key, at }) => at === firstBad(key)).map(({ at }) => at));
    }),
  );
});

it('finds one bad item among 200 in 17 tries', async () => {
  let tries = 0;
  const blamed: number[] = [];
  await bisect(
    Array.from({ length: 200 }, (_, n) => n),
    {
      attempt: async (part) => {
        tries += 1;
        if (part.includes(77)) throw new Bad();
      },
      isAboutItems: () => true,
      blame: async (item) => void blamed.push(item),
      isSettled: () => false,
    },
  );
  expect(blamed).toEqual([77]);
  expect(tries).toBeLessThanOrEqual(17);
});

it('an outage ends it at once and blames nobody', async () => {
  const blamed: number[] = [];
  const outage = bisect([1, 2, 3], {
    attempt: async () => Promise.reject(new Error('connection refused')),
    isAboutItems: (error) => error instanceof Bad,
    blame: async (item) => void blamed.push(item),
    isSettled: () => false,
  });
  await expect(outage).rejects.toThrow('connection refused');
  expect(blamed).toEqual([]);
});
