import CircuitBreaker from 'opossum';
import { OdooCircuitOpen, OdooError } from './errors.js';

/** When the circuit opens and how long it stays so. */
export interface CircuitOptions {
  /** Length of the window in which failures are counted, in milliseconds. */
  readonly windowMs: number;
  /** Calls in the window before it may open; also how many outages in a row open it, whatever went well before. */
  readonly minimumCalls: number;
  /** Share of outages in the window that opens it, in percent. */
  readonly failurePercentage: number;
  /** Milliseconds until one call is let through to try. */
  readonly retryAfterMs: number;
}

/** closed: calls pass; open: none is sent; halfOpen: one is tried. */
export type CircuitState = 'closed' | 'open' | 'halfOpen';

type Work = () => Promise<unknown>;

/** Stops calling an Odoo that is down. Only outages count: what Odoo refuses, it answers. */
export class OdooCircuit {
  private readonly breaker: CircuitBreaker<[Work], unknown>;
  private readonly mostInARow: number;
  private outagesInARow = 0;

  constructor(options: CircuitOptions, onChange: (state: CircuitState) => void) {
    this.mostInARow = options.minimumCalls;
    this.breaker = new CircuitBreaker((work: Work) => work(), {
      timeout: false,
      rollingCountTimeout: options.windowMs,
      volumeThreshold: options.minimumCalls,
      errorThresholdPercentage: options.failurePercentage,
      resetTimeout: options.retryAfterMs,
      rollingPercentilesEnabled: false,
      errorFilter: (error: unknown) => !isOutage(error),
    });
    this.breaker.on('open', () => onChange('open'));
    this.breaker.on('halfOpen', () => onChange('halfOpen'));
    this.breaker.on('close', () => onChange('closed'));
  }

  state(): CircuitState {
    if (this.breaker.opened) return 'open';
    return this.breaker.halfOpen || this.breaker.pendingClose ? 'halfOpen' : 'closed';
  }

  /**
   * Runs `work` unless the circuit is open.
   * @throws OdooCircuitOpen when it is
   */
  async run<T>(operation: string, work: () => Promise<T>): Promise<T> {
    try {
      const answer = (await this.breaker.fire(work)) as T;
      this.outagesInARow = 0;
      return answer;
    } catch (error) {
      this.count(error);
      if (!(error instanceof OdooError) && CircuitBreaker.isOurError(error as Error)) {
        const why = this.breaker.isShutdown ? 'the client is closed' : 'Odoo failed repeatedly';
        throw new OdooCircuitOpen(`${why}; ${operation} was not sent`, { operation });
      }
      throw error;
    }
  }

  /** Callers that wait ever longer after a failure are soon too few to fill half a window; so a row of outages opens it too. */
  private count(error: unknown): void {
    if (!(error instanceof OdooError)) return;
    this.outagesInARow = isOutage(error) ? this.outagesInARow + 1 : 0;
    if (this.outagesInARow >= this.mostInARow && this.breaker.closed) this.breaker.open();
  }

  close(): void {
    this.breaker.shutdown();
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof OdooError && error.outage;
}
