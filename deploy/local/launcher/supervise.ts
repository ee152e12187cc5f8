import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../platform/server.ts';

/** When to give a part that keeps ending more time, in milliseconds. */
export interface Patience {
  readonly firstMs: number;
  readonly mostMs: number;
  /** A part that ran this long is thought well again. */
  readonly wellAfterMs: number;
}

const standard: Patience = { firstMs: 500, mostMs: 30_000, wellAfterMs: 60_000 };

/** Starts a part again whenever it ends by itself, with growing pauses and a line for each; until `stopped` aborts. */
export async function supervise(
  part: Server,
  stopped: AbortSignal,
  say: (line: string) => void,
  patience: Patience = standard,
): Promise<void> {
  let pause = patience.firstMs;
  for (;;) {
    const since = Date.now();
    const how = await Promise.race([part.ended, whenAborted(stopped)]);
    if (stopped.aborted) return;
    if (Date.now() - since > patience.wellAfterMs) pause = patience.firstMs;
    say(`${part.name} ended (${how}); starting it again in ${pause / 1000} s. Its log: ${part.logFile}`);
    await sleep(pause, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    pause = Math.min(pause * 2, patience.mostMs);
    await part.restart().then(
      () => say(`${part.name} runs again (process ${part.pid}).`),
      (error: Error) => stopped.aborted || say(error.message.split('\n')[0] ?? error.message),
    );
  }
}

function whenAborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('stopped');
    else signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  });
}
