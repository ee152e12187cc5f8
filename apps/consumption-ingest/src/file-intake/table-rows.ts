import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { columnsOfFeed, type FileFeed } from './feed.js';
import { jsonRows } from './json-rows.js';
import { shown, UnreadableFile, type FileProblem } from './problem.js';

/** One row of a file: its number from 1, its last line, and its cells by column; or why it has none. */
export interface TableRow {
  readonly row: number;
  readonly line: number;
  /** The text of a cell without blanks around it; empty when the row has none. Always empty with a problem. */
  readonly cell: (column: string) => string;
  readonly problem: FileProblem | null;
}

/** Longest row, in characters: beyond it a quote was probably left open. */
export const longestRow = 1_000_000;

/**
 * The rows of a file, one at a time, whatever its size. Throws {@link UnreadableFile} for what makes every row of it
 * doubtful: bytes that are not of its encoding, an open quote, a column that is missing.
 */
export function tableRows(bytes: AsyncIterable<Uint8Array>, feed: FileFeed): AsyncIterable<TableRow> {
  const text = decoded(bytes, feed.format.encoding);
  return feed.format.type === 'csv' ? csvRows(text, feed, feed.format) : jsonRows(text, longestRow);
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableFile({
      code: 'FILE_ENCODING',
      message: `The file is not written in ${encoding}.`,
      remedy: 'Write it in that encoding, or set "encoding" of the feed to the one it has; then drop it again.',
      owner: 'feed-keeper',
    });
  }
}

type CsvFormat = Extract<FileFeed['format'], { type: 'csv' }>;

async function* csvRows(text: AsyncIterable<string>, feed: FileFeed, format: CsvFormat): AsyncGenerator<TableRow> {
  const parser = parse({
    ...{ delimiter: format.separator, quote: format.quote, escape: format.quote, bom: true },
    ...{
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: longestRow,
    },
  });
  pipeline(Readable.from(text), parser, () => undefined); // its error is thrown to whoever reads the parser
  let places = format.header === true ? null : placesOf(format.header, feed);
  let row = 0;
  try {
    for await (const read of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (places === null) places = placesOf(read.record, feed);
      else yield csvRow((row += 1), read.info.lines, read.record, places);
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableFile(brokenCsv(error, row)) : error;
  }
  if (places === null) throw new UnreadableFile(missingColumns([...columnsOfFeed(feed)], []));
}

function csvRow(row: number, line: number, record: readonly string[], places: ReadonlyMap<string, number>): TableRow {
  if (record.length === places.size)
    return { row, line, cell: (column) => record[places.get(column) ?? -1]?.trim() ?? '', problem: null };
  const problem: FileProblem = {
    code: 'CELLS_DIFFER',
    message: `The row has ${record.length} cells and the file ${places.size} columns.`,
    remedy: 'Put a cell that holds the separator or a line break in quotes; send the row again.',
    owner: 'source-system',
  };
  return { row, line, cell: () => '', problem };
}

/** Where each column stands. Throws when one that the feed reads is missing, or one is there twice. */
function placesOf(header: readonly string[], feed: FileFeed): ReadonlyMap<string, number> {
  const names = header.map((name) => name.trim());
  const wanted = columnsOfFeed(feed);
  const missing = [...wanted].filter((column) => !names.includes(column));
  if (missing.length > 0) throw new UnreadableFile(missingColumns(missing, names));
  const twice = names.find((name, place) => wanted.has(name) && names.indexOf(name) !== place);
  if (twice !== undefined)
    throw new UnreadableFile({
      code: 'COLUMN_TWICE',
      message: `The file has two columns ${shown(twice)}.`,
      remedy: 'Give each column a name of its own; then drop the file again.',
      owner: 'source-system',
    });
  return new Map(names.map((name, place) => [names.indexOf(name) === place ? name : `${name} (${place + 1})`, place]));
}

function missingColumns(missing: readonly string[], found: readonly string[]): FileProblem {
  const has = found.length === 0 ? 'it has no header' : `it has ${found.map(shown).join(', ')}`;
  return {
    code: 'COLUMN_MISSING',
    message: `The file lacks ${missing.map(shown).join(', ')}; ${has}.`,
    remedy: 'Write the columns that the feed names, or correct its columns and separator; then drop the file again.',
    owner: 'feed-keeper',
  };
}

function brokenCsv(error: CsvError, row: number): FileProblem {
  return {
    code: 'FILE_BROKEN',
    message: `After row ${row} the file cannot be read: ${error.message.slice(0, 300)}.`,
    remedy: 'Close every quote and double those inside a cell; then drop the file again. No row of it was taken.',
    owner: 'source-system',
  };
}
