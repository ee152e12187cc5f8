import { type CircuitOptions, type CircuitState, OdooCircuit } from './circuit.js';
import { OdooAuthenticationError, OdooError } from './errors.js';
import { json2 } from './json2.js';
import { jsonRpc } from './json-rpc.js';
import { CallLimits, type LimitOptions } from './limits.js';
import { type LoadAnswer, loadedIds } from './load.js';
import type { OdooAddress, OdooProtocol, OdooVersion } from './protocol.js';
import { rpcVersion, webVersion } from './version.js';

/**
 * Gives the key to use now. `refused` is a key that Odoo has just turned down: read the newest one then. Asked before
 * every call, so it should remember.
 */
export type KeySupplier = (refused?: string) => string | Promise<string>;

/** Where Odoo is, how it is spoken to, and how hard it may be pressed. */
export interface OdooClientOptions extends OdooAddress {
  readonly apiKey: KeySupplier;
  /** `json-2` for Odoo 19 and later, `json-rpc` for 14 to 18. */
  readonly protocol?: 'json-2' | 'json-rpc';
  /** The login that the key belongs to; needed by `json-rpc` only. */
  readonly login?: string;
  /** Longest wait for one answer, in milliseconds; 60,000 when absent. */
  readonly timeoutMs?: number;
  readonly limits?: Partial<LimitOptions>;
  readonly circuit?: Partial<CircuitOptions>;
}

/** What one call may set for itself. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** How the connection stands, for health and metrics. */
export interface OdooClientState {
  readonly circuit: CircuitState;
  readonly running: number;
  readonly queued: number;
}

/** A call that has ended, for metrics. */
export interface CallOutcome {
  readonly operation: string;
  readonly milliseconds: number;
  /** `ok`, or the name of the error. */
  readonly outcome: string;
}

/** The named arguments of `search_read`. */
export interface SearchRead {
  readonly domain: readonly unknown[];
  readonly fields: readonly string[];
  readonly order?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly context?: Readonly<Record<string, unknown>>;
}

const defaultLimits: LimitOptions = { maxConcurrent: 4, maxQueued: 1000, callsPerSecond: 50 };
const defaultCircuit: CircuitOptions = {
  windowMs: 60_000,
  minimumCalls: 3,
  failurePercentage: 50,
  retryAfterMs: 5_000,
};

/** Odoo's external API behind a circuit breaker, a rate limit and a concurrency limit; every failure is an `OdooError`. */
export class OdooClient {
  private readonly protocol: OdooProtocol;
  private readonly limits: CallLimits;
  private readonly circuit: OdooCircuit;
  private readonly timeoutMs: number;
  private readonly stateListeners = new Set<(state: CircuitState) => void>();
  private readonly callListeners = new Set<(outcome: CallOutcome) => void>();

  constructor(private readonly options: OdooClientOptions) {
    this.protocol = options.protocol === 'json-rpc' ? jsonRpc(options, loginOf(options)) : json2(options);
    this.limits = new CallLimits({ ...defaultLimits, ...options.limits });
    this.circuit = new OdooCircuit({ ...defaultCircuit, ...options.circuit }, (state) => {
      for (const listener of this.stateListeners) listener(state);
    });
    this.timeoutMs = options.timeoutMs ?? 60_000;
  }

  /**
   * One method of one model, in one transaction of Odoo's. Arguments by name, as JSON-2 has them: `ids` and `context` too.
   * @throws OdooError one of its kinds, which say whether the call may be repeated
   */
  async call<T>(
    model: string,
    method: string,
    args: Record<string, unknown> = {},
    options: CallOptions = {},
  ): Promise<T> {
    const operation = `${model}.${method}`;
    const { signal, timeoutMs = this.timeoutMs } = options;
    return this.guarded(operation, signal, (key) =>
      this.protocol.call({ model, method, args, key, timeoutMs, signal }),
    ) as Promise<T>;
  }

  /** Records with the named fields; everything that matches when there is no limit. */
  async searchRead<T extends object>(
    model: string,
    args: SearchRead,
    options?: CallOptions,
  ): Promise<(T & { id: number })[]> {
    return this.call(model, 'search_read', { ...args }, options);
  }

  /**
   * Creates or updates by external id (column `id`), all rows or none.
   * @returns database ids in the order of the rows
   * @throws OdooLoadRefused with the rows at fault; OdooConflict when another transaction was faster
   */
  async load(
    model: string,
    args: {
      fields: readonly string[];
      data: readonly (readonly unknown[])[];
      context?: Readonly<Record<string, unknown>>;
    },
    options?: CallOptions,
  ): Promise<number[]> {
    return loadedIds(model, await this.call<LoadAnswer>(model, 'load', { ...args }, options));
  }

  /** Odoo's version; needs no key, whatever the version and the protocol. */
  async version(): Promise<OdooVersion> {
    const { url, protocol } = this.options;
    return this.measured('common.version', undefined, () =>
      protocol === 'json-rpc' ? rpcVersion(url, this.timeoutMs) : webVersion(url, this.timeoutMs),
    );
  }

  /** How the connection stands now. */
  state(): OdooClientState {
    return { circuit: this.circuit.state(), ...this.limits.load() };
  }

  /** Tells of every change of the circuit; the answer stops it. */
  onStateChange(listener: (state: CircuitState) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  /** Tells of every call that has ended; the answer stops it. */
  onCall(listener: (outcome: CallOutcome) => void): () => void {
    this.callListeners.add(listener);
    return () => this.callListeners.delete(listener);
  }

  /** Stops the circuit's timers; calls made afterwards fail. */
  close(): void {
    this.circuit.close();
  }

  private guarded(
    operation: string,
    signal: AbortSignal | undefined,
    send: (key: string) => Promise<unknown>,
  ): Promise<unknown> {
    return this.measured(operation, signal, async () => {
      const key = await this.options.apiKey();
      try {
        return await send(key);
      } catch (error) {
        if (!(error instanceof OdooAuthenticationError)) throw error;
        const newest = await this.options.apiKey(key);
        if (newest === key) throw error;
        return send(newest);
      }
    });
  }

  private measured<T>(operation: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    return this.limits.run(operation, signal, async () => {
      const started = performance.now();
      let outcome = 'ok';
      try {
        return await this.circuit.run(operation, work);
      } catch (error) {
        outcome = error instanceof OdooError ? error.name : 'Error';
        throw error;
      } finally {
        const milliseconds = performance.now() - started;
        for (const listener of this.callListeners) listener({ operation, milliseconds, outcome });
      }
    });
  }
}

function loginOf({ login }: OdooClientOptions): string {
  if (login) return login;
  throw new Error('JSON-RPC needs the login that the API key belongs to; set the login beside the key');
}
