import { WakeableWait } from './wakeable-wait.js';

/** What a loop does. */
export interface LoopOptions {
  /** One piece of work; false when there was none. An error ends the round, not the loop. */
  readonly work: () => Promise<boolean>;
  readonly onError: (error: Error) => void;
  /** Longest pause while there is nothing to do, in milliseconds. */
  readonly pollMs: number;
}

/** Work in the background, piece after piece while there is any, then again after a pause or a wake-up. */
export class BackgroundLoop {
  readonly #wait = new WakeableWait();
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly options: LoopOptions) {}

  /** Whether the loop is asked to end: a long piece of work may look. */
  get stopping(): boolean {
    return this.#stopping;
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
    this.#stopping = true;
    this.#wait.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        while (!this.#stopping && (await this.options.work()));
      } catch (error) {
        this.options.onError(error as Error);
      }
      if (!this.#stopping) await this.#wait.sleep(this.options.pollMs);
    }
  }
}
