import { type Charset, charsets, decodeBytes, isCharset } from './charset.js';
import { readDelimiters } from './delimiters.js';
import { type Hl7Message, headerSegments, readSegment, type Segment } from './message.js';
import type { Problem } from './problem.js';

/** How a message is read. */
export interface ParseOptions {
  /** Largest message in bytes (text: characters) that is looked at. Default: 1 MiB. */
  readonly maxBytes?: number;
  /** What the sender really uses when MSH-18 is empty or says ASCII. Default: ASCII, the standard's. */
  readonly charset?: Charset;
}

/** A message, or why it could not be read; then with its header where that could be, so that it can be answered. */
export type ParseResult =
  | { readonly ok: true; readonly message: Hl7Message; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problem: Problem; readonly header?: Hl7Message };

/** Default limit of one message. */
export const defaultMaxBytes = 1024 * 1024;

/**
 * Reads one ER7 message. Segment ends may be CR (the standard's), LF or CRLF; what follows the last segment is dropped
 * with a warning. Bytes are read in the character set of MSH-18. Never throws, whatever the bytes, and takes time in
 * proportion to them. Source: HL7 v2 chapter 2, "Message construction rules".
 */
export function parseMessage(input: Uint8Array | string, options: ParseOptions = {}): ParseResult {
  const { maxBytes = defaultMaxBytes } = options;
  if (input.length > maxBytes) {
    const header =
      typeof input === 'string'
        ? headerOf(input.slice(0, 4096), 'UNICODE UTF-8')
        : headerOf(latin1(input.subarray(0, 4096)));
    return refuse(
      207,
      `The message is ${input.length} bytes long and ${maxBytes} are taken. Its sender must split it.`,
      header,
    );
  }
  if (typeof input === 'string') return parseText(input, declaredCharset(input, options) ?? 'UNICODE UTF-8');
  const probe = latin1(input);
  const charset = declaredCharset(probe, options);
  if (charset === undefined) return unknownCharset(probe);
  const decoded = decodeBytes(input, charset);
  if (decoded.ok) return parseText(decoded.text, charset);
  return refuse(
    102,
    `Byte ${decoded.at + 1} is no ${charset} character. The sender must name its character set in MSH-18 ` +
      `(${charsets.join(', ')}), or its profile must say which one it uses.`,
    headerOf(probe),
    'MSH-18',
  );
}

function parseText(text: string, charset: Charset): ParseResult {
  const body = text.replace(/^[\uFEFF\s\v]+/, '');
  if (!body.startsWith('MSH')) return refuse(100, startsWithoutHeader(body));
  const delimiters = readDelimiters(body);
  if ('code' in delimiters) return { ok: false, problem: delimiters };
  const lines = splitSegments(body, delimiters.field);
  const count = lines.findLastIndex((line) => isSegment(line, delimiters.field)) + 1;
  const segments: Segment[] = [];
  const message: Hl7Message = { delimiters, charset, segments };
  for (const line of lines.slice(0, count)) {
    if (line.trim() === '') continue;
    const again = segments.length > 0 && headerSegments.has(line.slice(0, 3));
    if (again || !isSegment(line, delimiters.field)) {
      return refuse(100, strayLine(segments.length + 1, again), { ...message, segments: segments.slice(0, 1) });
    }
    segments.push(readSegment(line, delimiters));
  }
  const rest = lines.slice(count).join('').trim().length;
  return {
    ok: true,
    message,
    warnings: rest > 0 ? [`${rest} characters after the last segment were dropped.`] : [],
  };
}

/** Lines of a message. A line feed within carriage returns ends a segment only where a segment id follows. */
function splitSegments(text: string, field: string): string[] {
  if (!text.includes('\r')) return text.split('\n');
  const separator = field.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return text.split(new RegExp(`\\r\\n?|\\n(?=[A-Z][A-Z0-9]{2}${separator})`));
}

function isSegment(line: string, field: string): boolean {
  return /^[A-Z][A-Z0-9]{2}$/.test(line.slice(0, 3)) && (line.length === 3 || line.startsWith(field, 3));
}

function declaredCharset(text: string, { charset = 'ASCII' }: ParseOptions): Charset | undefined {
  const name = declaredName(text);
  if (name === '' || name === 'ASCII') return charset;
  return isCharset(name) ? name : undefined;
}

function declaredName(text: string): string {
  const value = headerOf(text)?.segments[0]?.fields[18] ?? '';
  const repetition = headerOf(text)?.delimiters.repetition ?? '';
  return (repetition === '' ? value : value.slice(0, indexOr(value, repetition))).trim();
}

/** The header segment alone, as far as it can be read; its bytes one by one, so that they can be written back as they came. */
function headerOf(text: string, charset: Charset = '8859/1'): Hl7Message | undefined {
  const start = text.search(/MSH/);
  if (start < 0 || start > 16) return undefined;
  const end = text.slice(start).search(/[\r\n]/);
  const line = text.slice(start, end < 0 ? undefined : start + end);
  const delimiters = readDelimiters(line);
  if ('code' in delimiters) return undefined;
  return { delimiters, charset, segments: [readSegment(line, delimiters)] };
}

function unknownCharset(probe: string): ParseResult {
  return refuse(
    103,
    `The character set ${JSON.stringify(declaredName(probe))} cannot be read; known are ${charsets.join(', ')}. ` +
      'The team of the sending system must choose one of these.',
    headerOf(probe),
    'MSH-18',
  );
}

function startsWithoutHeader(body: string): string {
  const start = body.slice(0, 3);
  if (start === 'FHS' || start === 'BHS') return 'This is a batch, not a single message. Read it with parseBatch.';
  return 'It does not begin with an MSH segment, so it is no HL7 v2 message. The team of the sending system must look.';
}

function strayLine(number: number, header: boolean): string {
  return header
    ? `Line ${number} begins another message or batch inside this one. Its sender must end the first one before.`
    : `Line ${number} does not begin with a segment name. A line end within a value must be sent as an escape ` +
        'sequence; the team of the sending system must correct it.';
}

function refuse(code: Problem['code'], message: string, header?: Hl7Message, path?: string): ParseResult {
  return {
    ok: false,
    problem: { code, message, ...(path === undefined ? {} : { path }) },
    ...(header === undefined ? {} : { header }),
  };
}

function indexOr(text: string, part: string): number {
  const at = text.indexOf(part);
  return at < 0 ? text.length : at;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
