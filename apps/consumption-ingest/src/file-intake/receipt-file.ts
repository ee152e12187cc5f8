import { randomUUID } from 'node:crypto';
import { open, rename, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileProblem } from './problem.js';
import type { RowOutcome } from './settle-rows.js';

/** A line of a receipt: a row, or with row null the whole file. */
export type ReceiptLine = Omit<RowOutcome, 'row' | 'line'> & {
  readonly row: number | null;
  readonly line: number | null;
};

/** How receipts are written: for spreadsheets, and for programs. */
export const receiptForms = {
  csv: { header: 'row,line,rowId,outcome,eventId,code,message,remedy,owner\r\n', write: csvLine },
  jsonl: { header: '', write: (line: ReceiptLine): string => `${JSON.stringify(fieldsOf(line))}\n` },
} as const;

/** What a file that was refused whole says. */
export function refusedWhole(problem: FileProblem): ReceiptLine {
  return { row: null, line: null, rowId: null, outcome: 'refused', eventId: null, problem };
}

/**
 * Writes a receipt so that a reader finds it whole or not at all: under another name, forced to the disk, then renamed.
 * `pages` gives its lines in portions, so that a receipt of any length fits into memory.
 */
export async function writeReceipt(
  path: string,
  form: keyof typeof receiptForms,
  pages: AsyncIterable<readonly ReceiptLine[]>,
): Promise<void> {
  const { header, write } = receiptForms[form];
  const unfinished = join(dirname(path), `.${randomUUID()}.tmp`);
  const file = await open(unfinished, 'wx');
  try {
    await file.writeFile(header);
    for await (const lines of pages) await file.writeFile(lines.map(write).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  await syncFolder(dirname(path));
}

async function syncFolder(folder: string): Promise<void> {
  const handle: FileHandle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function fieldsOf({
  row,
  line,
  rowId,
  outcome,
  eventId,
  problem,
}: ReceiptLine): Record<string, string | number | null> {
  const { code = null, message = null, remedy = null, owner = null } = problem ?? {};
  return { row, line, rowId, outcome, eventId, code, message, remedy, owner };
}

function csvLine(line: ReceiptLine): string {
  return `${Object.values(fieldsOf(line)).map(csvCell).join(',')}\r\n`;
}

/** A spreadsheet runs a cell that starts like a formula; a quote before it makes it text (OWASP, "CSV Injection"). */
function csvCell(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '');
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
