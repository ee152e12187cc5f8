import type { FileFeed } from './feed.js';
import { UnreadableFile, type FileProblem } from './problem.js';
import { readRow, type RowReading } from './read-row.js';
import { tableRows } from './table-rows.js';

/** What a text would become as a file of a feed: its first rows, and why it would be refused whole. */
export interface FilePreview {
  readonly problem: FileProblem | null;
  readonly rows: readonly RowReading[];
  /** Rows in all, those not shown included. */
  readonly count: number;
}

const mostShown = 100;

/** Reads a text as a file of the feed. Nothing of it is kept. */
export async function previewFile(feed: FileFeed, text: string): Promise<FilePreview> {
  const rows: RowReading[] = [];
  let count = 0;
  try {
    for await (const row of tableRows(bytesOf(text), { ...feed, format: { ...feed.format, encoding: 'utf-8' } })) {
      count += 1;
      if (count <= mostShown) rows.push(readRow(row, feed));
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { problem: error.problem, rows, count };
  }
  return { problem: null, rows, count };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
