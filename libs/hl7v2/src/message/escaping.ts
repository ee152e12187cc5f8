import { type Charset, decodeBytes } from './charset.js';
import type { Delimiters } from './delimiters.js';

type Piece = { readonly text: string } | { readonly sequence: string };

/**
 * Turns escape sequences into the characters they stand for: `\F\ \S\ \T\ \R\ \E\` (and `\P\` where MSH-2 declares a
 * truncation character) and `\Xdd..\`, whose bytes are read in the message's character set. Formatting (`\.br\`, `\H\`),
 * local (`\Zdd\`) and unknown sequences are kept as they stand. Source: HL7 v2 chapter 2, "Use of escape sequences in
 * text fields"; the standard leaves the meaning of `\X` to the partners.
 */
export function unescapeText(raw: string, delimiters: Delimiters, charset: Charset): string {
  if (delimiters.escape === '' || !raw.includes(delimiters.escape)) return raw;
  return pieces(raw, delimiters.escape)
    .map((piece) =>
      'text' in piece
        ? piece.text
        : (decoded(piece.sequence, delimiters, charset) ?? delimiters.escape + piece.sequence + delimiters.escape),
    )
    .join('');
}

/** Writes text so that none of its characters can be taken for a delimiter or a segment end. */
export function escapeText(text: string, delimiters: Delimiters): string {
  const codes = new Map(
    [
      [delimiters.field, 'F'],
      [delimiters.component, 'S'],
      [delimiters.repetition, 'R'],
      [delimiters.escape, 'E'],
      [delimiters.subComponent, 'T'],
      [delimiters.truncation, 'P'],
      ['\r', 'X0D'],
      ['\n', 'X0A'],
    ].filter(([character]) => character !== '') as [string, string][],
  );
  const { escape } = delimiters;
  // Without an escape character nothing can be said that contains a delimiter: a space is the least harm.
  return Array.from(text, (character) => {
    const code = codes.get(character);
    if (code === undefined) return character;
    return escape === '' ? ' ' : escape + code + escape;
  }).join('');
}

/** The same value under other delimiters: sequences that are kept on reading stay sequences. */
export function transcodeText(raw: string, from: Delimiters, to: Delimiters, charset: Charset): string {
  if (from.escape === '') return escapeText(raw, to);
  return pieces(raw, from.escape)
    .map((piece) => {
      if ('text' in piece) return escapeText(piece.text, to);
      const characters = decoded(piece.sequence, from, charset);
      if (characters !== undefined) return escapeText(characters, to);
      return to.escape + piece.sequence + to.escape;
    })
    .join('');
}

function pieces(raw: string, escape: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (;;) {
    const open = raw.indexOf(escape, from);
    const close = open < 0 ? -1 : raw.indexOf(escape, open + 1);
    if (close < 0) {
      found.push({ text: raw.slice(from) });
      return found;
    }
    if (open > from) found.push({ text: raw.slice(from, open) });
    found.push({ sequence: raw.slice(open + 1, close) });
    from = close + 1;
  }
}

function decoded(sequence: string, delimiters: Delimiters, charset: Charset): string | undefined {
  const { field, component, repetition, escape, subComponent, truncation } = delimiters;
  const single: Record<string, string> = {
    F: field,
    S: component,
    R: repetition,
    E: escape,
    T: subComponent,
    P: truncation,
  };
  const character = sequence.length === 1 ? single[sequence] : undefined;
  if (character !== undefined && character !== '') return character;
  if (!/^X(?:[0-9A-Fa-f]{2})+$/.test(sequence)) return undefined;
  const text = decodeBytes(Buffer.from(sequence.slice(1), 'hex'), charset);
  return text.ok ? text.text : undefined;
}
