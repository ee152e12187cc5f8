import type { Charset } from './charset.js';
import { type Delimiters, encodingCharacters } from './delimiters.js';
import { transcodeText } from './escaping.js';

/** A segment: its name and its fields as they were sent, escapes and all. `fields[0]` is the name, `fields[3]` e.g. MSH-3. */
export interface Segment {
  readonly name: string;
  readonly fields: readonly string[];
}

/** A message as it was sent. Values are read by path with `valueAt`, which knows delimiters and escapes. */
export interface Hl7Message {
  readonly delimiters: Delimiters;
  readonly charset: Charset;
  readonly segments: readonly Segment[];
}

/** Segments that carry the delimiters, and whose first field is the field separator itself. */
export const headerSegments: ReadonlySet<string> = new Set(['MSH', 'BHS', 'FHS']);

/** Splits one line into its fields; in a header segment the first field is the separator itself. */
export function readSegment(line: string, delimiters: Delimiters): Segment {
  const fields = line.split(delimiters.field);
  const name = fields[0] ?? '';
  if (!headerSegments.has(name)) return { name, fields };
  return { name, fields: [name, delimiters.field, ...fields.slice(1)] };
}

/**
 * Writes a message as ER7 text, each segment ended by a carriage return (HL7 v2 chapter 2, "Message construction
 * rules"). Given other delimiters, every value is written anew with them.
 */
export function writeMessage(message: Hl7Message, delimiters: Delimiters = message.delimiters): string {
  return message.segments.map((segment) => writeSegment(segment, message, delimiters) + '\r').join('');
}

function writeSegment({ name, fields }: Segment, message: Hl7Message, to: Delimiters): string {
  const rewrite = (raw: string): string =>
    to === message.delimiters ? raw : rewriteField(raw, message.delimiters, to, message.charset);
  if (!headerSegments.has(name)) return fields.map(rewrite).join(to.field);
  return [name, encodingCharacters(to), ...fields.slice(3).map(rewrite)].join(to.field);
}

function rewriteField(raw: string, from: Delimiters, to: Delimiters, charset: Charset): string {
  const levels = [
    [from.repetition, to.repetition],
    [from.component, to.component],
    [from.subComponent, to.subComponent],
  ] as const;
  const rewrite = (text: string, level: number): string => {
    const [old, next] = levels[level] ?? ['', ''];
    if (level === levels.length) return transcodeText(text, from, to, charset);
    return splitBy(text, old)
      .map((part) => rewrite(part, level + 1))
      .join(next);
  };
  return rewrite(raw, 0);
}

/** Splits by a delimiter; one that the message does not declare separates nothing. */
export function splitBy(text: string, delimiter: string): string[] {
  return delimiter === '' ? [text] : text.split(delimiter);
}
