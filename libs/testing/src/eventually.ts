import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats an assertion until it holds, and answers its result; at the end of `timeoutMs` (default 10 seconds) its last
 * failure is thrown as it is. For what happens in another process or transaction: tests never wait by the clock.
 */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = 25 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (failure) {
      if (Date.now() >= until) throw failure;
      await sleep(everyMs);
    }
  }
}
