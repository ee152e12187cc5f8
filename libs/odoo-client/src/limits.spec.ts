import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OdooRateLimited, OdooUnavailable } from './errors.js';
import { CallLimits } from './limits.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('limits on calls to Odoo', () => {
  it('never run more calls at once than allowed, and run every one, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 20 })),
        async (most, durations) => {
          const limits = new CallLimits({ maxConcurrent: most, maxQueued: 1000, callsPerSecond: 1000 });
          const started: number[] = [];
          let highest = 0;
          const all = durations.map((duration, index) =>
            limits.run('x.y', undefined, async () => {
              started.push(index);
              highest = Math.max(highest, limits.load().running);
              await new Promise((resolve) => setTimeout(resolve, duration));
            }),
          );
          await vi.runAllTimersAsync();
          await Promise.all(all);
          expect(started).toEqual(durations.map((_, index) => index));
          expect(highest).toBeLessThanOrEqual(most);
          expect(limits.load()).toEqual({ running: 0, queued: 0 });
        },
      ),
      { numRuns: 30 },
    );
  });

  it('let one second of calls go at once, and the rest at the rate', async () => {
    const limits = new CallLimits({ maxConcurrent: 100, maxQueued: 100, callsPerSecond: 10 });
    let done = 0;
    for (let index = 0; index < 25; index += 1) void limits.run('x.y', undefined, async () => void (done += 1));
    await settled();
    expect(done).toBe(10);
    await vi.advanceTimersByTimeAsync(1010);
    expect(done).toBe(20);
    await vi.advanceTimersByTimeAsync(1010);
    expect(done).toBe(25);
  });

  it('refuse a call when the queue is full, and say so', async () => {
    const limits = new CallLimits({ maxConcurrent: 1, maxQueued: 1, callsPerSecond: 100 });
    const never = new Promise<void>(() => undefined);
    void limits.run('x.y', undefined, () => never);
    void limits.run('x.y', undefined, () => never);
    const third = limits.run('x.y', undefined, () => never);
    await expect(third).rejects.toBeInstanceOf(OdooRateLimited);
    expect(limits.load()).toEqual({ running: 1, queued: 1 });
  });

  it('let a caller give up while it waits; the call was certainly not sent', async () => {
    const limits = new CallLimits({ maxConcurrent: 1, maxQueued: 9, callsPerSecond: 100 });
    void limits.run('x.y', undefined, () => new Promise<void>(() => undefined));
    const cancel = new AbortController();
    const waiting = limits.run('x.y', cancel.signal, async () => undefined);
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'OdooUnavailable', mayHaveCommitted: false, outage: false });
    await expect(waiting).rejects.toBeInstanceOf(OdooUnavailable);
    expect(limits.load().queued).toBe(0);
  });
});
