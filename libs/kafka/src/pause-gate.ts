import { setTimeout as sleep } from 'node:timers/promises';

/** Holds back every partition of a consumer during an outage: one `Paused` speaks for all of them. */
export class PauseGate {
  private heldUntil = 0;

  /** Closes the gate for at least `ms` from now; answers whether it was open before. */
  hold(ms: number): boolean {
    const now = performance.now();
    const wasOpen = this.heldUntil <= now;
    this.heldUntil = Math.max(this.heldUntil, now + ms);
    return wasOpen;
  }

  /** Resolves when the gate is open, or when `signal` is aborted. */
  async passed(signal: AbortSignal): Promise<void> {
    for (;;) {
      const left = this.heldUntil - performance.now();
      if (left <= 0 || signal.aborted) return;
      await sleep(left, undefined, { signal }).catch(() => undefined);
    }
  }
}
