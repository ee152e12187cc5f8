import { shown, type FileProblem } from './problem.js';
import type { TableRow } from './table-rows.js';

/** The rows of a JSON Lines file: one object a line, empty lines passed over. A dot leads into nested objects. */
export async function* jsonRows(text: AsyncIterable<string>, longest: number): AsyncGenerator<TableRow> {
  let row = 0;
  for await (const { line, number } of lines(text, longest)) {
    if (line === null) yield { ...unreadable(`has more than ${longest} characters`), row: (row += 1), line: number };
    else if (line.trim() !== '') yield { ...jsonRow(line), row: (row += 1), line: number };
  }
}

/** Lines with their numbers from 1; null instead of one that is too long, which is never held whole. */
async function* lines(
  text: AsyncIterable<string>,
  longest: number,
): AsyncGenerator<{ readonly line: string | null; readonly number: number }> {
  let [rest, number, tooLong] = ['', 0, false];
  for await (const chunk of text) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    for (const part of parts) {
      yield { line: tooLong || part.length > longest ? null : part, number: (number += 1) };
      tooLong = false;
    }
    if (rest.length > longest) [rest, tooLong] = ['', true];
  }
  if (tooLong || rest !== '') yield { line: tooLong ? null : rest, number: number + 1 };
}

type Cells = Pick<TableRow, 'cell' | 'problem'>;

function jsonRow(line: string): Cells {
  try {
    const read: unknown = JSON.parse(line, exactNumbers as (key: string, value: unknown) => unknown);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return unreadable('is no object');
    return { cell: (path) => textAt(read, path), problem: null };
  } catch (error) {
    return unreadable(`is no JSON (${(error as Error).message.slice(0, 100)})`);
  }
}

/** Numbers stay as they were written: 12345678901234567890.1 would be another number as a double. */
function exactNumbers(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context.source ?? String(value)) : value;
}

function textAt(object: object, path: string): string {
  let at: unknown = object;
  if (Object.hasOwn(object, path)) at = (object as Record<string, unknown>)[path];
  else
    for (const name of path.split('.')) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return '';
      at = (at as Record<string, unknown>)[name];
    }
  if (typeof at === 'boolean') return String(at);
  return typeof at === 'string' ? at.trim() : '';
}

function unreadable(what: string): Cells {
  const problem: FileProblem = {
    code: 'ROW_UNREADABLE',
    message: `The line ${what}.`,
    remedy: `Write one JSON object a line, like ${shown('{"id":"17"}')}; send the row again.`,
    owner: 'source-system',
  };
  return { cell: () => '', problem };
}
