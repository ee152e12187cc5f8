import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Line } from '../edges/answer.ts';
import type { DayRecord } from '../generator/record.ts';

interface ReceiptRow {
  readonly row: number | null;
  readonly outcome: 'taken' | 'repeated' | 'refused';
  readonly eventId: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
  readonly owner: string | null;
}

/** What its feed is, and how a file of it is written. */
export interface FileFeed {
  readonly name: string;
  readonly extension: 'csv' | 'jsonl';
  readonly write: (records: readonly DayRecord[]) => Buffer;
}

/** Somebody who drops a file, waits for its receipt, and drops the next one. */
export class FileLine implements Line {
  readonly most: number;
  readonly #folder: string;
  readonly #feed: FileFeed;
  #files = 0;

  constructor(dropFolder: string, feed: FileFeed, most: number) {
    this.#folder = join(dropFolder, feed.name);
    this.#feed = feed;
    this.most = most;
  }

  async send(records: readonly DayRecord[]): Promise<readonly Answer[]> {
    this.#files += 1;
    const name = `${this.#feed.name}-${String(this.#files).padStart(4, '0')}.${this.#feed.extension}`;
    const whole = join(this.#folder, 'inbox', name);
    await writeFile(`${whole}.part`, this.#feed.write(records));
    await rename(`${whole}.part`, whole);
    const rows = await receipt(join(this.#folder, 'receipts', `${name}.receipt.jsonl`));
    const refused = rows.find(({ row }) => row === null);
    if (refused !== undefined) throw new Error(`${name} was refused whole: ${refused.code} ${refused.message}`);
    return records.map((_, index) => answerOf(rows[index]!));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const longest = 120_000;

/** The rows of a receipt as soon as it is there, whole. */
async function receipt(path: string): Promise<ReceiptRow[]> {
  const until = Date.now() + longest;
  while (!existsSync(path)) {
    if (Date.now() > until) throw new Error(`No receipt ${path} came within ${longest / 1000} s.`);
    await sleep(100);
  }
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as ReceiptRow);
}

function answerOf({ outcome, eventId, code, message, remedy, owner }: ReceiptRow): Answer {
  if (outcome !== 'refused') return { outcome, eventId };
  return { outcome, code: code ?? '', message: message ?? '', remedy: remedy ?? '', owner: owner ?? '' };
}
