import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Clock, Log } from '@wardline/event-handling';
import type { Database } from '@wardline/outbox';
import type { FileFeed } from './feed.js';
import type { FileEntry, FileRowStore, FileStore } from './file.store.js';
import type { FileIntake } from './file-intake.js';
import type { FileSettings } from './file-settings.js';
import { refusedWhole, writeReceipt, type ReceiptLine } from './receipt-file.js';

/** What the drop folder works with. */
export interface DropFolderParts {
  readonly settings: FileSettings;
  readonly database: Database;
  readonly intake: FileIntake;
  readonly files: FileStore;
  readonly rows: FileRowStore;
  readonly clock: Clock;
  readonly log: Log;
}

const rooms = ['inbox', 'done', 'refused', 'receipts'] as const;
/** Names that writers give to what is not whole yet. */
const unfinishedName = /^\.|~$|\.(?:part|partial|tmp|temp|filepart|crdownload|swp|writing)$/i;
const rowsPerPage = 2_000;

/** The folders where other systems put files and find the answers. */
export class DropFolder {
  /** Size and time of change of each file that may still grow, as last seen. */
  readonly #seen = new Map<string, string>();

  constructor(private readonly parts: DropFolderParts) {}

  /** Creates what is missing and clears away receipts that a crash left unfinished. */
  async prepare(): Promise<void> {
    for (const { name } of this.parts.settings.feeds) {
      for (const room of rooms) await mkdir(this.#at(name, room), { recursive: true });
      const receipts = await readdir(this.#at(name, 'receipts'));
      const unfinished = receipts.filter((file) => /^\.[0-9a-f-]{36}\.tmp$/.test(file));
      for (const file of unfinished) await rm(this.#at(name, 'receipts', file), { force: true });
    }
  }

  /** Takes every file that is whole, one after the other; one that fails is tried again at the next sweep. */
  async sweep(signal?: AbortSignal): Promise<void> {
    for (const feed of this.parts.settings.feeds)
      for (const name of await this.#whole(feed)) {
        if (signal?.aborted) return;
        try {
          await this.#take(feed, name, signal);
        } catch (error) {
          if (signal?.aborted) return;
          this.parts.log.error(`file ${name} of feed ${feed.name} was not taken yet: ${(error as Error).message}`);
        }
      }
  }

  /** Files that are whole: moved in by name, or as they were at the last sweep. */
  async #whole(feed: FileFeed): Promise<string[]> {
    const whole: string[] = [];
    for (const name of (await readdir(this.#at(feed.name, 'inbox'))).sort()) {
      const path = this.#at(feed.name, 'inbox', name);
      const found = unfinishedName.test(name) ? null : await lstat(path).catch(() => null);
      if (!found?.isFile()) continue;
      const now = `${found.ino}:${found.size}:${found.mtimeMs}`;
      if (feed.complete === 'renamed' || this.#seen.get(path) === now) whole.push(name);
      else this.#seen.set(path, now);
    }
    return whole;
  }

  async #take(feed: FileFeed, name: string, signal: AbortSignal | undefined): Promise<void> {
    const path = this.#at(feed.name, 'inbox', name);
    const entry = await this.parts.intake.take({ feed, path, name }, signal);
    if (entry.state === 'taking') return; // another process has it
    await this.#answer(entry, name);
    await this.#putAway(entry, name);
    this.#seen.delete(path);
    const { taken, repeated, refused, problem } = entry;
    const counts = `${taken} taken, ${repeated} repeated, ${refused} refused`;
    this.parts.log.info(`file ${name} of feed ${feed.name} is ${entry.state}: ${problem?.message ?? counts}`);
  }

  async #answer(entry: FileEntry, name: string): Promise<void> {
    for (const form of ['csv', 'jsonl'] as const)
      await writeReceipt(this.#at(entry.feed, 'receipts', `${name}.receipt.${form}`), form, this.#lines(entry));
  }

  async *#lines(entry: FileEntry): AsyncGenerator<readonly ReceiptLine[]> {
    const { database, rows } = this.parts;
    if (entry.problem !== null) yield [refusedWhole(entry.problem)];
    const file = entry.repeats ?? entry.id;
    for (let after = 0; ;) {
      const page = await database.transaction((tx) => rows.of(tx, file, { after, limit: rowsPerPage }));
      yield entry.repeats === null ? page : page.map(asRepeated);
      if (page.length < rowsPerPage) return;
      after = page.at(-1)!.row;
    }
  }

  /** Moves the file out of the inbox, beside an earlier one of the same name. */
  async #putAway(entry: FileEntry, name: string): Promise<void> {
    const room = entry.state === 'refused' ? 'refused' : 'done';
    const end = extname(name);
    const free = existsSync(this.#at(entry.feed, room, name))
      ? `${name.slice(0, name.length - end.length)}.${entry.id}${end}`
      : name;
    await rename(this.#at(entry.feed, 'inbox', name), this.#at(entry.feed, room, free));
    const { database, files, clock } = this.parts;
    await database.transaction(async (tx) => files.filed(tx, entry.id, clock.now()));
  }

  #at(feed: string, room: (typeof rooms)[number], name = ''): string {
    return join(this.parts.settings.folder, feed, room, name);
  }
}

function asRepeated(line: ReceiptLine): ReceiptLine {
  return line.outcome === 'taken' ? { ...line, outcome: 'repeated' } : line;
}
