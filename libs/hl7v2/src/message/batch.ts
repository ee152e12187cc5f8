import { readDelimiters } from './delimiters.js';
import { headerSegments, readSegment, type Segment } from './message.js';
import type { Problem } from './problem.js';

/** One batch: its header and trailer where they were sent, and the bytes of its messages in order, each to be read for itself. */
export interface Batch {
  readonly header: Segment | undefined;
  readonly messages: readonly Buffer[];
  readonly trailer: Segment | undefined;
}

/** A file of batches. With a problem nothing of it should be taken: what it promised and what it holds differ. */
export interface BatchFile {
  readonly header: Segment | undefined;
  readonly batches: readonly Batch[];
  readonly trailer: Segment | undefined;
  readonly problems: readonly Problem[];
}

/** Default limit of a whole file in bytes. */
const defaultMaxFileBytes = 64 * 1024 * 1024;

/** Whether bytes are a batch or a file of batches, by the segment that they begin with. */
export function isBatch(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 64)).toString('latin1');
  return /^(?:\u00EF\u00BB\u00BF)?[\s\v]*[FB]HS/.test(head);
}

/**
 * Cuts a batch file `[FHS] { [BHS] { MSH ... } [BTS] } [FTS]`, or messages simply following one another, into its
 * messages, and checks BTS-1 (messages in the batch) and FTS-1 (batches in the file) against what is there. Never throws.
 * Source: HL7 v2 chapter 2, "Batch"; fields by hl7-dictionary 2.3 to 2.7.1 (BHS, BTS, FHS, FTS).
 */
export function parseBatch(
  input: Uint8Array | string,
  { maxFileBytes = defaultMaxFileBytes }: { readonly maxFileBytes?: number } = {},
): BatchFile {
  if (input.length > maxFileBytes) {
    return { header: undefined, batches: [], trailer: undefined, problems: [tooLong(input.length, maxFileBytes)] };
  }
  const bytes = typeof input !== 'string';
  const text = bytes ? Buffer.from(input.buffer, input.byteOffset, input.byteLength).toString('latin1') : input;
  const reader = new BatchReader(bytes ? 'latin1' : 'utf8');
  for (const line of text.replace(/^(?:\u00EF\u00BB\u00BF|\uFEFF)/, '').split(/\r\n?|\n/)) reader.take(line);
  return reader.finish();
}

class BatchReader {
  private file: { header: Segment | undefined; trailer: Segment | undefined } = {
    header: undefined,
    trailer: undefined,
  };
  private readonly batches: { header?: Segment; messages: Buffer[]; trailer?: Segment }[] = [];
  private readonly problems: Problem[] = [];
  private lines: string[] = [];

  constructor(private readonly encoding: 'latin1' | 'utf8') {}

  take(line: string): void {
    const name = line.trimStart().slice(0, 3);
    if (headerSegments.has(name) || name === 'BTS' || name === 'FTS') {
      this.endMessage();
      this.begin(name, line.trimStart());
    } else if (this.lines.length > 0) this.lines.push(line);
    else if (line.trim() !== '') this.note(100, 'A line stands outside any message. Its sender must look.');
  }

  finish(): BatchFile {
    this.endMessage();
    this.checkCounts();
    const batches = this.batches.map(({ header, messages, trailer }) => ({ header, messages, trailer }));
    return { ...this.file, batches, problems: this.problems };
  }

  private begin(name: string, line: string): void {
    if (name === 'MSH') this.lines = [line];
    else if (name === 'FHS') this.file.header = this.segment(line);
    else if (name === 'FTS') this.file.trailer = this.segment(line);
    else if (name === 'BHS') this.batches.push({ header: this.segment(line), messages: [] });
    else this.open().trailer = this.segment(line);
  }

  private endMessage(): void {
    if (this.lines.length === 0) return;
    this.open().messages.push(Buffer.from(this.lines.join('\r') + '\r', this.encoding));
    this.lines = [];
  }

  private open(): { header?: Segment; messages: Buffer[]; trailer?: Segment } {
    const last = this.batches.at(-1);
    if (last !== undefined && last.trailer === undefined) return last;
    const next = { messages: [] };
    this.batches.push(next);
    return next;
  }

  private segment(line: string): Segment {
    const own = headerSegments.has(line.slice(0, 3)) ? readDelimiters(line) : undefined;
    if (own !== undefined && !('code' in own)) return readSegment(line, own);
    return { name: line.slice(0, 3), fields: line.split(line.charAt(3) || '|') };
  }

  private checkCounts(): void {
    this.batches.forEach(({ header, messages, trailer }, index) => {
      const path = `BTS[${index + 1}]-1`;
      this.compare(trailer?.fields[1], messages.length, path, 'messages in the batch');
      if (header !== undefined && trailer === undefined) {
        this.note(100, `Batch ${index + 1} was begun and not ended with BTS: it may be cut short. Ask its sender.`);
      }
    });
    this.compare(this.file.trailer?.fields[1], this.batches.length, 'FTS-1', 'batches in the file');
    if (this.file.header !== undefined && this.file.trailer === undefined) {
      this.note(100, 'The file was begun and not ended with FTS: it may be cut short. Ask its sender.');
    }
  }

  private compare(said: string | undefined, found: number, path: string, what: string): void {
    if (said === undefined || said.trim() === '' || Number(said) === found) return;
    this.note(102, `${path} says ${said} and there are ${found} ${what}. Something is missing; ask its sender.`, path);
  }

  private note(code: Problem['code'], message: string, path?: string): void {
    if (this.problems.length < 100) this.problems.push({ code, message, ...(path === undefined ? {} : { path }) });
  }
}

function tooLong(length: number, limit: number): Problem {
  return { code: 207, message: `The file is ${length} bytes long and ${limit} are taken. Its sender must split it.` };
}
