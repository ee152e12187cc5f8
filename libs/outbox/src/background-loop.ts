import { WakeableWait } from './wakeable-wait.js';

/** What a loop does. */
export interface LoopOptions {
  /** One piece of work; false when there was none. An error ends the round, not the loop. The signal fires when the loop is to end. */
  readonly work: (ending: AbortSignal) => Promise<boolean>;
  /** Told of every error; with a `longestPauseMs` of the first one only, until a round has gone well again. */
  readonly onError: (error: Error) => void;
  /** Longest pause while there is nothing to do, in milliseconds. */
  readonly pollMs: number;
  /** The pause doubles with every further error up to this; without it an error is followed by the usual pause. */
  readonly longestPauseMs?: number;
  /** A round is followed by a pause of at least so many times what it took: work that has grown leaves the machine to others. */
  readonly restFactor?: number;
  /** Whether the first piece of work comes after a pause too. */
  readonly pausesFirst?: boolean;
}

/** Work in the background, piece after piece while there is any, then again after a pause or a wake-up. */
export class BackgroundLoop {
  readonly #wait = new WakeableWait();
  readonly #ending = new AbortController();
  #failures = 0;
  #tookMs = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly options: LoopOptions) {}

  /** Whether the loop is asked to end: a long piece of work may look. */
  get stopping(): boolean {
    return this.#ending.signal.aborted;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Looks at once. */
  wake(): void {
    this.#wait.wake();
  }

  /** Finishes the piece under way and ends. */
  async stop(): Promise<void> {
    this.#ending.abort();
    this.#wait.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    if (this.options.pausesFirst === true) await this.#rest();
    while (!this.stopping) {
      await this.#round();
      await this.#rest();
    }
  }

  async #round(): Promise<void> {
    const { work, onError, longestPauseMs } = this.options;
    const began = performance.now();
    try {
      while (!this.stopping && (await work(this.#ending.signal))) this.#failures = 0;
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (longestPauseMs === undefined || this.#failures === 1) onError(error as Error);
    }
    this.#tookMs = performance.now() - began;
  }

  async #rest(): Promise<void> {
    const { pollMs, longestPauseMs = pollMs, restFactor = 0 } = this.options;
    const afterFailures = pollMs * 2 ** Math.min(this.#failures, 10);
    const pauseMs = Math.max(afterFailures, this.#tookMs * restFactor);
    if (!this.stopping) await this.#wait.sleep(Math.min(pauseMs, Math.max(pollMs, longestPauseMs)));
  }
}
