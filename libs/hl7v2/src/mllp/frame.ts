/** Start of a frame, and the two bytes that end it. Source: HL7 implementation guide, appendix C.4.2, MLLP. */
const start = 0x0b;
const end = 0x1c;
const carriageReturn = 0x0d;

/** What came out of a stream of bytes. */
export type FrameEvent =
  /** A whole message. */
  | { readonly kind: 'message'; readonly bytes: Buffer }
  /** A message longer than the limit, of which only the beginning was kept. */
  | { readonly kind: 'too-large'; readonly head: Buffer }
  /** A frame that was given up because another began within it. */
  | { readonly kind: 'broken'; readonly bytes: number }
  /** Bytes between frames, which mean nothing. */
  | { readonly kind: 'garbage'; readonly bytes: number };

/** How frames are cut. */
export interface FrameOptions {
  /** Longest message in bytes. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** For senders that leave out the last carriage return: the end byte alone ends a frame. Default: false. */
  readonly endWithoutReturn?: boolean;
}

/** How much of a message that is too long is kept, enough for its header. */
const headBytes = 4096;

/**
 * Cuts a stream of bytes into messages, wherever the network splits it, in time proportional to the bytes. Line ends
 * between frames are no garbage.
 */
export class FrameDecoder {
  private readonly maxBytes: number;
  private readonly strict: boolean;
  private parts: Buffer[] = [];
  private size = 0;
  private inside = false;
  private ending = false;

  constructor({ maxBytes = 1024 * 1024, endWithoutReturn = false }: FrameOptions = {}) {
    this.maxBytes = maxBytes;
    this.strict = !endWithoutReturn;
  }

  /** Whether a frame has begun and not ended. */
  get isInside(): boolean {
    return this.inside;
  }

  /** Takes the next bytes and answers what they completed. */
  push(chunk: Buffer): FrameEvent[] {
    const events: FrameEvent[] = [];
    let at = 0;
    while (at < chunk.length) at = this.inside ? this.body(chunk, at, events) : this.between(chunk, at, events);
    return events;
  }

  private between(chunk: Buffer, at: number, events: FrameEvent[]): number {
    const next = chunk.indexOf(start, at);
    const stop = next < 0 ? chunk.length : next;
    const bytes = chunk.subarray(at, stop).filter((byte) => byte !== carriageReturn && byte !== 0x0a).length;
    if (bytes > 0) events.push({ kind: 'garbage', bytes });
    if (next >= 0) this.begin();
    return stop + 1;
  }

  private body(chunk: Buffer, at: number, events: FrameEvent[]): number {
    if (this.ending) return this.afterEnd(chunk, at, events);
    const stop = firstOf(chunk, at);
    this.keep(chunk.subarray(at, stop));
    if (stop === chunk.length) return stop;
    if (chunk[stop] === start) return this.broken(stop, events);
    if (!this.strict) this.finish(events);
    else this.ending = true;
    return stop + 1;
  }

  /** The end byte was seen: the carriage return ends the frame, so does a new start; anything else was content. */
  private afterEnd(chunk: Buffer, at: number, events: FrameEvent[]): number {
    this.ending = false;
    if (chunk[at] === carriageReturn || chunk[at] === start) {
      this.finish(events);
      return chunk[at] === start ? at : at + 1;
    }
    this.keep(Buffer.of(end));
    return at;
  }

  private broken(at: number, events: FrameEvent[]): number {
    events.push({ kind: 'broken', bytes: this.size });
    this.begin();
    return at + 1;
  }

  private begin(): void {
    this.inside = true;
    this.parts = [];
    this.size = 0;
  }

  private keep(part: Buffer): void {
    const limit = Math.max(this.maxBytes, headBytes);
    // What lies beyond the limit is only counted; a copy is kept, so that a chunk is not held by a few of its bytes.
    if (part.length > 0 && this.size < limit) this.parts.push(Buffer.from(part.subarray(0, limit - this.size)));
    this.size += part.length;
  }

  private finish(events: FrameEvent[]): void {
    const bytes = Buffer.concat(this.parts);
    if (this.size > this.maxBytes) events.push({ kind: 'too-large', head: bytes.subarray(0, headBytes) });
    else events.push({ kind: 'message', bytes });
    this.inside = false;
    this.parts = [];
    this.size = 0;
  }
}

/** Puts a message into a frame. */
export function frame(message: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(start), message, Buffer.of(end, carriageReturn)]);
}

function firstOf(chunk: Buffer, at: number): number {
  for (let index = at; index < chunk.length; index++) {
    if (chunk[index] === start || chunk[index] === end) return index;
  }
  return chunk.length;
}
