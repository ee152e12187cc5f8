import CircuitBreaker from 'opossum';
import { OdooCircuitOpen, OdooError } from './errors.js';

/** When the circuit opens and how long it stays so. */
export interface CircuitOptions {
  /** Length of the window in which failures are counted, in milliseconds. */
  readonly windowMs: number;
  /** Calls in the window before it may open. */
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

  constructor(options: CircuitOptions, onChange: (state: CircuitState) => void) {
    this.breaker = new CircuitBreaker((work: Work) => work(), {
      timeout: false,
      rollingCountTimeout: options.windowMs,
      volumeThreshold: options.minimumCalls,
      errorThresholdPercentage: options.failurePercentage,
      resetTimeout: options.retryAfterMs,
      rollingPercentilesEnabled: false,
      errorFilter: (error: unknown) => !(error instanceof OdooError && error.outage),
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
      return (await this.breaker.fire(work)) as T;
    } catch (error) {
      if (!(error instanceof OdooError) && CircuitBreaker.isOurError(error as Error)) {
        const why = this.breaker.isShutdown ? 'the client is closed' : 'Odoo failed repeatedly';
        throw new OdooCircuitOpen(`${why}; ${operation} was not sent`, { operation });
      }
      throw error;
    }
  }

  close(): void {
    this.breaker.shutdown();
  }
}
