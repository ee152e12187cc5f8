import type { Socket } from 'node:net';
import { frame, FrameDecoder, type FrameEvent, type FrameOptions } from './frame.js';

/** What a handler answers: nothing, one acknowledgement, or several in order. */
export type Answer = Uint8Array | readonly Uint8Array[] | undefined;

/** What a connection does with what it receives. */
export interface ConnectionHooks {
  /** Takes one message and answers once it is safe; the next message waits for that. */
  readonly handle: (message: Buffer) => Promise<Answer>;
  /** The answer to a message that the handler failed on, or that is too long. */
  readonly failed: (message: Buffer, reason: unknown) => Answer;
  /** Told of what a person should be able to see. */
  readonly seen: (
    event:
      | Exclude<FrameEvent, { kind: 'message' }>
      | { readonly kind: 'failed'; readonly reason: unknown }
      /** A frame was begun and not ended in time; the connection was cut, and the message is the sender's to send again. */
      | { readonly kind: 'unfinished' },
  ) => void;
}

/** How much a connection takes. */
export interface ConnectionOptions extends FrameOptions {
  /** How long nothing may be heard while nothing is under way, in milliseconds. */
  readonly idleTimeoutMs: number;
  /** How long a frame may take from its first byte to its last, in milliseconds. */
  readonly frameTimeoutMs: number;
}

/** Bytes between frames after which a peer is not speaking MLLP at all. */
const mostGarbage = 64 * 1024;

/**
 * One connection: its messages are handled strictly one after another and answered in that order. While one is handled no
 * more is read, so that a sender that is too fast is slowed down by TCP and nothing piles up here.
 */
export class MllpConnection {
  private readonly decoder: FrameDecoder;
  private readonly waiting: FrameEvent[] = [];
  private working: Promise<void> | undefined;
  private garbage = 0;
  private unfinished: NodeJS.Timeout | undefined;
  private closing = false;
  /** Settles when the connection is gone. */
  readonly closed: Promise<void>;

  constructor(
    private readonly socket: Socket,
    private readonly hooks: ConnectionHooks,
    private readonly options: ConnectionOptions,
  ) {
    this.decoder = new FrameDecoder(options);
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.setNoDelay(true);
    socket.setTimeout(options.idleTimeoutMs, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('end', () => this.finish());
    socket.once('close', () => clearTimeout(this.unfinished));
  }

  /** Handles and answers what has wholly arrived, then closes; what has not is the sender's to send again. */
  finish(): void {
    this.closing = true;
    this.socket.pause();
    if (this.working === undefined) this.socket.end(() => this.socket.destroy());
  }

  /** Cuts the connection. */
  destroy(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    const events = this.decoder.push(chunk);
    this.waiting.push(...events);
    this.watchFrame(events.length > 0);
    if (this.working !== undefined || this.waiting.length === 0) return;
    this.socket.pause();
    this.working = this.work().finally(() => {
      this.working = undefined;
      if (this.closing) this.finish();
      else this.socket.resume();
    });
  }

  /** A sender that falls silent within a frame, or drips, must not keep its place for ever. */
  private watchFrame(ended: boolean): void {
    if (ended || !this.decoder.isInside) {
      clearTimeout(this.unfinished);
      this.unfinished = undefined;
    }
    if (this.decoder.isInside && this.unfinished === undefined) this.expectEnd();
  }

  private expectEnd(): void {
    this.unfinished = setTimeout(() => {
      // While a message is under way nothing is read, so its end may well have come.
      if (this.working !== undefined) return this.expectEnd();
      this.hooks.seen({ kind: 'unfinished' });
      this.socket.destroy();
    }, this.options.frameTimeoutMs);
  }

  private async work(): Promise<void> {
    for (let event = this.waiting.shift(); event !== undefined; event = this.waiting.shift()) {
      if (this.socket.destroyed) return;
      if (event.kind !== 'message') this.hooks.seen(event);
      if (event.kind === 'message') await this.write(await this.answer(event.bytes));
      else if (event.kind === 'too-large') await this.write(this.hooks.failed(event.head, tooLarge));
      else if (event.kind === 'garbage') this.countGarbage(event.bytes);
    }
  }

  private async answer(message: Buffer): Promise<Answer> {
    // While the handler works the silence is ours; while an answer waits to be taken it is the sender's.
    this.socket.setTimeout(0);
    try {
      return await this.hooks.handle(message);
    } catch (reason) {
      this.hooks.seen({ kind: 'failed', reason });
      return this.hooks.failed(message, reason);
    } finally {
      this.socket.setTimeout(this.options.idleTimeoutMs);
    }
  }

  private async write(answer: Answer): Promise<void> {
    if (answer === undefined) return;
    for (const message of answer instanceof Uint8Array ? [answer] : answer) {
      if (!this.socket.writable) return;
      if (!this.socket.write(frame(message))) await this.drained();
    }
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.socket.off('drain', done).off('close', done);
        resolve();
      };
      this.socket.on('drain', done).on('close', done);
    });
  }

  private countGarbage(bytes: number): void {
    this.garbage += bytes;
    if (this.garbage > mostGarbage) this.socket.destroy();
  }
}

/** The reason given for a message that is longer than is taken. */
export const tooLarge = new Error('The message is longer than is taken here. Its sender must split it.');
