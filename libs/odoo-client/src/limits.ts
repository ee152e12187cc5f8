import { OdooRateLimited, OdooUnavailable } from './errors.js';

/** How much Odoo is asked to bear. */
export interface LimitOptions {
  /** Calls at the same time. */
  readonly maxConcurrent: number;
  /** Calls that may wait for their turn; one more is refused. */
  readonly maxQueued: number;
  /** Calls per second on average; up to one second's worth may go at once. */
  readonly callsPerSecond: number;
}

interface Waiting {
  readonly start: () => void;
}

/** A token bucket and a concurrency limit with one first-in-first-out queue. */
export class CallLimits {
  private readonly waiting: Waiting[] = [];
  private tokens: number;
  private filledAt: number;
  private running = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: LimitOptions,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.tokens = this.burst();
    this.filledAt = now();
  }

  /** Calls that run and calls that wait. */
  load(): { running: number; queued: number } {
    return { running: this.running, queued: this.waiting.length };
  }

  /**
   * Runs `work` when it is its turn.
   * @throws OdooRateLimited when the queue is full
   * @throws OdooUnavailable (cancelled) when the signal fires while it waits
   */
  async run<T>(operation: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    await this.turn(operation, signal);
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.next();
    }
  }

  private turn(operation: string, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(cancelled(operation));
    if (this.waiting.length >= this.options.maxQueued) {
      const message = `${this.waiting.length} calls to Odoo wait already`;
      return Promise.reject(new OdooRateLimited(message, { operation, retryAfterMs: 1000 }));
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(cancelled(operation));
      };
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(entry);
      this.next();
    });
  }

  private next(): void {
    this.fill();
    while (this.waiting.length > 0 && this.running < this.options.maxConcurrent && this.tokens >= 1) {
      this.tokens -= 1;
      this.running += 1;
      this.waiting.shift()?.start();
    }
    if (this.waiting.length > 0 && this.running < this.options.maxConcurrent) this.wakeAtNextToken();
  }

  private fill(): void {
    const now = this.now();
    this.tokens = Math.min(this.burst(), this.tokens + ((now - this.filledAt) / 1000) * this.options.callsPerSecond);
    this.filledAt = now;
  }

  private wakeAtNextToken(): void {
    const missing = Math.max(0, 1 - this.tokens);
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        this.next();
      },
      Math.ceil((missing / this.options.callsPerSecond) * 1000),
    );
  }

  private burst(): number {
    return Math.max(1, this.options.callsPerSecond);
  }
}

function cancelled(operation: string): OdooUnavailable {
  const message = `${operation} was cancelled by its caller before it was sent`;
  return new OdooUnavailable(message, { operation, mayHaveCommitted: false, cancelled: true });
}
