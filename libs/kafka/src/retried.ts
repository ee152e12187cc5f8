import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@wardline/event-handling';

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** The pause before a further try, in milliseconds: doubling from a quarter of a second to five seconds. */
export function pauseBefore(tryNumber: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tryNumber - 1, 10));
}

/**
 * Does `work` until it succeeds, saying why it did not each time; gives up with the last error after `withinMs`,
 * never when that is absent.
 */
export async function retried<T>(what: string, work: () => Promise<T>, log: Log, withinMs = Infinity): Promise<T> {
  const start = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const pause = pauseBefore(tries);
      if (performance.now() - start + pause > withinMs) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      log.warn(`${what}: ${reason}; trying again`, { tries, pauseMs: pause });
      await sleep(pause);
    }
  }
}
