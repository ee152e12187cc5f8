import { fork, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { guardChild, releaseChild } from '../../../deploy/local/platform/orphan-guard.ts';
import type { Order, Part, Report, Step } from '../cast/orders.ts';

const ourPlayer = join(import.meta.dirname, '..', 'cast', 'player.ts');

/** What is different in one life of a player. */
export interface Life {
  readonly part?: Partial<Part>;
  /** Bounds its memory. */
  readonly heapMegabytes?: number;
  /** The file that is run: a player of another version. */
  readonly entry?: string;
}

/** A process of the cast, and what can be done to it. */
export class PlayerProcess {
  #child: ChildProcess | undefined;
  #ready: Promise<void> = Promise.resolve();
  #ended: Promise<string> = Promise.resolve('not started');
  #stopped = false;
  #retired = false;
  readonly #listeners = new Set<(report: Report) => void>();
  #part: Part;
  readonly #logFile: string;

  constructor(part: Part, logFile: string) {
    this.#part = part;
    this.#logFile = logFile;
  }

  get part(): Part {
    return this.#part;
  }

  /** From its next start on it breaks this promise; null for none. */
  recast(mutation: string | null): void {
    this.#part = { ...this.#part, mutation };
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves with how it went when the present process has ended. */
  get ended(): Promise<string> {
    return this.#ended;
  }

  /** Starts it if it does not run; resolves when it plays. */
  async start(life: Life = {}): Promise<void> {
    if (this.#retired) throw new Error(`${this.part.name} plays no more: its stage is over`);
    if (!this.isRunning) this.#launch(life);
    await this.#ready;
  }

  send(order: Order): void {
    if (this.isRunning) this.#child!.send(order, () => undefined);
  }

  /** Told of every report; answers how to stop listening. */
  listen(listener: (report: Report) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when it reaches a step that was armed, or has ended. */
  reached(step: Step): Promise<void> {
    return new Promise((resolve) => {
      const forget = this.listen((report) => {
        if (report.is !== 'reached' || report.step !== step) return;
        this.#stopped = true; // it stops itself right after
        forget();
        resolve();
      });
    });
  }

  /** Whether it will never play again. */
  get isRetired(): boolean {
    return this.#retired;
  }

  /** Ends it for good, whoever may still want to start it. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.kill();
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#ended;
  }

  /** SIGTERM, and SIGKILL when it does not end within the time; answers how it went. */
  async stop(withinMs = 12_000): Promise<string> {
    this.resume();
    this.#signal('SIGTERM');
    const force = setTimeout(() => this.#signal('SIGKILL'), withinMs);
    const how = await this.#ended;
    clearTimeout(force);
    return how;
  }

  /** SIGSTOP: it neither works nor knows that it does not. */
  pause(): void {
    this.#stopped = true;
    this.#signal('SIGSTOP');
  }

  /** SIGCONT, if it was stopped. */
  resume(): void {
    if (this.#stopped) this.#signal('SIGCONT');
    this.#stopped = false;
  }

  #signal(signal: NodeJS.Signals): void {
    // Answers false where the process has ended and its exit has not been told yet.
    if (this.isRunning) this.#child!.kill(signal);
  }

  #launch({ part, heapMegabytes, entry = ourPlayer }: Life): void {
    this.#stopped = false;
    mkdirSync(dirname(this.#logFile), { recursive: true });
    const log = openSync(this.#logFile, 'a');
    const heap = heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`];
    const child = fork(entry, [JSON.stringify({ ...this.part, ...part })], {
      execArgv: heap,
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    if (child.pid !== undefined) guardChild(child.pid);
    child.on('message', (report: Report) => this.#listeners.forEach((listener) => listener(report)));
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    void this.#ended.then(() => releaseChild(child.pid!));
    this.#ready = this.#whenReady();
  }

  #whenReady(): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      const forget = this.listen((report) => {
        if (report.is !== 'ready') return;
        forget();
        resolve();
      });
    });
    const died = this.#ended.then((how) => {
      throw new Error(`${this.part.name} ended before it was ready: ${how}; see ${this.#logFile}`);
    });
    const outcome = Promise.race([ready, died]);
    outcome.catch(() => undefined);
    return outcome;
  }
}
